import type { CheckScope, Json, NodeProblem } from '../contract/index.js';
import { dateOf } from '../text/date.js';

/** Warns of a place that depends on the time zone, if neither the flow nor the installation has one. `what` says what is there. */
export function noTimeZone(pointer: string, what: string, { timeZone }: Pick<CheckScope, 'timeZone'>): readonly NodeProblem[] {
  if (timeZone !== undefined) return [];
  return [
    {
      pointer,
      code: 'flow/no-time-zone',
      message: `${what}, and the flow has no time zone: UTC is used`,
      hint: 'Set "settings": { "timeZone": "Europe/Berlin" }, or TIME_ZONE where the host runs.',
      severity: 'warning',
    },
  ];
}

/** Returns whether a value of a flow file is a date without an offset. */
export function isDateWithoutOffset(value: Json | undefined): boolean {
  const [here, there] = ['UTC', 'Asia/Tokyo'].map((zone) => dateOf(value, { zone }));
  return here !== undefined && here !== there;
}
