import { keywordOf, searchedText } from './find-keyword.js';

/** Words of one language that say "no more messages" and "messages again", and nothing else. */
interface LanguageWords {
  readonly stop: readonly string[];
  readonly start: readonly string[];
  /** The answer to a STOP word. */
  readonly answer: string;
}

const ENGLISH: LanguageWords = {
  stop: ['stop', 'stop all', 'stopall', 'stop messages', 'stop promotions', 'unsubscribe', 'opt out', 'opt-out', 'optout'],
  start: ['start', 'unstop', 'subscribe', 'opt in', 'opt-in', 'optin'],
  answer: 'You will get no more messages from us here. Write START if you want them again.',
};
/** "Stop promotions" and its translations are what Meta calls the button of marketing templates by which people opt out. */
const WORDS: Readonly<Record<string, LanguageWords>> = {
  en: ENGLISH,
  de: {
    stop: ['stopp', 'abmelden', 'newsletter abmelden', 'newsletter abbestellen', 'keine nachrichten mehr', 'werbung stoppen'],
    start: ['anmelden', 'wieder anmelden', 'abonnieren'],
    answer: 'Sie bekommen hier keine Nachrichten mehr von uns. Schreiben Sie START, wenn Sie wieder welche möchten.',
  },
  es: {
    stop: [
      'parar',
      'no más mensajes',
      'darme de baja',
      'darse de baja',
      'dar de baja',
      'cancelar suscripción',
      'desuscribir',
      'desuscribirme',
    ],
    start: ['iniciar', 'suscribir', 'suscribirme', 'darme de alta'],
    answer: 'No recibirá más mensajes nuestros aquí. Escriba START si quiere volver a recibirlos.',
  },
  pt: {
    stop: ['parar', 'parar mensagens', 'descadastrar', 'cancelar inscrição', 'cancelar assinatura', 'não quero mais mensagens'],
    start: ['iniciar', 'inscrever', 'recadastrar', 'voltar a receber'],
    answer: 'Você não receberá mais mensagens nossas aqui. Escreva START se quiser recebê-las de novo.',
  },
  fr: {
    stop: ['arrêter', 'désabonner', 'me désabonner', 'se désabonner', 'désinscrire', 'désinscription', 'plus de messages'],
    start: ['démarrer', "s'abonner", "m'abonner", 'réabonner', 'me réabonner'],
    answer: 'Vous ne recevrez plus de messages de notre part ici. Écrivez START si vous en voulez de nouveau.',
  },
  it: {
    stop: ['fermare', 'disiscrivimi', 'disiscriviti', 'annulla iscrizione', 'cancella iscrizione', 'basta messaggi'],
    start: ['inizia', 'iscrivimi', 'iscriviti'],
    answer: 'Qui non riceverà più messaggi da noi. Scriva START se li vuole di nuovo.',
  },
  ar: {
    stop: ['توقف', 'إيقاف', 'أوقف', 'إيقاف الرسائل', 'أوقف الرسائل', 'إلغاء الاشتراك', 'الغاء اشتراك', 'ستوب'],
    start: ['ابدأ', 'ابدا', 'بدء', 'اشترك', 'اشتراك'],
    answer: 'لن تصلك منا رسائل هنا بعد الآن. اكتب START إذا أردتها من جديد.',
  },
  hi: {
    stop: ['रोकें', 'रोको', 'बंद करो', 'बंद करें', 'संदेश बंद करें', 'मैसेज बंद करो', 'सदस्यता रद्द करें', 'स्टॉप'],
    start: ['शुरू', 'शुरू करें', 'शुरू करो', 'सदस्यता लें', 'स्टार्ट'],
    answer: 'अब आपको यहाँ हमारे संदेश नहीं मिलेंगे। फिर से पाने के लिए START लिखें।',
  },
  th: {
    stop: ['หยุด', 'หยุดส่ง', 'หยุดส่งข้อความ', 'เลิกรับข้อความ', 'ยกเลิกการรับข้อความ', 'ยกเลิกการติดตาม'],
    start: ['เริ่ม', 'เริ่มใหม่', 'รับข้อความ', 'ติดตาม'],
    answer: 'คุณจะไม่ได้รับข้อความจากเราที่นี่อีก พิมพ์ START หากต้องการรับอีกครั้ง',
  },
};

/** The STOP words of channels that set none. They mean nothing else: "cancel", "end" and "quit" may be about an order or a game. */
export const STOP_WORDS: readonly string[] = Object.values(WORDS).flatMap(({ stop }) => stop);
/** The START words of channels that set none. */
export const START_WORDS: readonly string[] = Object.values(WORDS).flatMap(({ start }) => start);

/** In characters. No list has a longer word, and folding takes time. */
const MAX_LENGTH = 200;

/**
 * Returns a function that says whether a whole text is one of the words. Case, accents, Arabic points, invisible characters, and symbols and
 * emoji around it do not count.
 *
 * @example wordFinder(['stop'])('STOP!!! 🛑') // true
 * @example wordFinder(['stop'])('please stop') // false
 */
export function wordFinder(words: readonly string[]): (text: string) => boolean {
  const keywords = words.map((word) => keywordOf(word));
  const spoken = new Set(keywords.flatMap(({ folded, isSign }) => (isSign ? [] : [folded])));
  const signs = new Set(keywords.flatMap(({ folded, isSign }) => (isSign ? [folded] : [])));
  return (text) => {
    if (text === '' || text.length > MAX_LENGTH) return false;
    const searched = searchedText(text);
    return spoken.has(searched.words) || (searched.withSigns !== '' && signs.has(searched.withSigns));
  };
}

/**
 * Returns the answer to a STOP word: in the first of these languages (BCP 47) that has one; else in the language of the word, as far as it
 * tells one; else in English.
 *
 * @example stopAnswer('توقف', undefined) // in Arabic
 */
export function stopAnswer(word: string, ...languages: readonly (string | undefined)[]): string {
  for (const language of languages) {
    const base = language?.toLowerCase().split(/[-_]/, 1)[0] ?? '';
    if (Object.hasOwn(WORDS, base)) return (WORDS[base] ?? ENGLISH).answer;
  }
  const spoken = Object.values(WORDS).filter(({ stop }) => wordFinder(stop)(word));
  return (spoken.length === 1 ? spoken[0] : ENGLISH)?.answer ?? ENGLISH.answer;
}
