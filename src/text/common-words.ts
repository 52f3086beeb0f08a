import { once } from '../contract/once.js';
import { foldWords } from './fold.js';

/** Short words by which people begin, thank and answer, by language (ISO 639-1): too short for statistics over letters. */
const WORDS: Readonly<Record<string, string>> = {
  ar: 'مرحبا اهلا السلام عليكم شكرا نعم لا من فضلك صباح مساء الخير',
  cs: 'ahoj dobrý den ráno večer děkuji díky ano ne prosím',
  da: 'hej goddag godmorgen tak mange ja nej venligst',
  de: 'hallo moin servus guten gute tag morgen abend nacht danke vielen dank bitte ja nein grüß gott tschüss hilfe',
  en: 'hello hi hey thanks thank you very much yes please good morning afternoon evening night bye help',
  es: 'hola buenos buenas días tardes noches gracias muchas sí por favor adiós ayuda',
  fa: 'سلام درود ممنون متشکرم مرسی بله نه لطفا',
  fi: 'hei moi terve huomenta kiitos paljon kyllä joo ei',
  fr: 'bonjour bonsoir salut merci beaucoup oui non svp au revoir bonne journée aide',
  he: 'שלום תודה רבה כן לא בבקשה בוקר טוב',
  hu: 'szia jó napot reggelt estét köszönöm szépen igen nem kérem',
  id: 'halo selamat pagi siang sore malam terima kasih ya tidak tolong',
  it: 'ciao salve buongiorno buonasera grazie mille sì no per favore prego arrivederci aiuto',
  nl: 'hallo hoi dag goedemorgen goedemiddag goedenavond dank je u wel bedankt ja nee graag alstublieft',
  no: 'hei morn god morgen takk tusen ja nei',
  pl: 'cześć dzień dobry wieczór witam dziękuję tak nie proszę',
  pt: 'olá oi bom boa dia tarde noite obrigado obrigada muito sim não por favor tudo bem ajuda',
  ro: 'bună ziua dimineața seara salut mulțumesc da nu',
  ru: 'привет здравствуйте добрый доброе день утро вечер спасибо да нет пожалуйста',
  sk: 'ahoj dobrý deň ráno večer ďakujem áno nie prosím',
  sv: 'hej hejsan god morgon tack så mycket ja nej',
  tr: 'merhaba selam günaydın iyi günler akşamlar teşekkürler teşekkür ederim evet hayır lütfen',
  uk: 'привіт вітаю доброго добрий дня ранку вечора дякую так ні будь ласка',
  vi: 'xin chào cảm ơn vâng',
};

const languages = once(
  (): ReadonlyMap<string, ReadonlySet<string>> =>
    new Map(Object.entries(WORDS).map(([language, words]) => [language, new Set(words.split(' ').map(foldWords))])),
);

/**
 * Returns the languages (ISO 639-1) in which all of these words are common; an empty list if one of the words is not.
 *
 * @example languagesOfWords(['hallo']) // ['de', 'nl']
 * languagesOfWords(['hallo', 'danke']) // ['de']
 */
export function languagesOfWords(words: readonly string[]): readonly string[] {
  const folded = words.map(foldWords);
  return [...languages()].flatMap(([language, known]) => (folded.every((word) => known.has(word)) ? [language] : []));
}
