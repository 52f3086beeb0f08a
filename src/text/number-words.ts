import { once } from '../contract/once.js';
import { foldWords } from './fold.js';

/** The words for 0 to 12 by language (ISO 639-1). Several forms of a number are separated by a slash. */
const WORDS: Readonly<Record<string, string>> = {
  ar: 'صفر واحد/واحدة اثنان/اثنين/اثنتان ثلاثة/ثلاث أربعة/أربع خمسة/خمس ستة/ست سبعة/سبع ثمانية/ثماني تسعة/تسع عشرة/عشر',
  de: 'null eins/ein/eine/einen zwei/zwo drei vier fünf sechs sieben acht neun zehn elf zwölf',
  en: 'zero/nought/nil one two three four five six seven eight nine ten eleven twelve',
  es: 'cero uno/un/una dos tres cuatro cinco seis siete ocho nueve diez once doce',
  fr: 'zéro un/une deux trois quatre cinq six sept huit neuf dix onze douze',
  it: 'zero uno/un/una due tre quattro cinque sei sette otto nove dieci undici dodici',
  nl: 'nul een/één twee drie vier vijf zes zeven acht negen tien elf twaalf',
  pt: 'zero um/uma dois/duas três quatro cinco seis sete oito nove dez onze doze',
};

/** Made by the first text, because folding all words takes time. */
const numbers = once(
  (): ReadonlyMap<string, ReadonlyMap<string, number>> =>
    new Map(
      Object.entries(WORDS).map(([language, words]) => [
        language,
        new Map(words.split(' ').flatMap((forms, value) => forms.split('/').map((form) => [foldWords(form), value] as const))),
      ]),
    ),
);

/**
 * Returns the number from 0 to 12 that a text is in words of a language (BCP 47); undefined for everything else.
 *
 * @example numberInWords('Neun!', 'de-AT') // 9
 */
export function numberInWords(text: string, language: string | undefined): number | undefined {
  const words = numbers().get((language ?? '').toLowerCase().split(/[-_]/)[0] ?? '');
  return words?.get(foldWords(text));
}
