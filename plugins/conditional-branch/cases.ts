import type { Json, NodeCase } from '../../src/contract/index.js';

/** [value of v, operator, operand, is it true?, exact] */
const RULES: readonly (readonly [Json, string, Json | undefined, boolean, true?])[] = [
  ['Berlin', 'stringEquals', ' berlin ', true],
  ['Berlin', 'stringEquals', 'berlin', false, true],
  ['Hello world', 'stringContains', 'WORLD', true],
  ['Hello', 'stringContains', 'help', false],
  ['Hello', 'stringStartsWith', 'he', true],
  ['Hello', 'stringStartsWith', 'lo', false],
  ['Hello', 'stringEndsWith', 'LO', true],
  ['Hello', 'stringEndsWith', 'he', false],
  ['b', 'stringIn', ['a', 'b'], true],
  ['b', 'stringIn', 'a, b', true],
  ['c', 'stringIn', ['a', 'b'], false],
  ['  ', 'stringIsBlank', undefined, true],
  ['x', 'stringIsBlank', undefined, false],
  ['x', 'stringIsNotBlank', undefined, true],
  [null, 'stringIsNotBlank', undefined, false],
  ['A-17', 'stringEntireMatchesRegex', '[A-Z]-\\d+', true],
  ['A-17b', 'stringEntireMatchesRegex', '[A-Z]-\\d+', false],
  ['order A-17', 'stringAnyMatchesRegex', '[A-Z]-\\d+', true],
  ['order', 'stringAnyMatchesRegex', '[A-Z]-\\d+', false],
  ['10.0', 'numberEquals', '10', true],
  ['ten', 'numberEquals', 10, false],
  ['10', 'numberGreaterThan', 9, true],
  ['10', 'numberGreaterThan', 10, false],
  ['9', 'numberLessThan', 10, true],
  ['', 'numberLessThan', 10, false],
  ['10', 'numberGreaterOrEqual', 10, true],
  ['9', 'numberGreaterOrEqual', 10, false],
  [10, 'numberLessOrEqual', 10, true],
  [11, 'numberLessOrEqual', 10, false],
  [10, 'numberBetween', [1, 10], true],
  [11, 'numberBetween', [1, 10], false],
  ['2026-03-01', 'dateEquals', '2026-03-01T00:00', true],
  ['2026-03-01T12:00:00+01:00', 'dateEquals', '2026-03-01T11:00:00Z', true],
  ['soon', 'dateEquals', '2026-03-01', false],
  ['2026-03-02', 'dateGreaterThan', '2026-03-01', true],
  ['2026-03-01', 'dateGreaterThan', '2026-03-01', false],
  ['2026-02-28', 'dateLessThan', '2026-03-01', true],
  ['2026-02-30', 'dateLessThan', '2026-03-01', false],
  ['2026-03-31', 'dateBetween', ['2026-03-01', '2026-03-31'], true],
  ['2026-04-01', 'dateBetween', ['2026-03-01', '2026-03-31'], false],
  ['2026-03-01T00:00+01', 'dateEquals', '2026-02-28T23:00:00Z', true],
  ['2026-03-01T00:00+99:00', 'dateLessThan', '2026-03-01', false],
  ['ten', 'numberLessThan', 11, false],
  ['1e999', 'numberGreaterThan', 1, false],
  [null, 'numberEquals', 0, false],
  [true, 'stringEquals', 'TRUE', true],
  [{ a: 1 }, 'stringContains', '"a"', true],
  [[], 'dateBetween', ['2026-03-01', '2026-03-31'], false],
  [0, 'exists', undefined, true],
  [null, 'exists', undefined, false],
  ['true', 'isTrue', undefined, true],
  ['yes', 'isTrue', undefined, false],
];
const yes = { variable: 'v', operator: 'exists' };
const no = { not: yes };
/** [condition, is it true?] */
const TREES: readonly (readonly [Json, boolean])[] = [
  [{ all: [yes, yes] }, true],
  [{ all: [yes, no] }, false],
  [{ any: [no, yes] }, true],
  [{ any: [no, no] }, false],
  [{ not: { any: [no, { all: [yes, no] }] } }, true],
];

function asking(name: string, when: Json, is: boolean, v: Json): NodeCase {
  return { name, params: { branches: [{ name: 'yes', when }] }, vars: { v }, expect: { then: { exit: is ? 'yes' : 'else' } } };
}

export const cases: readonly NodeCase[] = [
  ...RULES.map(([v, operator, value, is, exact]) =>
    asking(
      `${JSON.stringify(v)} ${operator} ${JSON.stringify(value) ?? ''}${exact ? ' exactly' : ''} is ${is}`,
      { variable: 'v', operator, ...(value === undefined ? {} : { value }), ...(exact ? { exact } : {}) },
      is,
      v,
    ),
  ),
  ...TREES.map(([when, is]) => asking(`${JSON.stringify(when)} is ${is}`, when, is, 'x')),
  {
    name: 'the first branch that is true is taken',
    params: {
      branches: [
        { name: 'a', when: no },
        { name: 'b', when: yes },
        { name: 'c', when: yes },
      ],
    },
    vars: { v: 1 },
    expect: { then: { exit: 'b' } },
  },
  {
    name: 'an operand may be a template',
    params: { branches: [{ name: 'yes', when: { variable: 'order.total', operator: 'numberEquals', value: '{{ limit | plus: 1 }}' } }] },
    vars: { order: { total: 8 }, limit: 7 },
    expect: { then: { exit: 'yes' } },
  },
  {
    name: 'a regular expression may be a template too',
    params: { branches: [{ name: 'yes', when: { variable: 'v', operator: 'stringEntireMatchesRegex', value: '{{ prefix }}-\\d+' } }] },
    vars: { v: 'A-17', prefix: 'A' },
    expect: { then: { exit: 'yes' } },
  },
  {
    name: 'what a template made of a regular expression may be refused: the rule is false',
    params: { branches: [{ name: 'yes', when: { variable: 'v', operator: 'stringAnyMatchesRegex', value: '{{ pattern }}' } }] },
    vars: { v: 'A-17', pattern: '(' },
    expect: { then: { exit: 'else' } },
  },
];
