import { chooseTyped, type ShownChoices } from './choose-typed.js';

/** What is between the choices that a person writes: signs and line breaks, or a word for "and". */
const SIGNS = /[,;&+/\n\u060c\u061b\u3001\uff0c\uff1b]+/u;
const AND = /(?:\s+(?:and|or|und|oder|y|o|e|ou|et|en|och|og|i|и|ve|dan|atau|va|và|और|và|และ|กับ)\s+|\s+(?=و\p{L}))/iu;

type Choices<C extends { readonly id: string; readonly title: string }> = ShownChoices<C>;

/**
 * Returns the choices that a typed text means, in the order in which they were shown: `1, 3`, `red and blue`. None if a part of the text means
 * no choice, or more than one.
 */
export function chooseSeveral<C extends { readonly id: string; readonly title: string }>(shown: Choices<C>, text: string): readonly C[] {
  const lines = text.slice(0, MAX_LENGTH);
  for (const parts of [[lines], lines.split(SIGNS), lines.split(SIGNS).flatMap((part) => part.split(AND)), lines.split(/[\s,;]+/u)]) {
    const found = chosenBy(shown, parts);
    if (found.length > 0) return found;
  }
  return [];
}

const MAX_LENGTH = 1_000;

function chosenBy<C extends { readonly id: string; readonly title: string }>(shown: Choices<C>, parts: readonly string[]): readonly C[] {
  const written = parts.map((part) => part.trim()).filter((part) => part !== '');
  if (written.length > 100) return [];
  const chosen = new Set<C>();
  for (const part of written) {
    const found = chooseTyped(shown, part) ?? chooseTyped(shown, part.replace(/^و/u, ''));
    if (found === undefined || found === 'ambiguous') return [];
    chosen.add(found.choice);
  }
  return shown.choices.filter((choice) => chosen.has(choice));
}
