/** Words as a card shows them: texts, and variables as pills. */
export type Piece = { readonly text: string; readonly isStrong?: true } | { readonly variable: string };

/** A template in a text: an output with its expression, or a tag. */
const TEMPLATE = /\{\{-?\s*([\s\S]*?)\s*-?\}\}|\{%-?[\s\S]*?-?%\}/g;
/** Cards show far fewer characters. */
const MAX_LENGTH = 2_000;

/**
 * Returns the pieces of a text with templates. A variable is shown without its filters, and tags such as `{% if %}` are left out.
 *
 * @example piecesOf("Hello {{ customerName | default: 'there' }}!")   // [{ text: 'Hello ' }, { variable: 'customerName' }, { text: '!' }]
 */
export function piecesOf(text: string): readonly Piece[] {
  const cut = text.slice(0, MAX_LENGTH);
  const pieces: Piece[] = [];
  let end = 0;
  for (const found of cut.matchAll(TEMPLATE)) {
    if (found.index > end) pieces.push({ text: cut.slice(end, found.index) });
    const name = found[1] === undefined ? '' : withoutFilters(found[1]);
    if (name !== '') pieces.push({ variable: name });
    end = found.index + found[0].length;
  }
  if (end < cut.length) pieces.push({ text: cut.slice(end) });
  return joined(pieces);
}

/** Returns what the pieces say, as plain text. */
export function plainText(pieces: readonly Piece[]): string {
  return pieces.map((piece) => ('variable' in piece ? piece.variable : piece.text)).join('');
}

function withoutFilters(expression: string): string {
  // A bar in quotes does not begin a filter.
  const [, before = ''] = /^((?:'[^']*'|"[^"]*"|[^|'"])*)/.exec(expression) ?? [];
  return before.trim();
}

/** Joins texts that have become neighbours. */
function joined(pieces: readonly Piece[]): readonly Piece[] {
  const done: Piece[] = [];
  for (const piece of pieces) {
    const last = done.at(-1);
    if (last && 'text' in last && 'text' in piece) done.splice(-1, 1, { text: last.text + piece.text });
    else done.push(piece);
  }
  return done;
}
