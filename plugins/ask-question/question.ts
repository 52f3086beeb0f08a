import type { Choice, NodeScope, OutboundContent } from '../../src/contract/index.js';
import { fillMessage } from '../../src/params/message.js';
import { isListed } from '../../src/params/message-lists.js';
import { showsNumbers } from '../../src/text/shows-numbers.js';
import type { QuestionParams } from './params.js';

type Scope = NodeScope<QuestionParams>;

/**
 * Returns the question as it is sent; undefined if the node asks none. Of several choices, people write the numbers or titles, because a tap
 * gives only one: so they are listed in the text, unless the author has chosen another layout.
 */
export function questionOf(scope: Scope): OutboundContent | undefined {
  const { message, answer } = scope.params;
  const filled = message && fillMessage(message, scope);
  if (!filled || answer.type !== 'choices' || !('choices' in filled) || !filled.choices) return filled;
  return isLaidOut(filled.choicesAs) ? filled : { ...filled, choicesAs: 'text' };
}

/** Returns the choices of the question, and whether they were shown with numbers; undefined if it has none of its own. */
export function choicesOf(scope: Scope): { readonly choices: readonly Choice[]; readonly numbered: boolean } | undefined {
  const question = questionOf(scope);
  if (!question || !('choices' in question) || !question.choices) return undefined;
  const { choices, choicesAs } = question;
  return { choices, numbered: choicesAs === 'text' && showsNumbers(choices) };
}

/** Returns whether the answer is to be a choice of a list that came out empty: nobody could answer that. */
export function lacksChoices({ params: { message, answer } }: Scope, question: OutboundContent): boolean {
  const isChoice = answer.type === 'choice' || answer.type === 'choices';
  return isChoice && isListed(message?.['choices']) && !('choices' in question && question.choices?.length);
}

function isLaidOut(choicesAs: string | undefined): boolean {
  return choicesAs !== undefined && choicesAs !== 'auto';
}
