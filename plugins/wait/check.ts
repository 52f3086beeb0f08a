import type { CheckScope, NodeProblem } from '../../src/contract/index.js';
import { checkZone } from '../../src/params/check-zone.js';
import type { Hours } from '../../src/params/hours.js';
import { isLiteral } from '../../src/params/literal.js';
import { isDateWithoutOffset, noTimeZone } from '../../src/params/no-time-zone.js';
import { dateOf } from '../../src/text/date.js';
import type { WaitParams } from './params.js';

/** Returns problems of a wait that its schema cannot find: unknown time zones, invalid dates, a flow without a time zone. */
export function problemsIn({ until, untilDate, businessHours }: WaitParams, world: CheckScope): readonly NodeProblem[] {
  if (untilDate !== undefined) {
    if (!isLiteral(untilDate)) return noTimeZone('/untilDate', 'a date is waited for', world);
    if (dateOf(untilDate, { zone: 'UTC' }) === undefined) return [noDate(untilDate)];
    return isDateWithoutOffset(untilDate) ? noTimeZone('/untilDate', 'a date is waited for', world) : [];
  }
  if (until) return checkPlace(until, '/until', world);
  const at = (i: number) => (Array.isArray(businessHours) ? `/businessHours/${i}` : '/businessHours');
  return [businessHours ?? []].flat().flatMap((span, i) => checkPlace(span, at(i), world));
}

/** Reports an unknown time zone, and a zone that needs the flow's, which has none. */
function checkPlace({ zone }: Pick<Hours, 'zone'>, pointer: string, world: CheckScope): readonly NodeProblem[] {
  if (['contact', 'flow'].includes(zone)) return noTimeZone(pointer, 'a time of day is waited for', world);
  return checkZone(zone, `${pointer}/zone`);
}

/** Reports a date without templates that is invalid. Values of templates are read when the wait begins. */
function noDate(date: string): NodeProblem {
  const hint = 'Write a date such as 2026-12-24 or 2026-12-24T18:30, or a template for one.';
  return { pointer: '/untilDate', code: 'wait/no-date', message: `"${date}" is not a date, so the flow would not wait`, hint };
}
