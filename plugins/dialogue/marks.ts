/** What a model writes to end the talk, or to ask for a human. People never see it. */
export const MARKS = { ended: '[[END]]', handOver: '[[HUMAN]]' } as const;

const MARK = /\[\[ ?(END|HUMAN) ?\]\]/gi;

/**
 * Splits the answer of a model into its words for the person and the way out that it asks for.
 *
 * @example readMarks('I will ask a colleague. [[HUMAN]]') // { text: 'I will ask a colleague.', exit: 'handOver' }
 */
export function readMarks(answer: string): { readonly text: string; readonly exit?: keyof typeof MARKS } {
  const marks = [...answer.matchAll(MARK)].map(([mark]) => mark);
  const text = answer.replace(MARK, '').trim();
  if (marks.length === 0) return { text };
  return { text, exit: marks.some((mark) => /h/i.test(mark)) ? 'handOver' : 'ended' };
}
