import type { Decision, TurnRecord } from '../contract/host/index.js';
import type { Contact, Effect, FlowCode, FlowEvent, Sender, SessionState } from '../contract/index.js';

/** Returns the flows of a turn: those on its path, and those of all runs before and after it. */
export function flowsOf({ path, session }: Decision, before: SessionState, event: FlowEvent): ReadonlySet<FlowCode> {
  const runs = [...before.runs, ...session.runs, ...(event.type === 'merge' ? (event.runs ?? []) : [])];
  const standing = runs.flatMap(({ stack }) => stack.flatMap((frame) => (frame.kind === 'flow' ? [frame.flow] : [])));
  return new Set([
    ...path.map(({ flow }) => flow),
    ...standing,
    ...(event.type === 'start' ? [event.flow] : []),
    ...handingOver(before, session),
  ]);
}

/** An operator may have the talk although the run that handed over has ended. */
function handingOver(...states: readonly SessionState[]): readonly FlowCode[] {
  return states.flatMap(({ handOver }) => (handOver ? [handOver.flow] : []));
}

/** Removes from the record of a turn what people and flows wrote. Ids, the path, the reasons and the effects' types stay. */
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
      return { ...event, message: { id, channel, platform, from: senderWithoutWords(from), type, text: '', sentAt } };
    }
    case 'start': {
      const { warnings: _, ...rest } = event;
      return { ...rest, from: senderWithoutWords(event.from), data: {} };
    }
    case 'linked':
    case 'identities':
      return { ...event, from: senderWithoutWords(event.from) };
    case 'callResult':
      return { ...event, value: null };
    case 'command':
      return { ...event, args: null };
    case 'subscription': {
      const { context: _, ...rest } = event;
      return { ...rest, from: senderWithoutWords(event.from) };
    }
    case 'operator': {
      const { message: _, ...rest } = event;
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

/** Keeps where a person is reached, and not the name that they have given. */
function senderWithoutWords({ identities, address }: Sender): Sender {
  return { identities, address };
}

/** Keeps only the type of a message, and the service of a call. */
function effectWithoutWords(effect: Effect): Effect {
  const { body } = effect;
  if (body.kind === 'typing') return effect;
  if (body.kind === 'call') return { ...effect, body: { ...body, input: null } };
  const { before: _, ...rest } = body;
  // Not a valid message, but nothing sends or shows it: readers of a record check `unlogged` first.
  return { ...effect, body: { ...rest, message: { type: body.message.type } as typeof body.message } };
}

function stateWithoutWords({ contact, ...state }: SessionState): SessionState {
  const { handOver: _, laterHandOvers: __, ...rest } = state;
  return { ...rest, contact: contactWithoutWords(contact), runs: [], held: [] };
}

function contactWithoutWords({ id, createdAt, identities }: Contact): Contact {
  return { id, createdAt, identities, fields: {}, groups: [], optOut: {} };
}
