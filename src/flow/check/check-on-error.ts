import type { Problem } from '../../contract/index.js';
import { mistakesOf } from './check-texts.js';
import type { Checked } from './checked.js';

/** Checks the text that a person gets when a run fails: it is a template, too. */
export function checkOnError(checked: Checked): readonly Problem[] {
  return mistakesOf({ holds: 'text', pointer: '', value: checked.settings.onError ?? '' }, { pointer: '/settings/onError' }, checked);
}
