import type { Problem } from '../../contract/index.js';
import { mistakesOf } from './check-texts.js';
import type { Checked } from './checked.js';

/** Reports mistakes in the template that is sent when a run fails. */
export function checkOnError(checked: Checked): readonly Problem[] {
  return mistakesOf({ holds: 'text', pointer: '', value: checked.settings.onError ?? '' }, { pointer: '/settings/onError' }, checked);
}
