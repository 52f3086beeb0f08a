/** Words that Parley itself puts into messages, where the author has written none. At most 20 characters, so that they fit on every button. */
export interface OwnWords {
  /** On the button that opens a list of choices. */
  readonly choose: string;
  /** On the button of a card that opens an address. */
  readonly open: string;
  /** On the last row of a page of choices: leads to the next page. */
  readonly more: string;
  /** Leads from the last page to the first one. */
  readonly first: string;
}

/** The words in English, which adapters use for messages without a language. */
export const ENGLISH_WORDS: OwnWords = { choose: 'Choose', open: 'Open', more: 'More…', first: 'Back to start' };
const WORDS: Readonly<Record<string, OwnWords>> = {
  ar: { choose: 'اختر', open: 'فتح', more: 'المزيد…', first: 'العودة إلى البداية' },
  de: { choose: 'Auswählen', open: 'Öffnen', more: 'Mehr…', first: 'Zum Anfang' },
  en: ENGLISH_WORDS,
  es: { choose: 'Elegir', open: 'Abrir', more: 'Más…', first: 'Volver al inicio' },
  fr: { choose: 'Choisir', open: 'Ouvrir', more: 'Plus…', first: 'Retour au début' },
  hi: { choose: 'चुनें', open: 'खोलें', more: 'और देखें…', first: 'शुरुआत पर जाएँ' },
  it: { choose: 'Scegli', open: 'Apri', more: 'Altro…', first: "Torna all'inizio" },
  pt: { choose: 'Escolher', open: 'Abrir', more: 'Mais…', first: 'Voltar ao início' },
  th: { choose: 'เลือก', open: 'เปิด', more: 'เพิ่มเติม…', first: 'กลับไปหน้าแรก' },
};

/**
 * Returns the words in the first of these languages (BCP 47) that has some, else in English.
 *
 * @example ownWords('pt-BR', 'de').more   // 'Mais…'
 */
export function ownWords(...languages: readonly (string | undefined)[]): OwnWords {
  for (const language of languages) {
    const base = language?.toLowerCase().split(/[-_]/, 1)[0] ?? '';
    if (Object.hasOwn(WORDS, base)) return WORDS[base] ?? ENGLISH_WORDS;
  }
  return ENGLISH_WORDS;
}
