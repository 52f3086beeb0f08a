import { execFileSync } from 'node:child_process';
import { expect } from 'chai';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { dateOf, dateWriter, dayAt, isTimeZone, wallTimeAt } from '../../src/text/date.js';

const read = (text: string, zone = 'UTC') => {
  const moment = dateOf(text, { zone });
  return moment === undefined ? undefined : new Date(moment).toISOString().replace(':00.000Z', 'Z');
};

describe('a date', () => {
  const texts: readonly (readonly [text: string, zone: string, moment: string | undefined])[] = [
    ['2026-12-24', 'UTC', '2026-12-24T00:00Z'],
    ['2026-12-24', 'America/Sao_Paulo', '2026-12-24T03:00Z'],
    ['2026-12-24', 'Asia/Kolkata', '2026-12-23T18:30Z'],
    ['2026-12-24', 'Pacific/Apia', '2026-12-23T11:00Z'],
    ['2026-07-01T10:00', 'Europe/Berlin', '2026-07-01T08:00Z'],
    ['2026-07-01 10:00', 'Europe/Berlin', '2026-07-01T08:00Z'],
    [' 2026-07-01T10:00:30.5 ', 'Europe/Berlin', '2026-07-01T08:00:30.500Z'],
    ['2026-07-01T10:00:30,25', 'UTC', '2026-07-01T10:00:30.250Z'],
    ['2026-07-01T10:00Z', 'Europe/Berlin', '2026-07-01T10:00Z'],
    ['2026-07-01t10:00z', 'Europe/Berlin', '2026-07-01T10:00Z'],
    ['2026-07-01 10:00 +05:30', 'Europe/Berlin', '2026-07-01T04:30Z'],
    ['2026-07-01T10:00-0300', 'Europe/Berlin', '2026-07-01T13:00Z'],
    ['2026-07-01T10:00+02', 'Asia/Tokyo', '2026-07-01T08:00Z'],
    ['2026-07-01+02:00', 'Asia/Tokyo', '2026-06-30T22:00Z'],
    ['Tue, 24 Nov 2026 09:00:00 GMT', 'Asia/Tokyo', '2026-11-24T09:00Z'],
    ['4 Nov 2026 09:00 -0500', 'Asia/Tokyo', '2026-11-04T14:00Z'],
    // Skipped in spring: as much later as the clocks skip.
    ['2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T01:30Z'],
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00Z'],
    ['2026-10-04T02:15', 'Australia/Lord_Howe', '2026-10-03T15:45Z'],
    // A day that Samoa has never had.
    ['2011-12-30T10:00', 'Pacific/Apia', '2011-12-30T20:00Z'],
    // Twice in autumn: the first one.
    ['2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30Z'],
    ['2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30Z'],
    ['2026-11-24T09:00:00.000Z', 'Asia/Tokyo', '2026-11-24T09:00Z'],
    ['2026-02-30T09:00:00.000Z', 'UTC', undefined],
    ['2026-02-10T25:00:00.000Z', 'UTC', undefined],
    ['2026-02-30', 'UTC', undefined],
    ['2026-13-01', 'UTC', undefined],
    ['2026-07-01T25:00', 'UTC', undefined],
    ['2026-07-01T10:60', 'UTC', undefined],
    ['2026-07-01T10:00+25:00', 'UTC', undefined],
    ['2026-7-1', 'UTC', undefined],
    ['24.12.2026', 'UTC', undefined],
    ['tomorrow', 'UTC', undefined],
    ['10 Foo 2026 10:00 GMT', 'UTC', undefined],
    ['', 'UTC', undefined],
  ];
  for (const [text, zone, moment] of texts)
    it(`"${text}" in ${zone} is ${moment ?? 'not one'}`, () => {
      expect(read(text, zone)).to.equal(moment);
    });

  it('is never read out of a number, a list or nothing', () => {
    for (const value of [1_795_510_800, ['2026-12-24'], null, undefined, true]) expect(dateOf(value, { zone: 'UTC' })).to.equal(undefined);
  });

  it('is the same whatever the time zone of the process', () => {
    const script = `
      import { dateOf, dayAt, dateWriter, wallTimeAt } from ${JSON.stringify(new URL('../../src/text/date.js', import.meta.url).href)};
      const found = [];
      for (const zone of ['UTC', 'America/Sao_Paulo', 'Asia/Kolkata', 'Pacific/Apia', 'Europe/Berlin', '+05:30'])
        for (const text of ['2018-11-04', '2026-03-29 02:30', '2026-10-25T02:30', '2026-12-24T23:59', '2011-12-30', '2026-07-01T10:00Z']) {
          const moment = dateOf(text, { zone });
          found.push([moment, wallTimeAt(moment, zone), dayAt(moment, zone, 1), dateWriter('pt-BR', { dateStyle: 'full', timeStyle: 'short' })(wallTimeAt(moment, zone))]);
        }
      console.log(JSON.stringify(found));`;
    const told = ['UTC', 'America/Sao_Paulo', 'Asia/Kolkata', 'Pacific/Apia'].map((TZ) =>
      execFileSync(process.execPath, ['--input-type=module', '-e', script], { env: { ...process.env, TZ }, encoding: 'utf8' }),
    );
    expect(new Set(told).size).to.equal(1);
    expect(JSON.parse(told[0] ?? '')).to.have.length(36);
  });
});

