import type { Problem } from '../../contract/index.js';
import { pointerOf } from '../../contract/json/json-pointer.js';
import { languageTag } from '../../text/language-chain.js';
import { readLanguage } from '../../text/read-language.js';
import type { Checked } from './checked.js';
import { type At, warning } from './finding.js';

/** Reports languages of the flow and of translations that are not language tags, and translations into one language under two names. */
export function checkLanguages({ nodes, settings }: Checked): readonly Problem[] {
  const { locale, locales = {} } = settings;
  return [
    ...(locale === undefined || readLanguage(locale) !== undefined ? [] : [notALanguage(locale, { pointer: '/settings/locale' })]),
    ...checkNames(locales, { pointer: '/settings/locales' }),
    ...nodes.flatMap(({ item, at }) => checkNames(item.locales ?? {}, { pointer: `${at}/locales`, node: item.id })),
  ];
}

function checkNames(locales: Readonly<Record<string, unknown>>, at: At): readonly Problem[] {
  const known = new Map<string, string>();
  return Object.keys(locales).flatMap((language) => {
    const place = { ...at, pointer: at.pointer + pointerOf([language]) };
    if (readLanguage(language) === undefined) return [notALanguage(language, place)];
    const other = known.get(languageTag(language));
    known.set(languageTag(language), language);
    if (other === undefined) return [];
    const message = `"${language}" is the same language as "${other}"`;
    return [warning({ ...place, code: 'flow/bad-language', message, hint: 'Move its texts to the other one.' })];
  });
}

function notALanguage(language: string, at: At): Problem {
  return warning({
    ...at,
    code: 'flow/bad-language',
    message: `"${language}" is not a language tag`,
    hint: 'Use the code of the language, such as de, pt-BR or zh-Hant.',
  });
}
