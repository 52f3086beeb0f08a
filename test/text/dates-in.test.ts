import { expect } from 'chai';
import { type DateWriter, datesIn, timesIn } from '../../src/text/dates-in.js';

/** A Tuesday, 10:00 in Berlin. */
const NOW = Date.parse('2026-11-24T09:00:00.000Z');
const berlin: DateWriter = { now: NOW, zone: 'Europe/Berlin' };
const dates = (text: string, writer: Partial<DateWriter> = {}) => datesIn(text, { ...berlin, ...writer }).map(({ date }) => date);

describe('the dates in a text', () => {
  const cases: readonly (readonly [language: string, text: string, date: string | undefined])[] = [
    ['en', 'tomorrow at 5', '2026-11-25T04:00:00.000Z'],
    ['en', 'tomorrow', '2026-11-25'],
    ['en', 'tomorrow morning', '2026-11-25'],
    ['en', '12/25', '2026-12-25'],
    ['en-US', '3/4/2027', '2027-03-04'],
    ['en-GB', '3/4/2027', '2027-04-03'],
    ['en-US', '25/12', '2026-12-25'],
    ['en', 'next Friday 3pm', '2026-12-04T14:00:00.000Z'],
    ['en', 'Friday', '2026-11-27'],
    ['en', 'last friday', '2026-11-20'],
    ['en', 'in 2 hours', '2026-11-24T11:00:00.000Z'],
    ['en', 'now', '2026-11-24T09:00:00.000Z'],
    ['en', '24 November', '2026-11-24'],
    ['en', '23 November', '2027-11-23'],
    ['en', 'Dec 25 10am', '2026-12-25T09:00:00.000Z'],
    ['en', '5pm EST', '2026-11-24T22:00:00.000Z'],
    ['en', '2026-12-25', '2026-12-25'],
    ['en', '2026-12-25T17:00:00+02:00', '2026-12-25T15:00:00.000Z'],
    ['en', 'It was on 2026-12-25, at 17:00.', '2026-12-25T16:00:00.000Z'],
    ['en', 'I may come', undefined],
    ['en', 'december', undefined],
    ['en', '30 February', undefined],
    ['en', '31.02.2027', undefined],
    ['en', '12', undefined],
    ['en', '3 cats', undefined],
    ['de', '25.12.', '2026-12-25'],
    ['de', '25.12', '2026-12-25'],
    ['de', 'am 25.12. um 17 Uhr', '2026-12-25T16:00:00.000Z'],
    ['de', '3.4.85', '1985-04-03'],
    ['de', '01.02.2027', '2027-02-01'],
    ['de', 'morgen um 17 Uhr', '2026-11-25T16:00:00.000Z'],
    ['de', 'nächsten Freitag', '2026-12-04'],
    ['de', 'übermorgen', '2026-11-26'],
    ['de', '3. Januar', '2027-01-03'],
    ['de', 'tomorrow', '2026-11-25'],
    ['de', '1.5 Liter', undefined],
    ['de', '29.2.', '2028-02-29'],
    ['es', 'mañana a las 17:00', '2026-11-25T16:00:00.000Z'],
    ['es', '25 de diciembre', '2026-12-25'],
    ['es', 'el viernes a las 5 de la tarde', '2026-11-27T16:00:00.000Z'],
    ['es', 'pasado mañana', '2026-11-26'],
    ['it', 'dopodomani alle 5 di sera', '2026-11-26T16:00:00.000Z'],
    ['fr', 'demain à 5 heures du soir', '2026-11-25T16:00:00.000Z'],
    ['fr', 'après-demain', '2026-11-26'],
    ['de', 'übermorgen um 8 Uhr abends', '2026-11-26T19:00:00.000Z'],
    ['de', '8 Uhr morgens', '2026-11-25T07:00:00.000Z'],
    ['fr', 'demain à 17h', '2026-11-25T16:00:00.000Z'],
    ['pt', 'amanhã às 17h', '2026-11-25T16:00:00.000Z'],
    ['ar', 'غدا الساعة ٥ مساء', '2026-11-25T16:00:00.000Z'],
    ['ar', '٢٥/١٢/٢٠٢٦', '2026-12-25'],
    ['hi', 'कल', '2026-11-25'],
    ['hi', '२५ दिसंबर', '2026-12-25'],
    ['hi', '25/12', '2026-12-25'],
    ['hi', 'कल शाम 5 बजे', '2026-11-25T16:00:00.000Z'],
    ['hi', 'परसों', '2026-11-26'],
    ['th', 'พรุ่งนี้', '2026-11-25'],
    ['th', '25 ธันวาคม 2569', '2026-12-25'],
    ['th', '๒๕/๑๒/๒๕๖๙', '2026-12-25'],
    ['tr', 'yarın', '2026-11-25'],
    ['pl', '25 grudnia', '2026-12-25'],
    ['pl', 'jutro o 17:00', '2026-11-25T16:00:00.000Z'],
    ['tr', 'bugün saat 17:00', '2026-11-24T16:00:00.000Z'],
    ['ko', '12월 25일', '2026-12-25'],
    ['ja', '12月25日', '2026-12-25'],
    ['zh', '明天下午5点', '2026-11-25T16:00:00.000Z'],
    ['xx', '25/12', '2026-12-25'],
  ];
  for (const [language, text, date] of cases) {
    it(`${JSON.stringify(text)} in ${language} is ${date ?? 'not a date'}`, () => {
      expect(dates(text, { language })).to.deep.equal(date === undefined ? [] : [date]);
    });
  }

  it('are read by the order of day and month in the country of the person', () => {
    expect(dates('3/4/2027', { language: 'en', region: 'US' })).to.deep.equal(['2027-03-04']);
    expect(dates('3/4/2027', { language: 'en', region: 'IN' })).to.deep.equal(['2027-04-03']);
    expect(dates('3/4/2027', { locale: 'de' })).to.deep.equal(['2027-04-03']);
  });

  it('are in the time zone of the person', () => {
    expect(dates('tomorrow at 5pm', { zone: 'America/Sao_Paulo' })).to.deep.equal(['2026-11-25T20:00:00.000Z']);
    expect(dates('today', { zone: 'Pacific/Auckland', now: Date.parse('2026-11-24T12:00:00.000Z') })).to.deep.equal(['2026-11-25']);
  });

  it('without a year may be the last ones', () => {
    const last = (text: string) => dates(text, { means: 'last', language: 'de' });
    expect(last('12. Mai')).to.deep.equal(['2026-05-12']);
    expect(last('25.12.')).to.deep.equal(['2025-12-25']);
    expect(last('24.11.')).to.deep.equal(['2026-11-24']);
    expect(last('29.2.')).to.deep.equal(['2024-02-29']);
    expect(last('3.4.85')).to.deep.equal(['1985-04-03']);
  });

  it('are all that a text holds', () => {
    expect(dates('on 3 May 2027, or on 4 May 2027')).to.deep.equal(['2027-05-03', '2027-05-04']);
  });

  it('are the same when the clocks of the zone change', () => {
    const night = Date.parse('2027-03-28T00:30:00.000Z');
    expect(dates('in 2 hours', { now: night })).to.deep.equal(['2027-03-28T02:30:00.000Z']);
  });

  it('have times of day', () => {
    const times = (text: string, language = 'en') => timesIn(text, { ...berlin, language });
    expect(times('at 5pm')).to.deep.equal(['17:00']);
    expect(times('17:30')).to.deep.equal(['17:30']);
    expect(times('um 17 Uhr', 'de')).to.deep.equal(['17:00']);
    expect(times('tomorrow')).to.deep.equal([]);
  });
});
