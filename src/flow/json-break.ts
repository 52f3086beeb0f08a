import { type ParseError, parse } from 'jsonc-parser';

/** The place where a text stops being JSON. Line and column count from 1, as in editors. */
export interface JsonBreak {
  readonly line: number;
  readonly column: number;
}

/** Returns where a text that is invalid JSON breaks; undefined if the place is unknown. */
export function findJsonBreak(text: string): JsonBreak | undefined {
  const errors: ParseError[] = [];
  try {
    parse(text, errors, { disallowComments: true, allowTrailingComma: false });
  } catch (error) {
    // Nested deeper than the parser's recursion goes.
    if (!(error instanceof RangeError)) throw error;
  }
  const [first] = errors;
  if (!first) return undefined;
  const lines = text.slice(0, first.offset).split(/\r\n|\n|\r/);
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}

/** Returns the place in words, such as ` at line 3, column 7`; `''` if it is unknown. */
export function wordsOfJsonBreak(text: string): string {
  const found = findJsonBreak(text);
  return found ? ` at line ${found.line}, column ${found.column}` : '';
}
