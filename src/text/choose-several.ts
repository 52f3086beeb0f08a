import { chooseTyped, type ShownChoices } from './choose-typed.js';

/** What is between the choices that a person writes: signs and line breaks, or a word for "and". */
const SIGNS = /[,;&+/\n\u060c\u061b\u3001\uff0c\uff1b]+/u;
const AND = /(?<!\s)(?:\s+(?:and|or|und|oder|y|o|e|ou|et|en|och|og|i|и|ve|dan|atau|va|và|और|và|และ|กับ|و)\s+|\s+(?=و[\p{L}\p{N}]))/iu;

type Choices<C extends { readonly id: string; readonly title: string }> = ShownChoices<C>;

/**
 * Returns the choices that a typed text means, in the order in which they were shown: `1, 3`, `red and blue`. None if a part of the text means
 * no choice, or more than one.
 */
export function chooseSeveral<C extends { readonly id: string; readonly title: string }>(shown: Choices<C>, text: string): readonly C[] {
  if (text.length > MAX_LENGTH) return [];
  const bySigns = text.split(SIGNS);
  for (const parts of [[text], bySigns, bySigns.flatMap((part) => part.split(AND)), text.split(/[\s,;]+/u)]) {
    const found = chosenBy(shown, parts);
    if (found.length > 0) return found;
  }
  return [];
}

/** In characters. */
const MAX_LENGTH = 500;
/** In Arabic, "and" is written together with the next word. */
const ARABIC_AND = /^و(?=.)/u;

function chosenBy<C extends { readonly id: string; readonly title: string }>(shown: Choices<C>, parts: readonly string[]): readonly C[] {
  const written = parts.map((part) => part.trim()).filter((part) => part !== '');
  if (written.length > 100) return [];
  const chosen = new Set<C>();
  for (const part of written) {
    const found = chooseTyped(shown, part) ?? (ARABIC_AND.test(part) ? chooseTyped(shown, part.replace(ARABIC_AND, '')) : undefined);
    if (found === undefined || found === 'ambiguous') return [];
    chosen.add(found.choice);
  }
  return shown.choices.filter((choice) => chosen.has(choice));
}
