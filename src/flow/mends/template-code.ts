/** Changes a part of a template that is no text for people. `isTag`: it stands in `{% … %}`. */
type Change = (part: string, isTag: boolean) => string;

/** Changes what stands in the braces of a template; texts in quotes stay as they are. */
export function inCode(template: string, change: Change): string {
  return inBraces(template, (inner, isTag) => code(inner, (part) => change(part, isTag)));
}

/** Changes what stands in the braces of a template. */
export function inBraces(template: string, change: Change): string {
  let written = '';
  for (let at = 0; at < template.length; ) {
    const begin = beginOf(template, at);
    if (begin === undefined) return written + template.slice(at);
    const isTag = template.charAt(begin + 1) === '%';
    const found = template.indexOf(isTag ? '%}' : '}}', begin + 2);
    const end = found < 0 ? template.length : found;
    written += template.slice(at, begin + 2) + change(template.slice(begin + 2, end), isTag);
    at = end;
  }
  return written;
}

function beginOf(template: string, from: number): number | undefined {
  const places = ['{{', '{%'].map((braces) => template.indexOf(braces, from)).filter((at) => at >= 0);
  return places.length === 0 ? undefined : Math.min(...places);
}

/** Changes an expression; texts in quotes stay as they are. */
export function code(expression: string, change: (part: string) => string): string {
  const parts = expression.split(/("[^"]*"|'[^']*')/);
  return parts.map((part, i) => (i % 2 === 1 ? part : change(part))).join('');
}

/** A text in quotes, as Liquid reads it: a backslash goes with the character behind it. */
const QUOTED = /"(?:[^"\\]|\\[\s\S])*(?:"|$)|'(?:[^'\\]|\\[\s\S])*(?:'|$)/g;
/** A backslash with what is behind it, in a group if it is none of the usual escapes: `\\`, `\"`, `\'`, `\n`, `\r`, `\t`, `\u00e9`. */
const ESCAPE = /\\(?:[\\"'nrt]|u[0-9A-Fa-f]{4})|\\([\s\S])/g;

/** Returns the characters behind the backslashes in quoted texts that Liquid does not keep: `b`, which it reads as a backspace. */
export function lostBackslashes(expression: string): readonly string[] {
  return [...expression.matchAll(QUOTED)].flatMap(([quoted]) =>
    [...quoted.matchAll(ESCAPE)].flatMap(([, lost]) => (lost === undefined ? [] : [lost])),
  );
}

/** Writes backslashes twice where Liquid does not keep one. */
export function withBackslashes(expression: string): string {
  return expression.replace(QUOTED, (quoted) =>
    quoted.replace(ESCAPE, (written: string, lost?: string) => (lost === undefined ? written : `\\${written}`)),
  );
}

/** Quotation marks of word processors and of other languages. In an expression they are none, so they become part of a name. */
const TYPOGRAPHIC = /[“”„‟«»″‘’‚‛‹›′´]/;
const DOUBLE = /[“”„‟«»″]([^“”„‟«»″"{}]*)[“”„‟«»″"]/g;
const SINGLE = /[‘’‚‛‹›′´]([^‘’‚‛‹›′´'"{}]*)[‘’‚‛‹›′´']/g;

/** Returns the first typographic quotation mark in a part of a template that is code, or in a name. */
export function typographicQuote(part: string): string | undefined {
  return TYPOGRAPHIC.exec(part)?.[0];
}

/** The narrow spaces that French puts inside of its quotation marks. */
const INNER_SPACES = /^[\u00a0\u202f]|[\u00a0\u202f]$/g;

/** Writes straight quotation marks in the place of typographic ones. `part` is code outside of texts in quotes. */
export function withStraightQuotes(part: string): string {
  return code(
    part.replace(DOUBLE, (_, words: string) => `"${words.replace(INNER_SPACES, '')}"`),
    (rest) => rest.replace(SINGLE, (_, words: string) => `'${words.replace(INNER_SPACES, '')}'`),
  );
}
