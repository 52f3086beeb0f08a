import type { Locales, Problem } from '../../contract/index.js';
import { pointerOf } from '../../contract/json/json-pointer.js';
import { hasWords, translatableTexts } from '../translatable.js';
import { type Translations, textsIn } from '../translations.js';
import type { Checked } from './checked.js';
import { warning } from './finding.js';

/** Further nodes of a language share one warning. */
const MAX_NODES = 200;
/** A warning names at most so many texts. */
const MAX_NAMED = 20;

/** Texts of a node or of the settings, with their translations. */
interface Translated {
  /** The JSON Pointer of the node or the settings. */
  readonly at: string;
  readonly node?: string;
  readonly texts: readonly Text[];
  readonly locales: Locales;
  /** The same by canonical language. */
  readonly translations: ReadonlyMap<string, Translations>;
  readonly translatedFrom: Locales;
}
interface Text {
  readonly pointer: string;
  readonly value: string;
  /** Whether the same text may do for all languages. */
  readonly mayStay?: boolean;
}

/** Warns of texts without a translation into a language of the flow, and of translations whose text has changed since. */
export function checkMissing(checked: Checked): readonly Problem[] {
  const { languages, effortOfTranslations: effort } = checked;
  const { translated } = languages;
  if (translated.length === 0) return [];
  const all = allTexts(checked);
  const missing = translated.flatMap((language) => {
    if (!effort.spend(all.length + translated.length / 50)) return effort.giveUp({ pointer: '/nodes' });
    const related = languages.related(language);
    const found = related.endInParams ? [] : all.flatMap((one) => missingIn(one, language, related.translated) ?? []);
    const rest = found.length - MAX_NODES;
    return rest <= 0 ? found : [...found.slice(0, MAX_NODES), inFurtherNodes(rest, language)];
  });
  return [...missing, ...all.flatMap(outdatedIn)];
}

function allTexts({ known, settings, world }: Checked): readonly Translated[] {
  const { onError = '', locales = {}, translatedFrom = {} } = settings;
  const ofSettings = { at: '/settings', texts: [{ pointer: '/onError', value: onError }], locales, translatedFrom };
  const ofNodes = known.map(({ node, at, type }) => ({
    at,
    node: node.id,
    // Empty `locales` say that the texts are for everybody.
    texts: node.params === null || isEmpty(node.locales) ? [] : translatableTexts(world.nodeTypes.describe(type.params), node.params),
    locales: node.locales ?? {},
    translatedFrom: node.translatedFrom ?? {},
  }));
  return [...ofNodes, ofSettings].map((one) => ({
    ...one,
    texts: one.texts.filter(({ value }) => hasWords(value)),
    translations: textsIn(one.locales),
  }));
}

function isEmpty(locales: Locales | undefined): boolean {
  return locales !== undefined && Object.keys(locales).length === 0;
}

/** A text that a shorter tag or another region of the language has is not missing. */
function missingIn(
  { at, node, texts, locales, translations }: Translated,
  language: string,
  related: readonly string[],
): Problem | undefined {
  const needed = texts.filter(({ mayStay }) => !mayStay);
  if (needed.length === 0) return undefined;
  const given = related.map((one) => translations.get(one) ?? {});
  const pointers = needed.map(({ pointer }) => pointer).filter((pointer) => !given.some((one) => Object.hasOwn(one, pointer)));
  if (pointers.length === 0) return undefined;
  return warning({
    // The place of what is missing is in something that is there.
    pointer: Object.keys(locales).length === 0 ? `${at}/locales` : `${at}/locales${pointerOf([language])}`,
    ...(node === undefined ? {} : { node }),
    code: 'flow/missing-translation',
    message: `${named(pointers)} ${pointers.length === 1 ? 'has' : 'have'} no translation into "${language}"`,
    hint: MISSING_HINT,
  });
}

const MISSING_HINT = 'Add it to `locales`, or import it with `parley texts import`.';

function inFurtherNodes(count: number, language: string): Problem {
  return warning({
    pointer: '/nodes',
    code: 'flow/missing-translation',
    message: `texts of ${count} further nodes have no translation into "${language}"`,
    hint: MISSING_HINT,
  });
}

function outdatedIn({ at, node, texts, locales, translatedFrom }: Translated): readonly Problem[] {
  return Object.entries(translatedFrom).flatMap(([language, sources]) => {
    const changed = texts.filter(
      ({ pointer, value }) => locales[language]?.[pointer] !== undefined && (sources[pointer] ?? value) !== value,
    );
    if (changed.length === 0) return [];
    return [
      warning({
        pointer: `${at}/locales${pointerOf([language])}`,
        ...(node === undefined ? {} : { node }),
        code: 'flow/outdated-translation',
        message: `${named(changed.map(({ pointer }) => pointer))} ${changed.length === 1 ? 'has' : 'have'} changed since the translation into "${language}"`,
        hint: 'Import a new translation with `parley texts import`.',
      }),
    ];
  });
}

function named(pointers: readonly string[]): string {
  const more = pointers.length - MAX_NAMED;
  const list = pointers.slice(0, MAX_NAMED).map((pointer) => `"${pointer}"`);
  return more > 0 ? `${list.join(', ')} and ${more} more texts` : list.join(', ');
}
