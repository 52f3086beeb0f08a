import type { CheckScope, NodeProblem } from '../../src/contract/index.js';
import { isLiteral } from '../../src/params/literal.js';
import { isDateWithoutOffset, noTimeZone } from '../../src/params/no-time-zone.js';
import { dateOf, isTimeZone } from '../../src/text/date.js';
import type { WaitParams } from './params.js';

/** Returns problems of a wait that its schema cannot find: unknown time zones, invalid dates, a flow without a time zone. */
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
      message: `unknown time zone "${until.zone}"`,
      hint: 'Use "contact", "flow", or a name such as Europe/Berlin.',
    },
  ];
}

/** Reports a date without templates that is invalid. Values of templates are read when the wait begins. */
function noDate(date: string): NodeProblem {
  const hint = 'Write a date such as 2026-12-24 or 2026-12-24T18:30, or a template for one.';
  return { pointer: '/untilDate', code: 'wait/no-date', message: `"${date}" is not a date, so the flow would not wait`, hint };
}
