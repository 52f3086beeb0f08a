import type { Problem } from '../../contract/index.js';
import { isTimeZone } from '../../text/date.js';
import type { Checked } from './checked.js';
import { error } from './finding.js';

/** The flow's time zone has the name of one. */
export function checkTimeZone({ settings: { timeZone } }: Checked): readonly Problem[] {
  if (timeZone === undefined || isTimeZone(timeZone)) return [];
  return [
    error({
      pointer: '/settings/timeZone',
      code: 'flow/unknown-zone',
      message: `there is no time zone "${timeZone}"`,
      hint: 'Use a name such as Europe/Berlin or America/Sao_Paulo.',
    }),
  ];
}
