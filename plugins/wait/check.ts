import type { CheckScope, NodeProblem } from '../../src/contract/index.js';
import { isLiteral } from '../../src/params/literal.js';
import { isDateWithoutOffset, noTimeZone } from '../../src/params/no-time-zone.js';
import { dateOf, isTimeZone } from '../../src/text/date.js';
import type { WaitParams } from './params.js';

/** What the schema cannot say: zones have the name of one, and the flow has a zone where its clocks count. */
export function problemsIn({ until, untilDate }: WaitParams, world: CheckScope): readonly NodeProblem[] {
  if (untilDate !== undefined) {
    if (!isLiteral(untilDate)) return noTimeZone('/untilDate', 'a date is waited for', world);
    if (dateOf(untilDate, { zone: 'UTC' }) === undefined) return [noDate(untilDate)];
    return isDateWithoutOffset(untilDate) ? noTimeZone('/untilDate', 'a date is waited for', world) : [];
  }
  if (until === undefined) return [];
  if (['contact', 'flow'].includes(until.zone)) return noTimeZone('/until', 'a time of day is waited for', world);
  if (isTimeZone(until.zone)) return [];
  return [
    {
      pointer: '/until/zone',
      code: 'flow/unknown-zone',
      message: `there is no time zone "${until.zone}"`,
      hint: 'Use "contact", "flow", or a name such as Europe/Berlin.',
    },
  ];
}

/** A date that stands in the file; what a template gives is read when the wait begins. */
function noDate(date: string): NodeProblem {
  const hint = 'Write a date such as 2026-12-24 or 2026-12-24T18:30, or a template that gives one.';
  return { pointer: '/untilDate', code: 'wait/no-date', message: `"${date}" is not a date, so it would not wait`, hint };
}
