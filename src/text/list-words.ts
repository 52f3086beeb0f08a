/** The words on the last row of a page of choices. At most 20 characters, so that they fit on every button. */
export interface ListWords {
  /** Leads to the next page. */
  readonly more: string;
  /** Leads from the last page to the first one. */
  readonly first: string;
}

const ENGLISH: ListWords = { more: 'More…', first: 'Back to start' };
const WORDS: Readonly<Record<string, ListWords>> = {
  ar: { more: 'المزيد…', first: 'العودة إلى البداية' },
  de: { more: 'Mehr…', first: 'Zum Anfang' },
  en: ENGLISH,
  es: { more: 'Más…', first: 'Volver al inicio' },
  fr: { more: 'Plus…', first: 'Retour au début' },
  hi: { more: 'और देखें…', first: 'शुरुआत पर जाएँ' },
  it: { more: 'Altro…', first: "Torna all'inizio" },
  pt: { more: 'Mais…', first: 'Voltar ao início' },
  th: { more: 'เพิ่มเติม…', first: 'กลับไปหน้าแรก' },
};

/**
 * Returns the words in the first of these languages (BCP 47) that has some, else in English.
 *
 * @example listWords('pt-BR', 'de').more   // 'Mais…'
 */
export function listWords(...languages: readonly (string | undefined)[]): ListWords {
  for (const language of languages) {
    const base = language?.toLowerCase().split(/[-_]/, 1)[0] ?? '';
    if (Object.hasOwn(WORDS, base)) return WORDS[base] ?? ENGLISH;
  }
  return ENGLISH;
}
