import type { Problem } from '../../contract/index.js';
import { pointerOf } from '../../contract/json/json-pointer.js';
import { placeholdersDiffer } from './check-locales.js';
import { mistakesOf } from './check-texts.js';
import type { Checked } from './checked.js';

/** Reports mistakes in the template that is sent when a run fails, and in its translations. */
export function checkOnError(checked: Checked): readonly Problem[] {
  const { onError = '', locales = {} } = checked.settings;
  const source = fieldOf(onError);
  const ofTranslations = Object.entries(locales).flatMap(([language, texts]) =>
    Object.entries(texts).flatMap(([name, text]) => {
      const place = { pointer: `/settings/locales${pointerOf([language, name])}` };
      const mistakes = mistakesOf(fieldOf(text), place, checked);
      return mistakes.length > 0 ? mistakes : placeholdersDiffer(checked.read(source).reads, checked.read(fieldOf(text)).reads, place);
    }),
  );
  return [...mistakesOf(source, { pointer: '/settings/onError' }, checked), ...ofTranslations];
}

function fieldOf(value: string) {
  return { holds: 'text', pointer: '', value } as const;
}
