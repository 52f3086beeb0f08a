import type { FlowEvent, IsoTime, Sender, SessionState } from '../contract/index.js';

/** The state of a person before the first turn. */
export function newSession(id: string, from: Sender, at: IsoTime): SessionState {
  return {
    id,
    turn: 0,
    effectCount: 0,
    contact: {
      id,
      createdAt: at,
      identities: from.identities,
      ...(from.name === undefined ? {} : { name: from.name }),
      ...(from.language === undefined ? {} : { language: from.language }),
      fields: {},
      groups: [],
      optOut: {},
    },
    channels: {},
    runs: [],
    held: [],
  };
}

/** Who an event is about; absent for events that only make sense for a session that is there. */
export function senderOf(event: FlowEvent): Sender | undefined {
  if (event.type === 'message') return event.message.from;
  if (event.type === 'merge') return { identities: event.contact.identities, address: '' };
  // Whose first message is on its way somewhere: it finds the mark there, and follows it.
  if (event.type === 'merged') return { identities: [], address: '' };
  return 'from' in event ? event.from : undefined;
}
