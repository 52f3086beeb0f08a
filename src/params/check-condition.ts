import type { Json, NodeProblem } from '../contract/index.js';
import { isObject } from '../contract/json/json-members.js';
import { dateOf } from '../text/date.js';
import { checkZone } from './check-zone.js';
import { isLiteral } from './literal.js';
import { needsWords } from './rule-words.js';
import { asNumber } from './variable-value.js';

/** Returns values of rules that make them never true: no number or date although the operator needs one, no words to look for, an unknown time zone. Templates are not checked. */
export function checkCondition(condition: unknown, pointer: string): readonly NodeProblem[] {
  if (!isObject(condition)) return [];
  const { all, any, not, operator, value } = condition;
  const inner = (list: Json | undefined, name: string) =>
    Array.isArray(list) ? list.flatMap((one: Json, i) => checkCondition(one, `${pointer}/${name}/${i}`)) : [];
  if (operator === 'isWithinHours') return checkHours(value, `${pointer}/value`);
  if (typeof operator === 'string' && needsWords(operator, value))
    return [
      {
        pointer: `${pointer}/value`,
        code: 'rule/no-words',
        message: 'there are no words to look for, so the rule is never true',
        hint: 'Write words such as "yes yeah sure", or a template.',
      },
    ];
  const family = typeof operator === 'string' ? /^(number|date)/.exec(operator)?.[1] : undefined;
  const values: readonly (readonly [Json | undefined, string])[] = Array.isArray(value)
    ? value.map((one: Json, i) => [one, `${pointer}/value/${i}`] as const)
    : [[value, `${pointer}/value`]];
  return [
    ...inner(all, 'all'),
    ...inner(any, 'any'),
    ...checkCondition(not, `${pointer}/not`),
    ...(family === undefined ? [] : values.flatMap(([one, at]) => checkValue(one, family, at))),
  ];
}

function checkValue(value: Json | undefined, family: string, pointer: string): readonly NodeProblem[] {
  if (value === undefined || (typeof value === 'string' && !isLiteral(value))) return [];
  const read = family === 'number' ? asNumber(value) : dateOf(value, { zone: 'UTC' });
  if (read !== undefined) return [];
  const wanted = family === 'number' ? 'number' : 'date';
  return [
    {
      pointer,
      code: wanted === 'number' ? 'rule/no-number' : 'rule/no-date',
      message: `${JSON.stringify(value)} is not a ${wanted}, so the rule is never true`,
      hint:
        wanted === 'number'
          ? 'Write a number such as 100, or a template.'
          : 'Write a date such as 2026-12-24 or 2026-12-24T18:30, or a template.',
    },
  ];
}

function checkHours(value: Json | undefined, pointer: string): readonly NodeProblem[] {
  if (Array.isArray(value)) return value.flatMap((one: Json, i) => checkHours(one, `${pointer}/${i}`));
  return isObject(value) ? checkZone(value['zone'], `${pointer}/zone`) : [];
}
