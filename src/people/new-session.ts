import type { FlowEvent, IsoTime, Sender, SessionState } from '../contract/index.js';

/** Returns the state of a session before its first turn. */
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

/** Returns the person that an event is from; undefined for events that cannot begin a session. */
export function senderOf(event: FlowEvent): Sender | undefined {
  if (event.type === 'message') return event.message.from;
  if (event.type === 'merge') return { identities: event.contact.identities, address: '' };
  // A session that has no record yet is marked as merged before its first message, which then follows the mark.
  if (event.type === 'merged') return { identities: [], address: '' };
  return 'from' in event ? event.from : undefined;
}
