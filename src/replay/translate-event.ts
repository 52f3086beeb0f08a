import type { PathStep } from '../contract/host/index.js';
import type { FlowEvent, SessionState, Wait } from '../contract/index.js';

/** A recorded event on another version, or why it is left out there. */
export type Translated = { readonly event: FlowEvent } | { readonly leftOut: string };

export interface Translator {
  event(event: FlowEvent, was: SessionState, is: SessionState): Translated;
  /** To be called with the paths of every turn on both versions, to count visits of nodes. */
  note(was: readonly PathStep[], is: readonly PathStep[]): void;
}

interface Standing {
  readonly flow: string;
  readonly node: string;
  readonly wait: Wait;
}

/**
 * Timeouts, results and receipts name a wait or an effect by an id, which is another one on another version. They are given to the wait of
 * the same node at the same visit; if there is none, they are left out.
 */
export function createTranslator(): Translator {
  const visits = { was: new Map<string, number>(), is: new Map<string, number>() };
  return {
    event(event, was, is) {
      const wanted = waitOf(event);
      if (!wanted) return { event };
      const stood = standing(was).find(({ wait }) => wanted(wait));
      // Nothing waited for it then, so it stays as it is.
      if (!stood) return { event };
      const visit = visits.was.get(place(stood)) ?? 0;
      const found = standing(is).find((one) => place(one) === place(stood) && one.wait.for === stood.wait.for);
      if (found && (visits.is.get(place(found)) ?? 0) === visit) return { event: onto(event, found.wait) };
      return { leftOut: `nothing waits at "${stood.node}" (visit ${visit}) for this ${event.type}` };
    },
    note(was, is) {
      count(visits.was, was);
      count(visits.is, is);
    },
  };
}

/** Counts a visit of each node at which a run has stopped. */
function count(visits: Map<string, number>, path: readonly PathStep[]): void {
  for (const { flow, node, port } of path) {
    const at = `${flow}#${node}`;
    if (port === undefined) visits.set(at, (visits.get(at) ?? 0) + 1);
  }
}

function waitOf(event: FlowEvent): ((wait: Wait) => boolean) | undefined {
  switch (event.type) {
    case 'timeout':
      return (wait) => wait.id === event.waitId;
    case 'callResult':
      return (wait) => 'callId' in wait && wait.callId === event.callId;
    case 'receipt':
      return (wait) => 'effectId' in wait && wait.effectId === event.effectId;
    default:
      return undefined;
  }
}

function onto(event: FlowEvent, wait: Wait): FlowEvent {
  if (event.type === 'timeout') return { ...event, waitId: wait.id };
  if (event.type === 'callResult' && 'callId' in wait) return { ...event, callId: wait.callId };
  if (event.type === 'receipt' && 'effectId' in wait) return { ...event, effectId: wait.effectId };
  return event;
}

function standing({ runs }: SessionState): readonly Standing[] {
  return runs.flatMap(({ stack }) =>
    stack.flatMap((frame) => (frame.kind === 'flow' && frame.wait ? [{ flow: frame.flow, node: frame.nodeId, wait: frame.wait }] : [])),
  );
}

function place({ flow, node }: Standing): string {
  return `${flow}#${node}`;
}
