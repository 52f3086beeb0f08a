import type { Problem } from '../../contract/index.js';
import { zoneMeant } from '../../params/check-zone.js';
import { isTimeZone } from '../../text/date.js';
import type { Checked } from './checked.js';
import { error } from './finding.js';

/** Reports an unknown time zone. */
export function checkTimeZone({ settings: { timeZone } }: Checked): readonly Problem[] {
  if (timeZone === undefined || isTimeZone(timeZone)) return [];
  return [
    error({
      pointer: '/settings/timeZone',
      code: 'flow/unknown-zone',
      message: `unknown time zone "${timeZone}"`,
      ...zoneMeant(timeZone, '/settings/timeZone', 'Use a name such as Europe/Berlin or America/Sao_Paulo.'),
    }),
  ];
}