describe('the clocks of a zone', () => {
  it('show year to millisecond, weekday, day of the year and offset', () => {
    expect(wallTimeAt(Date.parse('2026-11-24T23:30:15.123Z'), 'Asia/Kolkata')).to.deep.equal({
      year: 2026,
      month: 11,
      day: 25,
      hour: 5,
      minute: 0,
      second: 15,
      millisecond: 123,
      weekday: 3,
      dayOfYear: 329,
      offset: 330,
      inUtc: Date.parse('2026-11-25T05:00:15.123Z'),
    });
    expect(wallTimeAt(Date.parse('2026-11-24T00:00:00Z'), '-03:00')).to.deep.include({ day: 23, hour: 21, weekday: 1, offset: -180 });
    expect(wallTimeAt(Date.parse('2026-11-29T00:00:00Z'), 'UTC').weekday).to.equal(0);
  });

  it('show a day that can be moved, over the end of a month and a change of the clocks', () => {
    const moment = Date.parse('2026-03-29T22:30:00Z');
    expect(dayAt(moment, 'Europe/Berlin', 0)).to.deep.equal({ date: '2026-03-30', weekday: 1 });
    expect(dayAt(moment, 'Europe/Berlin', 2)).to.deep.equal({ date: '2026-04-01', weekday: 3 });
    expect(dayAt(moment, 'Europe/Berlin', -1)).to.deep.equal({ date: '2026-03-29', weekday: 0 });
  });

  it('are written in the language asked for, in English where there is no such language', () => {
    const moment = Date.parse('2026-12-24T23:30:00Z');
    expect(dateWriter('de', { weekday: 'long', month: 'long' })(wallTimeAt(moment, 'Asia/Kolkata'))).to.match(/Freitag/);
    expect(dateWriter('no such!', { weekday: 'long' })(wallTimeAt(moment, 'Asia/Kolkata'))).to.equal('Friday');
  });
});

describe('a time zone', () => {
  it('is known by its name', () => {
    for (const name of ['Europe/Berlin', 'UTC', 'America/Argentina/Buenos_Aires', 'Etc/GMT+3'])
      expect(isTimeZone(name), name).to.equal(true);
    for (const name of ['Europe/Nowhere', '', '+05:30', 'contact', 'CEST!']) expect(isTimeZone(name), name).to.equal(false);
  });
});

