/** A block of a page that begins and ends with three or more backticks. */
export interface Block {
  readonly kind: string;
  readonly text: string;
  /** The prose before it. */
  readonly before: string;
}

/** The blocks of a page in Markdown, in order. */
export function blocksOf(page: string): readonly Block[] {
  let end = 0;
  return [...page.matchAll(/^(`{3,})(\w+)\n([\s\S]*?)^\1$/gm)].map(({ 0: whole, 2: kind = '', 3: text = '', index }) => {
    const before = page.slice(end, index);
    end = index + whole.length;
    return { kind, text, before };
  });
}
