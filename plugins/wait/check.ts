import type { CheckWorld, NodeProblem } from '../../src/contract/index.js';
import { isDateWithoutOffset, noTimeZone } from '../../src/params/no-time-zone.js';
import { isTimeZone } from '../../src/text/date.js';
import type { WaitParams } from './params.js';

/** What the schema cannot say: zones have the name of one, and the flow has a zone where its clocks count. */
export function problemsIn({ until, untilDate }: WaitParams, world: CheckWorld): readonly NodeProblem[] {
  if (untilDate !== undefined) {
    const isLiteral = !/\{[{%]/.test(untilDate);
    return isLiteral && !isDateWithoutOffset(untilDate) ? [] : noTimeZone('/untilDate', 'a date is waited for', world);
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
