import type { Decision } from '../contract/host/index.js';
import type {
  AnyNodeType,
  FlowEvent,
  FlowFrame,
  Json,
  NodeCase,
  NodeFailure,
  NodeOutcome,
  NodeScope,
  OperatorAnswer,
  Wait,
} from '../contract/index.js';
import { advance } from '../engine/advance.js';
import type { TurnProgress } from '../engine/turn-input.js';
import { CASE_CHANNELS, CASE_TIME, caseMessage, casePrograms, caseSession } from './case-world.js';

/**
 * Plays one row of a node's table. Returns what the node returns, and the codes of its warnings. The engine plays it, in a flow of this one
 * node: a run arrives at the node, or waits there if the row has `on`.
 *
 * @throws What the node throws; an error if its schema refuses the params, or if the node is not called at all.
 */
export function playCase(node: AnyNodeType, row: NodeCase): { readonly outcome: NodeOutcome<Json>; readonly warnings: readonly string[] } {
  const recorder = recorded(node);
  const { stack, event } = momentOf(row);
  const progress = advance({
    programs: casePrograms(recorder.node, row),
    channels: CASE_CHANNELS,
    session: caseSession(row, stack),
    waitingEffects: 0,
    event,
    match: () => ({ tried: [] }),
  });
  const { done, error } = finished(progress);
  if (error !== undefined) throw error;
  const outcome = recorder.outcome() ?? leftByFailed(done, row);
  if (!outcome) throw new Error(`${node.type} was not called: ${done.decision.reason}`);
  const codes = done.warnings.map(({ code }) => code);
  return { outcome, warnings: codes.slice(codes.indexOf(BEGIN) + 1, Math.max(0, codes.indexOf(END))) };
}

/** Warnings of the turn that stand before and after those of the node. */
const BEGIN = 'the node begins';
const END = 'the node has ended';

/** Returns the node with its functions recorded, and what the first one that was called has returned. */
function recorded(node: AnyNodeType): { readonly node: AnyNodeType; readonly outcome: () => NodeOutcome<Json> | undefined } {
  let first: NodeOutcome<Json> | undefined;
  const record = (scope: NodeScope<unknown>, call: () => NodeOutcome<Json>): NodeOutcome<Json> => {
    if (first) return call();
    scope.warn(BEGIN, '');
    const outcome = call();
    if (outcome instanceof Promise) throw new Error(`${node.type} is async: a node describes, a service does`);
    scope.warn(END, '');
    first = outcome;
    return outcome;
  };
  const handlers = Object.entries(node.on ?? {}).map(([name, handle]) => [
    name,
    (scope: NodeScope<unknown>, what: never) => record(scope, () => handle(scope, what)),
  ]);
  return {
    node: { ...node, enter: (scope) => record(scope, () => node.enter(scope)), on: Object.fromEntries(handlers) },
    outcome: () => first,
  };
}

/** Where the run stands before the turn, and the event of the turn. */
interface Moment {
  readonly stack: readonly FlowFrame[];
  readonly event: FlowEvent;
}

function momentOf(row: NodeCase): Moment {
  const { channel = 'wa', on, now: at = CASE_TIME } = row;
  const timeout = (id: string): FlowEvent => ({ id: 'event', at, type: 'timeout', waitId: id });
  if (!on) return { stack: [frameOf(row, 'before', { id: 'w1', for: 'time' })], event: timeout('w1') };
  const waiting = (wait: Wait, event: FlowEvent): Moment => ({ stack: [frameOf(row, 'it', wait)], event });
  if ('message' in on)
    return waiting({ id: 'w1', for: 'message' }, { id: 'event', at, type: 'message', message: caseMessage(on.message, channel) });
  if ('timeout' in on) return waiting({ id: 'w1', for: 'time' }, timeout('w1'));
  if ('receipt' in on)
    return waiting({ id: 'w1', for: 'read', effectId: 'e1' }, { id: 'event', at, type: 'receipt', effectId: 'e1', ...on.receipt });
  if ('result' in on) return waiting(CALL, { id: 'event', at, type: 'callResult', callId: 'c1', ok: true, value: on.result });
  if ('operator' in on) return waiting({ id: 'w1', for: 'operator' }, operatorOf(on.operator, at));
  if ('failed' in on) return failing(row, on.failed);
  const called: FlowFrame = {
    kind: 'flow',
    flow: 'called',
    version: 1,
    nodeId: 'last',
    vars: on.returned,
    memory: {},
    wait: { id: 'w2', for: 'time' },
  };
  return { stack: [frameOf(row, 'it', { id: 'w1', for: 'return' }), called], event: timeout('w2') };
}

/** An operator who gives the talk back. */
function operatorOf({ text }: OperatorAnswer, at: string): FlowEvent {
  return {
    id: 'event',
    at,
    type: 'operator',
    by: 'Ada',
    giveBack: true,
    ...(text === undefined ? {} : { message: { type: 'text', text } }),
  };
}

const CALL: Wait = { id: 'w1', for: 'call', callId: 'c1' };

/** A message that was refused has a kind of failure; a call has none. */
function failing(row: NodeCase, { kind, code, reason, status }: NodeFailure): Moment {
  const at = row.now ?? CASE_TIME;
  if (kind === undefined) {
    const value: Json = { code, reason, ...(status === undefined ? {} : { status }) };
    return { stack: [frameOf(row, 'it', CALL)], event: { id: 'event', at, type: 'callResult', callId: 'c1', ok: false, value } };
  }
  const error = { kind, code, message: reason };
  return {
    stack: [frameOf(row, 'it', { id: 'w1', for: 'sent', effectId: 'e1' })],
    event: { id: 'event', at, type: 'receipt', effectId: 'e1', status: 'failed', error },
  };
}

function frameOf({ vars = {}, memory }: NodeCase, nodeId: string, wait: Wait): FlowFrame {
  return { kind: 'flow', flow: 'case', version: 1, nodeId, vars, memory: memory === undefined ? {} : { it: memory }, wait };
}

function finished(progress: TurnProgress): Extract<TurnProgress, { done: Decision }> {
  let now = progress;
  // A dialog that the node has begun waits for its first message.
  while ('guest' in now) now = now.goOn({ sends: [], then: { waiting: {} } });
  return now;
}

/** A node without a handler for failures is left by `failed`. */
function leftByFailed({ path }: Decision, { on }: NodeCase): NodeOutcome<Json> | undefined {
  const isLeft = path.some(({ node, port }) => node === 'it' && port === 'failed');
  return isLeft && on && 'failed' in on ? { then: { fail: on.failed } } : undefined;
}