describe('dates and clocks are those of Temporal', () => {
  const zones = ['Europe/Berlin', 'America/New_York', 'America/Sao_Paulo', 'Asia/Kolkata', 'Pacific/Apia', 'Australia/Lord_Howe'].concat([
    'Africa/Casablanca',
    'Asia/Gaza',
    'Asia/Tehran',
    'Africa/Monrovia',
    'America/St_Johns',
    'UTC',
    '+05:30',
    '-23:59',
  ]);
  const zone = fc.constantFrom(...zones);
  const moment = fc.oneof(fc.integer({ min: -4e12, max: 5e12 }), fc.integer({ min: Date.UTC(1990), max: Date.UTC(2040) }));
  const always = <T extends [unknown, ...unknown[]]>(arbitraries: { [K in keyof T]: fc.Arbitrary<T[K]> }, holds: (...values: T) => void) =>
    fc.assert(fc.property(...arbitraries, holds), { seed: 20_261_129, numRuns: 2_000 });

  it('whatever is written', () => {
    const number = (max: number) => fc.integer({ min: 0, max }).map((one) => String(one).padStart(2, '0'));
    const second = fc.oneof(
      fc.constant(''),
      fc.tuple(number(61), fc.constantFrom('', '.5', '.0009', '.123456789')).map(([one, rest]) => `:${one}${rest}`),
    );
    const offset = fc.oneof(fc.constant(''), fc.constantFrom('Z', '+05:30', '-03:00', '+23:59'));
    const year = fc.integer({ min: 1850, max: 2150 });
    always([year, number(13), number(32), number(25), number(61), second, offset, zone], (...parts) => {
      const [years, month, day, hour, minute, seconds, written, within] = parts;
      const text = `${years}-${month}-${day}T${hour}:${minute}${seconds}`;
      let expected: number | undefined;
      try {
        const wall = Temporal.PlainDateTime.from(text, { overflow: 'reject' });
        expected = wall.toZonedDateTime(written === 'Z' ? 'UTC' : written || within).epochMilliseconds;
      } catch {
        expected = undefined;
      }
      expect(dateOf(text + written, { zone: within }), `${text}${written} in ${within}`).to.equal(expected);
    });
  });

  it('whenever it is, and however many days later', () => {
    always([moment, zone, fc.integer({ min: -400, max: 400 })], (at, within, days) => expectSame(at, within, days));
  });

  it('before and after every change of the clocks', () => {
    for (const within of zones) {
      let change: Temporal.ZonedDateTime | null = Temporal.Instant.fromEpochMilliseconds(Date.UTC(2009)).toZonedDateTimeISO(within);
      for (let i = 0; i < 40 && change; i += 1) {
        const at = change.epochMilliseconds;
        for (const apart of [-86_400_000, -3_600_000, -1, 0, 1, 3_600_000, 86_400_000]) {
          expectSame(at + apart, within, 1);
          for (const shift of [0, change.offsetNanoseconds / 1e6]) {
            const text = new Date(at + apart + shift).toISOString().slice(0, 23);
            const expected = Temporal.PlainDateTime.from(text).toZonedDateTime(within).epochMilliseconds;
            expect(dateOf(text, { zone: within }), `${text} in ${within}`).to.equal(expected);
          }
        }
        change = change.getTimeZoneTransition('next');
      }
    }
  });

  function expectSame(at: number, within: string, days: number): void {
    const there = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(within);
    const { year, month, day, hour, minute, second, millisecond, dayOfYear } = there;
    const offset = Math.floor(there.offsetNanoseconds / 60e9);
    const inUtc = at + there.offsetNanoseconds / 1e6;
    const clock = { year, month, day, hour, minute, second, millisecond, weekday: there.dayOfWeek % 7, dayOfYear, offset, inUtc };
    expect(wallTimeAt(at, within), `${at} in ${within}`).to.deep.equal(clock);
    const later = there.toPlainDate().add({ days });
    expect(dayAt(at, within, days)).to.deep.equal({ date: later.toString(), weekday: later.dayOfWeek % 7 });
  }
});
