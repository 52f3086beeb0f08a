import {
  type Happenings,
  type Json,
  type NodeFailure,
  type NodeHandlers,
  type NodeOutcome,
  readableText,
  type SendFailure,
  type Why,
} from '../contract/index.js';
import { member, readNumber, readText } from '../contract/json/json-members.js';
import type { ProgramNode } from '../flow/program.js';
import { failRun } from './runs.js';
import { Scope } from './scope.js';
import type { ResumeTask } from './task.js';
import type { Visit } from './visit.js';
import type { Work } from './work.js';

type NodeEvent = ResumeTask['event'];

/** Calls the node's own code: the handler for an event, else `enter`. If it throws, the run fails and the stack goes to the log. */
export function callNode(work: Work, visit: Visit, event: NodeEvent | undefined): NodeOutcome<Json> | undefined {
  const { run, node } = visit;
  try {
    const scope = new Scope(work, run, visit);
    const outcome: NodeOutcome<Json> = event ? handle(node, scope, event) : node.type.enter(scope);
    if (typeof outcome?.then !== 'object') throw new TypeError(`the node type "${node.type.type}" returned no outcome`);
    return outcome;
  } catch (error) {
    work.error = error;
    work.bug = `bug-${work.input.session.id}-${work.input.session.turn}`;
    failRun(work, run, { code: 'flow/bug', reason: `the node "${node.id}" threw; the log has it as ${work.bug}` });
    return undefined;
  }
}

/** Gives an event to the handler that it is for. A failure without a handler leaves the node by `failed`. */
function handle({ type }: ProgramNode, scope: Scope, event: NodeEvent): NodeOutcome<Json> {
  const happening = happeningOf(event, scope);
  const outcome = callHandler(type.on ?? {}, scope, happening);
  if (outcome) return outcome;
  const [name, what] = happening;
  if (name === 'failed') return { then: { fail: whyOf(what) } };
  throw new TypeError(`the node type "${type.type}" has no handler "${name}"`);
}

type Handlers = NodeHandlers<unknown, Json>;
type Happening = { readonly [K in keyof Happenings]: readonly [K, Happenings[K]] }[keyof Happenings];

function callHandler<K extends keyof Happenings>(on: Handlers, scope: Scope, [name, what]: readonly [K, Happenings[K]]) {
  return on[name]?.(scope, what);
}

/** Returns the name of the handler for an event, and what the handler gets. */
function happeningOf(event: NodeEvent, { lastMessage }: Scope): Happening {
  switch (event.type) {
    case 'message':
      // The run has read it against what was offered: a typed title is the tap on its choice.
      return ['message', lastMessage ?? event.message];
    case 'timeout':
      return ['timeout', undefined];
    case 'receipt': {
      const { status, messageId, error } = event;
      if (status === 'failed') return ['failed', failureOfSend(error)];
      return ['receipt', { status, ...(messageId === undefined ? {} : { messageId }) }];
    }
    case 'callResult':
      return event.ok ? ['result', event.value] : ['failed', failureOfCall(event.value)];
    case 'returned':
      return 'why' in event ? ['failed', event.why] : ['returned', event.outputs];
    case 'operator': {
      const { message, giveBack } = event;
      const text = message && readableText(message);
      return ['operator', { ...(text === undefined ? {} : { text }), ...(giveBack === undefined ? {} : { giveBack }) }];
    }
    default:
      throw new TypeError(`no node waits for an event "${event.type}"`);
  }
}

function failureOfSend({ kind, code, message }: Partial<SendFailure> = {}): NodeFailure {
  return { code: code ?? 'send/failed', reason: message ?? '', ...(kind === undefined ? {} : { kind }) };
}

/** A call that failed has the reason as its value: `{ code, reason }`, with the `status` of an HTTP answer. */
function failureOfCall(value: Json): NodeFailure {
  const status = readNumber(member(value, 'status'));
  return {
    code: readText(member(value, 'code')) ?? 'node/failed',
    reason: readText(member(value, 'reason')) ?? '',
    ...(status === undefined ? {} : { status }),
  };
}

function whyOf({ code, reason, status }: NodeFailure): Why {
  return { code, reason, ...(status === undefined ? {} : { status }) };
}
