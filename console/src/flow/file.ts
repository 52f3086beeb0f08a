import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';
import type { FlowDefinition } from '../../../src/contract/flow.js';
import { isObject } from '../../../src/contract/json/json-members.js';
import { type Pasted, pasteOf } from './clipboard.js';
import type { Say } from './say.js';

/** What a file or a pasted text holds. */
export type FlowFile =
  /** An object. Whether its members are those of a flow is checked by the host. */
  | { readonly kind: 'flow'; readonly definition: FlowDefinition }
  /** Nodes that were copied from a canvas. */
  | { readonly kind: 'nodes'; readonly pasted: Pasted }
  | { readonly kind: 'problem'; readonly problem: FileProblem };

/** Why a text cannot be read as a flow. */
export interface FileProblem {
  readonly message: string;
  readonly hint: string;
  /** Where, if it is not JSON: both count from 1, as in editors. */
  readonly line?: number;
  readonly column?: number;
}

/** Reads what somebody has dropped, chosen or pasted as a flow. */
export function readFlowFile(text: string, say: Say): FlowFile {
  const content = text.replace(/^\uFEFF/, '');
  const problem = (message: string): FlowFile => ({
    kind: 'problem',
    problem: { message, hint: say('Choose a flow file: JSON that Parley exported.') },
  });
  if (content.trim() === '') return problem(say('The file is empty.'));
  const value = jsonIn(content);
  if (value === undefined) return { kind: 'problem', problem: syntaxProblem(content, say) };
  if (!isObject(value)) return problem(say('This is JSON, but not a flow.'));
  const pasted = value['format'] === 'parley/1' ? undefined : pasteOf(content);
  return pasted ? { kind: 'nodes', pasted } : { kind: 'flow', definition: value as unknown as FlowDefinition };
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function syntaxProblem(text: string, say: Say): FileProblem {
  const message = say('This is not valid JSON.');
  const [first] = syntaxErrors(text);
  if (!first) return { message, hint: say('Something here is not JSON.') };
  const lines = text.slice(0, first.offset).split(/\r\n|\n|\r/);
  return { message, hint: hintFor(printParseErrorCode(first.error), say), line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}

function syntaxErrors(text: string): readonly ParseError[] {
  const errors: ParseError[] = [];
  try {
    parse(text, errors, { disallowComments: true, allowTrailingComma: false });
  } catch (error) {
    // Nested deeper than the parser's recursion goes.
    if (!(error instanceof RangeError)) throw error;
  }
  return errors;
}

function hintFor(code: string, say: Say): string {
  return (Object.hasOwn(HINTS, code) ? HINTS[code]?.(say) : undefined) ?? say('Something here is not JSON.');
}

/** What to do about mistakes, by the names that the parser has for them. */
const HINTS: Readonly<Record<string, (say: Say) => string>> = {
  CommaExpected: (say) => say('A comma is missing before this place.'),
  ColonExpected: (say) => say('A colon is missing before this place.'),
  CloseBraceExpected: (say) => say('A closing brace is missing.'),
  CloseBracketExpected: (say) => say('A closing bracket is missing.'),
  PropertyNameExpected: (say) => say('A name in double quotes is expected here. There may be an extra comma before it.'),
  ValueExpected: (say) => say('A value is expected here. There may be an extra comma before it.'),
  UnexpectedEndOfString: (say) => say('The closing quote of a text is missing.'),
  EndOfFileExpected: (say) => say('The file continues after its end. Remove the rest.'),
  InvalidCommentToken: (say) => say('JSON has no comments. Remove it.'),
};
