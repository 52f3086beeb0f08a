import type { Decision, TurnRecord } from '../contract/host/index.js';
import type { Contact, Effect, FlowCode, FlowEvent, SessionState } from '../contract/index.js';

/** The flows that a turn has to do with: those it went through, and all that stood before it or stand after it. */
export function flowsOf({ path, session }: Decision, before: SessionState, event: FlowEvent): ReadonlySet<FlowCode> {
  const runs = [...before.runs, ...session.runs, ...(event.type === 'merge' ? (event.runs ?? []) : [])];
  const standing = runs.flatMap(({ stack }) => stack.flatMap((frame) => (frame.kind === 'flow' ? [frame.flow] : [])));
  return new Set([...path.map(({ flow }) => flow), ...standing, ...(event.type === 'start' ? [event.flow] : [])]);
}

/** The record of a turn without what people and flows wrote: ids, the path, the reasons and what became of each message stay. */
export function withoutWords(record: TurnRecord): TurnRecord {
  const { event, effects, warnings, before, results, ...rest } = record;
  return {
    ...rest,
    unlogged: true,
    event: eventWithoutWords(event),
    effects: effects.map(effectWithoutWords),
    warnings: warnings.map((warning) => ({ ...warning, detail: '' })),
    matches: [],
    ...(results ? { results: results.map((result) => ({ ...result, variables: {} })) } : {}),
    ...(before ? { before: stateWithoutWords(before) } : {}),
  };
}

function eventWithoutWords(event: FlowEvent): FlowEvent {
  switch (event.type) {
    case 'message': {
      const { id, channel, platform, from, type, sentAt } = event.message;
      const { identities, address } = from;
      return { ...event, message: { id, channel, platform, from: { identities, address }, type, text: '', sentAt } };
    }
    case 'start':
      return { ...event, data: {} };
    case 'callResult':
      return { ...event, value: null };
    case 'command':
      return { ...event, args: null };
    case 'subscription': {
      const { context: _, ...rest } = event;
      return rest;
    }
    case 'operator': {
      const { text: _, ...rest } = event;
      return rest;
    }
    case 'merge': {
      const { id, at, type, loser, channels, contact, runs } = event;
      return { id, at, type, loser, channels, contact: contactWithoutWords(contact), ...(runs ? { runs: [] } : {}) };
    }
    default:
      return event;
  }
}

/** Of a message its type is left, of a call the service. */
function effectWithoutWords(effect: Effect): Effect {
  const { body } = effect;
  if (body.kind === 'call') return { ...effect, body: { ...body, input: null } };
  const { before: _, ...rest } = body;
  // Nobody sends or shows it: what reads a record looks at `unlogged` first.
  return { ...effect, body: { ...rest, message: { type: body.message.type } as typeof body.message } };
}

function stateWithoutWords({ contact, ...state }: SessionState): SessionState {
  return { ...state, contact: contactWithoutWords(contact), runs: [], held: [] };
}

function contactWithoutWords({ id, createdAt, identities }: Contact): Contact {
  return { id, createdAt, identities, fields: {}, groups: [], optOut: {} };
}
