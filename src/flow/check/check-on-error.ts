import type { Problem } from '../../contract/index.js';
import { pointerOf } from '../../contract/json/json-pointer.js';
import { mistakesOf } from './check-texts.js';
import type { Checked } from './checked.js';

/** Reports mistakes in the template that is sent when a run fails, and in its translations. */
export function checkOnError(checked: Checked): readonly Problem[] {
  const { onError = '', locales = {} } = checked.settings;
  const texts = Object.entries(locales).flatMap(([language, translated]) =>
    Object.entries(translated).map(([pointer, value]) => ({ value, pointer: `/settings/locales${pointerOf([language, pointer])}` })),
  );
  return [{ value: onError, pointer: '/settings/onError' }, ...texts].flatMap(({ value, pointer }) =>
    mistakesOf({ holds: 'text', pointer: '', value }, { pointer }, checked),
  );
}
