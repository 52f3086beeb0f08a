import { once } from '../contract/once.js';
import { foldTitle } from './fold.js';

/** "Yes" or "no" in a language: the word that a title begins with, then what people type instead of it. */
type Meaning = readonly [word: string, ...instead: readonly string[]];

/** What certainly means yes or no. "Ok" and a thumb are missing: they may also say that a message was read. */
const WORDS: Readonly<Record<string, readonly [yes: Meaning, no: Meaning]>> = {
  ar: [
    ['نعم', 'نعم من فضلك', 'نعم رجاء', 'ايوه', 'ايوة', 'اجل'],
    ['لا', 'لا شكرا', 'كلا'],
  ],
  de: [
    ['ja', 'ja bitte', 'ja gern', 'ja gerne', 'ja klar', 'jep', 'jap', 'jup', 'jo', 'jawohl', 'klar', 'na klar', 'natürlich'],
    ['nein', 'nein danke', 'ne', 'nee', 'nö', 'nope'],
  ],
  en: [
    ['yes', 'yes please', 'yes thanks', 'yes thank you', 'yep', 'yeah', 'yup', 'sure', 'of course'],
    ['no', 'no thanks', 'no thank you', 'nope', 'nah'],
  ],
  es: [
    ['sí', 'sí por favor', 'sí gracias', 'sip', 'claro', 'claro que sí', 'por supuesto'],
    ['no', 'no gracias', 'nop', 'nope'],
  ],
  fr: [
    ['oui', 'oui merci', 'oui svp', "oui s'il vous plaît", 'oui bien sûr', 'ouais', 'bien sûr'],
    ['non', 'non merci', 'nan'],
  ],
  hi: [
    ['हाँ', 'हां', 'जी हाँ', 'जी हां', 'haan', 'ha ji'],
    ['नहीं', 'नही', 'जी नहीं', 'जी नही', 'nahi'],
  ],
  it: [
    ['sì', 'sì grazie', 'sì per favore', 'certo', 'certo che sì'],
    ['no', 'no grazie', 'nope'],
  ],
  nl: [
    ['ja', 'ja graag', 'ja hoor', 'ja bedankt', 'jep', 'jawel', 'zeker'],
    ['nee', 'nee bedankt', 'nee dank je', 'nee dank u', 'nee hoor', 'neen'],
  ],
  pt: [
    ['sim', 'sim por favor', 'sim obrigado', 'sim obrigada', 'claro', 'claro que sim'],
    ['não', 'não obrigado', 'não obrigada', 'nope'],
  ],
};

interface Folded {
  /** The beginnings of titles: the word alone, or with "please" or "thank you". */
  readonly titles: ReadonlySet<string>;
  readonly typed: ReadonlySet<string>;
}

/**
 * Yes and no, each in all languages: people answer in their own, and no yes of one language is a no of another. Made by the first text, because
 * folding all of them takes ten milliseconds.
 */
const meanings = once((): readonly Folded[] =>
  [0, 1].map((i) => {
    const all = Object.values(WORDS).map((both) => (both[i] ?? []).map(foldTitle));
    const titles = all.flatMap(([word = '', ...instead]) => [word, ...instead.filter((one) => one.startsWith(`${word} `))]);
    return { titles: new Set(titles), typed: new Set(all.flat()) };
  }),
);

/**
 * Returns whether a typed text says yes or no, as the beginning of a title does.
 *
 * @example saysTheSame('yep', 'Yes') // true
 * saysTheSame('nein danke', 'No') // true
 */
export function saysTheSame(text: string, beginning: string): boolean {
  const [typed, title] = [foldTitle(text), foldTitle(beginning)];
  return meanings().some((meaning) => meaning.typed.has(typed) && meaning.titles.has(title));
}
