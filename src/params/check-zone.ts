import type { Json, NodeProblem } from '../contract/index.js';
import { isTimeZone } from '../text/date.js';

/** Reports a field `zone` that is neither `contact` nor `flow` nor a time zone. */
export function checkZone(zone: Json | undefined, pointer: string): readonly NodeProblem[] {
  if (typeof zone !== 'string' || ['contact', 'flow'].includes(zone) || isTimeZone(zone)) return [];
  return [
    {
      pointer,
      code: 'flow/unknown-zone',
      message: `unknown time zone "${zone}"`,
      hint: 'Use "contact", "flow", or a name such as Europe/Berlin.',
    },
  ];
}
