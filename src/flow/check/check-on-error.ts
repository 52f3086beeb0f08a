import type { Problem } from '../../contract/index.js';
import { mistakesOf } from './check-texts.js';
import type { Checked } from './checked.js';

/** The words for an error are a template, too. */
export function checkOnError({ settings: { onError = '' }, world }: Checked): readonly Problem[] {
  return mistakesOf({ holds: 'text', pointer: '', value: onError }, { pointer: '/settings/onError' }, world);
}
