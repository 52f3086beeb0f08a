import { type ParseError, parse, printParseErrorCode, stripComments } from 'jsonc-parser';
import { findJsonBreak } from './json-break.js';

/** Why a text is not JSON. */
export interface JsonMistake {
  readonly message: string;
  /** What to do about it. */
  readonly hint: string;
  /** Both count from 1, as in editors. */
  readonly line?: number;
  readonly column?: number;
  /** What the text holds if its only mistake is mended; absent if that is not clear. */
  readonly value?: unknown;
}

/**
 * Explains why a text is not JSON: one character that is missing or too much, comments, single quotes, the fence of a code block around it.
 * Never throws.
 */
export function findJsonMistake(text: string): JsonMistake {
  if (text.trim() === '') return { message: 'it is empty', hint: 'Write a flow.' };
  const around = wordsAround(text);
  if (around) return around;
  const place = findJsonBreak(text);
  const found = [spared, quoted, oneCharacter].flatMap((read) => read(text) ?? [])[0];
  const message = place ? `it breaks at line ${place.line}, column ${place.column}` : 'it breaks';
  return { message, hint: 'Write strict JSON.', ...found, ...place };
}

type Mended = Pick<JsonMistake, 'hint'> & { readonly value?: unknown };

/** The fence of a code block in a chat, or sentences before and after the JSON. */
function wordsAround(text: string): JsonMistake | undefined {
  const [begin, end] = [text.indexOf('{'), text.lastIndexOf('}')];
  if (begin < 0 || end < begin) return undefined;
  const inner = text.slice(begin, end + 1);
  const isFenced = text.slice(0, begin).includes('```') || text.slice(end).includes('```');
  const value = jsonIn(inner);
  if (value === undefined || (text.slice(0, begin) + text.slice(end + 1)).trim() === '') return undefined;
  const line = text.slice(0, begin).split('\n').length;
  return isFenced
    ? {
        message: 'there is a code fence (```) around the JSON',
        hint: 'Remove the fence and all words outside of it.',
        line,
        column: 1,
        value,
      }
    : { message: 'there are words around the JSON', hint: 'Keep only what is between the first { and the last }.', line, column: 1, value };
}

/** Comments, and commas before a closing bracket. */
function spared(text: string): Mended | undefined {
  const { value, errors } = read(text, { allowTrailingComma: true, disallowComments: false });
  if (errors.length > 0 || value === undefined) return undefined;
  const hasComments = stripComments(text) !== text;
  const hasCommas = jsonIn(stripComments(text)) === undefined;
  if (hasComments && hasCommas) return { hint: 'Remove the comments, and the commas before a closing bracket.', value };
  return { hint: hasComments ? 'Remove the comments: JSON has none.' : 'Remove the comma before the closing bracket.', value };
}

/** Texts in single quotes, and the words of Python for true, false and null. */
function quoted(text: string): Mended | undefined {
  const written = inDoubleQuotes(text);
  if (written === text) return undefined;
  const { value, errors } = read(written, { allowTrailingComma: true, disallowComments: false });
  return errors.length > 0 ? undefined : { hint: 'Write texts in double quotes, and true, false and null in small letters.', value };
}

const WORDS: Readonly<Record<string, string>> = { True: 'true', False: 'false', None: 'null', undefined: 'null' };

function inDoubleQuotes(text: string): string {
  const parts = text.split(/("(?:[^"\\]|\\.)*"|'(?:[^'\\\n]|\\.)*')/s);
  return parts
    .map((part, i) => {
      if (i % 2 === 0) return part.replace(/\b(?:True|False|None|undefined)\b/g, (word) => WORDS[word] ?? word);
      return part.startsWith("'") ? `"${part.slice(1, -1).replaceAll("\\'", "'").replaceAll('"', '\\"')}"` : part;
    })
    .join('');
}

/** One character that is missing: the parser goes on behind it, and finds nothing else. */
function oneCharacter(text: string): Mended | undefined {
  const { value, errors } = read(text, { allowTrailingComma: false, disallowComments: true });
  const [first] = errors;
  if (!first) return undefined;
  const name = printParseErrorCode(first.error);
  const hint = HINTS[name];
  if (hint === undefined) return undefined;
  const isClear =
    errors.length === 1 && (MISSING.has(name) || (name === 'EndOfFileExpected' && /^[\s}\]]*$/.test(text.slice(first.offset))));
  return isClear ? { hint, value } : { hint };
}

const MISSING: ReadonlySet<string> = new Set(['CommaExpected', 'CloseBraceExpected', 'CloseBracketExpected']);

const HINTS: Readonly<Record<string, string>> = {
  CommaExpected: 'Add the comma that is missing before this place.',
  ColonExpected: 'Add the colon that is missing before this place.',
  CloseBraceExpected: 'Add the closing brace } that is missing here. If more is missing, the file was cut off.',
  CloseBracketExpected: 'Add the closing bracket ] that is missing here. If more is missing, the file was cut off.',
  PropertyNameExpected: 'Write a name in double quotes here, or remove the comma before it.',
  ValueExpected: 'Write a value here, or remove the comma before it.',
  UnexpectedEndOfString: 'Add the closing quote of the text. Line breaks in it are written as \\n.',
  EndOfFileExpected: 'Remove what follows the end of the JSON.',
  InvalidSymbol: 'Write names and texts in double quotes.',
  InvalidCharacter: 'Write line breaks in texts as \\n, and tabs as \\t.',
  InvalidEscapeCharacter: 'Write a backslash in a text as \\\\.',
};

function read(text: string, options: { readonly allowTrailingComma: boolean; readonly disallowComments: boolean }) {
  const errors: ParseError[] = [];
  try {
    return { value: parse(text, errors, options) as unknown, errors };
  } catch (error) {
    // Nested deeper than the parser's recursion goes.
    if (!(error instanceof RangeError)) throw error;
    return { value: undefined, errors: [{ error: 0, offset: 0, length: 0 } as unknown as ParseError] };
  }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
