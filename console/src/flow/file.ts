import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';
import type { FlowDefinition } from '../../../src/contract/flow.js';
import { isObject } from '../../../src/contract/json/json-members.js';
import type { JsonObject } from '../../../src/contract/json.js';
import { type Pasted, pasteOf } from './clipboard.js';
import type { Say } from './say.js';

/** What a file or a pasted text holds. The host checks what is in a flow; here it only is one. */
export type FlowFile =
  | { readonly kind: 'flow'; readonly definition: FlowDefinition }
  /** Nodes that were copied from a canvas. */
  | { readonly kind: 'nodes'; readonly pasted: Pasted }
  | { readonly kind: 'problems'; readonly problems: readonly FileProblem[] };

/** Why a text cannot be read as a flow. */
export interface FileProblem {
  readonly message: string;
  readonly hint: string;
  /** Where, if it is not JSON: both count from 1, as in editors. */
  readonly line?: number;
  readonly column?: number;
  /** JSON Pointer to what has the wrong form. */
  readonly pointer?: string;
}

/** Of a file with many mistakes, the first ones are enough. */
const MAX_PROBLEMS = 20;

/** Reads what somebody has dropped, chosen or pasted as a flow. */
export function readFlowFile(text: string, say: Say): FlowFile {
  const content = text.replace(/^\uFEFF/, '');
  if (content.trim() === '')
    return problems([{ message: say('The file is empty.'), hint: say('Choose a flow file: JSON, as Parley exports it.') }]);
  const value = jsonIn(content);
  if (value === undefined) return problems([syntaxProblem(content, say)]);
  const pasted = isObject(value) && value['format'] !== 'parley/1' ? pasteOf(content) : undefined;
  if (pasted) return { kind: 'nodes', pasted };
  const wrong = isObject(value) ? formProblems(value, say) : [noFlow(say)];
  return wrong.length > 0 ? problems(wrong.slice(0, MAX_PROBLEMS)) : { kind: 'flow', definition: withParams(value as FlowDefinition) };
}

function problems(found: readonly FileProblem[]): FlowFile {
  return { kind: 'problems', problems: found };
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The host fills the params of nodes that have none in the same way. */
function withParams(flow: FlowDefinition): FlowDefinition {
  if (flow.nodes.every(({ params }) => params !== undefined)) return flow;
  return { ...flow, nodes: flow.nodes.map((node) => (node.params === undefined ? { ...node, params: {} } : node)) };
}

function noFlow(say: Say): FileProblem {
  return { message: say('The file is not a flow.'), hint: say('A flow file is a JSON object with "format": "parley/1".') };
}

function formProblems(flow: JsonObject, say: Say): readonly FileProblem[] {
  if (flow['format'] !== 'parley/1') return [{ ...noFlow(say), pointer: '/format' }];
  const wrong = (pointer: string, hint: string): FileProblem => ({
    message: say('"{pointer}" is missing or has the wrong form.', { pointer }),
    hint,
    pointer,
  });
  const lists = ['triggers', 'nodes', 'edges'].filter((name) => !Array.isArray(flow[name]));
  const texts = ['code', 'name'].filter((name) => typeof flow[name] !== 'string');
  return [
    ...texts.map((name) => wrong(`/${name}`, say('It must be a text.'))),
    ...lists.map((name) => wrong(`/${name}`, say('It must be a list.'))),
    ...members(flow['nodes']).flatMap((node, i) =>
      isText(node, 'id') && isText(node, 'type') && (node['params'] === undefined || isObject(node['params']))
        ? []
        : [wrong(`/nodes/${i}`, say('A node has an "id", a "type" and an object "params".'))],
    ),
    ...members(flow['edges']).flatMap((edge, i) =>
      ['from', 'port', 'to'].every((name) => isText(edge, name))
        ? []
        : [wrong(`/edges/${i}`, say('An edge has "from", "port" and "to", each of them a text.'))],
    ),
  ];
}

function members(list: unknown): readonly unknown[] {
  return Array.isArray(list) ? list : [];
}

function isText(value: unknown, name: string): value is JsonObject {
  return isObject(value) && typeof value[name] === 'string';
}

function syntaxProblem(text: string, say: Say): FileProblem {
  const message = say('The file is not valid JSON.');
  const [first] = syntaxErrors(text);
  if (!first) return { message, hint: say('Choose a flow file: JSON, as Parley exports it.') };
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
  PropertyNameExpected: (say) => say('A name in double quotes is expected here. There may be a comma too many before it.'),
  ValueExpected: (say) => say('A value is expected here. There may be a comma too many before it.'),
  UnexpectedEndOfString: (say) => say('The closing quote of a text is missing.'),
  EndOfFileExpected: (say) => say('The file goes on behind its end. Remove what follows.'),
  InvalidCommentToken: (say) => say('JSON has no comments. Remove it.'),
};
