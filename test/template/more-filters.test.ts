import { expect } from 'chai';
import type { Json } from '../../src/contract/index.js';
import type { TemplateScope } from '../../src/template/scope.js';
import { createTemplates } from '../../src/template/templates.js';

const DATA: Readonly<Record<string, Json>> = {
  said: 'I take 2, or 1.500,5 if cheap',
  order: { name: 'Soup', price: 4, extras: ['salt', { name: 'bread', count: 2 }] },
  none: null,
  long: 'a b '.repeat(20_000),
};
/** Wednesday in Kolkata already. */
const NOW = '2026-11-24T20:00:00.000Z';

type Row = readonly [expression: string, value: Json | undefined, more?: Partial<TemplateScope>];

const READING: readonly Row[] = [
  ['"7, thanks" | number', 7],
  ['"3,5" | number', 3.5, { language: 'de' }],
  ['"١٢" | number', 12],
  ['12 | number', 12],
  ['true | number', undefined],
  ['none | number', undefined],
  ['"nothing" | number', undefined],
  ['"nothing" | number | default: 5', 5],
  ['said | numbers_in', [2, 1500.5], { language: 'de' }],
  ['"none at all" | numbers_in', []],
  ['none | numbers_in', []],
  ['"see you tomorrow at 5 pm" | date_in', '2026-11-25T16:00:00.000Z'],
  ['"am 25.12." | date_in', '2026-12-25', { language: 'de' }],
  ['"12/25" | date_in', '2026-12-25', { region: 'US' }],
  ['"yes" | date_in', undefined],
  ['"um 17 Uhr" | time_in', '17:00', { language: 'de' }],
  ['"am 25.12." | time_in', undefined, { language: 'de' }],
  ['"call 0151 12345678" | phone_in', '+4915112345678', { region: 'DE' }],
  ['"call +49 1511 2345678 please" | phone_in', '+4915112345678'],
  ['"call me" | phone_in', undefined],
  ['"write to Ada <ada@example.com>." | email_in', 'ada@example.com'],
  ['"ada at example" | email_in', undefined],
  ['"see example.com/a" | link_in', 'https://example.com/a'],
  ['"no link" | link_in', undefined],
  ['"+4915112345678" | national', '01511 2345678'],
  ['"12025550123" | national', '(202) 555-0123'],
  ['"not a number" | national', 'not a number'],
  ['"order 17, box 4" | matched: "box (\\\\d+)", 1', '4'],
  ['"order 17, box 4" | matched: "[a-z]+ \\\\d+"', 'order 17'],
  ['"order 17" | matched: "box"', undefined],
  ['"order 17" | matched: "(o)(x)?", 2', ''],
  ['"order 17" | matched: "o", 9', undefined],
];

const DATES: readonly Row[] = [
  ['"2026-01-31" | date_add: 1, "M"', '2026-02-28'],
  ['"2024-02-29" | date_add: 1, "Y"', '2025-02-28'],
  ['"2026-12-24" | date_add: 8', '2027-01-01'],
  ['"2026-12-24" | date_add: -1, "weeks"', '2026-12-17'],
  ['"2026-12-24" | date_add: 90, "minutes"', '2026-12-24T00:30:00.000Z'],
  ['"2026-03-28T12:00" | date_add: 1, "D"', '2026-03-29T10:00:00.000Z'],
  ['"2026-03-28T12:00" | date_add: 24, "h"', '2026-03-29T11:00:00.000Z'],
  ['"2026-03-28T02:30" | date_add: 1, "day"', '2026-03-29T01:30:00.000Z'],
  ['"now" | date_add: 2, "h"', '2026-11-24T22:00:00.000Z'],
  ['"2026-12-24" | date_diff: "2026-12-31"', 7],
  ['"2026-12-31" | date_diff: "2026-12-24", "W"', -1],
  ['"2026-12-24T23:30" | date_diff: "2026-12-25T00:30", "D"', 1],
  ['"2026-12-24T23:30" | date_diff: "2026-12-25T00:30", "h"', 1],
  ['"2026-03-29" | date_diff: "2026-03-30", "hours"', 23],
  ['"1990-11-25" | date_diff: now, "Y"', 35],
  ['"1990-11-24" | date_diff: now, "years"', 36],
  ['"2026-01-31" | date_diff: "2026-02-28", "M"', 0],
  ['"2026-02-28" | date_diff: "2026-01-31", "M"', 0],
  ['"2026-11-24" | weekday', 2],
  ['now | weekday', 3, { timeZone: 'Asia/Kolkata' }],
  ['now | time_of_day', '21:00'],
  ['"2026-12-24" | time_of_day', '00:00'],
];

const WORDS: readonly Row[] = [
  ['"GOOD mORNING, ada lovelace" | title_case', 'Good Morning, Ada Lovelace'],
  ['"l\'été à øre, don\'t" | title_case', "L'été À Øre, Don't"],
  ['"दिन है" | title_case', 'दिन है'],
  ['"Hello, big world!" | word: 1', 'big'],
  ['"Hello, big world!" | word: -1', 'world'],
  ['"Hello" | word: 5', ''],
  ['"a-b c" | word: 1, "- "', 'b'],
  ['"สวัสดีครับ" | word: 0', 'สวัสดี'],
  ['"Bo, Ada ,Cy" | field: 1, ","', 'Ada'],
  ['"Bo  Ada" | field: 1, " "', 'Ada'],
  ['"Bo" | field: 3, ","', ''],
  ['"JOIN  ada@example.com now" | without_first_word', 'ada@example.com now'],
  ['"join" | without_first_word', ''],
  ['"" | without_first_word', ''],
  ['order | text', 'name: Soup, price: 4, extras: (salt, (name: bread, count: 2))'],
  ['true | text', 'true'],
  ['12.5 | text', '12.5'],
  ['none | text', ''],
  ['"a b&c/ü?" | url_component', 'a%20b%26c%2F%C3%BC%3F'],
];

const NUMBERS: readonly Row[] = [
  ['3 | least: 1, "2"', 1],
  ['3 | most: 10, "x", 4', 10],
  ['none | most: none', undefined],
  ['2 | power: 10', 1024],
  ['1.1 | power: 2', 1.21],
  ['2 | power: -2', 0.25],
  ['9 | power: 0.5', 3],
  ['0 | power: -1', undefined],
  ['10 | power: 9999', undefined],
];

const FORMATS: readonly Row[] = [
  ['1234.5 | money: "EUR"', '€1,234.50'],
  ['1234.5 | money: "EUR"', '1.234,50 €', { language: 'de' }],
  ['1234.5 | money: "jpy"', '￥1,235', { language: 'ja', locale: 'de' }],
  ['1234.5 | money: "BRL", 0', 'R$ 1.235', { locale: 'pt-BR' }],
  ['"1.234,5" | money: "EUR"', '1.234,50 €', { language: 'de' }],
  ['"soon" | money: "EUR"', 'soon'],
  ['none | money: "EUR"', undefined],
  ['1234.5 | money: "Euros"', undefined],
  ['1234567.891 | format_number', '1,234,567.891'],
  ['1234567.891 | format_number: 1', '12,34,567.9', { language: 'hi' }],
  ['1234567.891 | format_number: 2', '1.234.567,89', { language: 'de_DE' }],
  ['1234 | format_number', '1,234', { language: 'not a language' }],
  ['0.256 | percent', '26%'],
  ['0.256 | percent: 1', '25,6 %', { language: 'de' }],
];

describe('filters', () => {
  const templates = createTemplates();
  const groups = {
    'of texts that people write': READING,
    'of dates': DATES,
    'of words': WORDS,
    'of numbers': NUMBERS,
    'of formats': FORMATS,
  };
  for (const [group, rows] of Object.entries(groups))
    describe(group, () => {
      for (const [expression, value, more = {}] of rows)
        it(`${expression} is ${JSON.stringify(value)}${Object.keys(more).length > 0 ? ` (${JSON.stringify(more)})` : ''}`, () => {
          const scope = {
            data: { ...DATA, now: NOW },
            now: NOW,
            timeZone: 'Europe/Berlin',
            random: () => 0.5,
            warn: () => undefined,
            ...more,
          };
          const made = templates.expression(expression, scope);
          expect(typeof made === 'string' ? made.replace(/[\u00a0\u202f]/g, ' ') : made).to.deep.equal(value);
        });
    });

  it('of dates refuse an unknown unit, and a date that no calendar reaches', () => {
    const warnings: string[] = [];
    const scope = { data: DATA, now: NOW, timeZone: 'UTC', random: () => 0.5, warn: (code: string) => warnings.push(code) };
    expect(templates.text('{{ "2026-01-01" | date_add: 1, "moons" }}', scope)).to.equal('');
    expect(templates.text('{{ "2026-01-01" | date_add: 999999, "Y" }}', scope)).to.equal('');
    expect(templates.text('{{ "soon" | weekday }}', scope)).to.equal('');
    expect(warnings).to.deep.equal(['template/failed', 'template/failed', 'template/no-date']);
  });

  it('of long texts are bounded', () => {
    const warnings: string[] = [];
    const scope = { data: DATA, now: NOW, timeZone: 'UTC', random: () => 0.5, warn: (code: string) => warnings.push(code) };
    for (const filter of ['numbers_in', 'date_in', 'phone_in', 'email_in', 'link_in', 'word: 3', 'title_case', 'matched: "(a|b)+ (c|d)"'])
      templates.text(`{{ long | ${filter} }}`, scope);
    templates.text('{% for i in (1..100) %}{{ long | date_in }}{% endfor %}', scope);
    expect(warnings).to.include('template/failed');
  });
});
