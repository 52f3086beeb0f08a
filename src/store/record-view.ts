import type { SessionState } from '../contract/index.js';
import type { StoredSession } from '../contract/store/index.js';
import { hasSeen } from './has-seen.js';
import { readState } from './read-stored.js';
import type { SessionRecord } from './session-record.js';

type Guard = (state: SessionState) => SessionState;
let guard: Guard = (state) => state;

/**
 * Sets a function that every state passes on its way out. States are shared with what the store keeps in memory, so nobody may change
 * them: the test suite freezes them here.
 */
export function guardStates(by: Guard): void {
  guard = by;
}

/** Returns a record in the form in which turns are decided. */
export function storedSession(record: SessionRecord): StoredSession {
  return {
    state: guard(record.parsed ?? readState(record.state)),
    revision: record.revision,
    effects: record.effects,
    hasSeen: (eventId) => hasSeen(record.seen, eventId),
    updatedAt: record.updatedAt,
  };
}

/** Returns the channel of a send or a notice of this record; '' if it is not there. */
export function channelOf(record: SessionRecord | undefined, effectId: string): string {
  const body = record?.effects.find((one) => one.effect.id === effectId)?.effect.body;
  return (body?.kind === 'call' ? body.notice?.channel : body?.channel) ?? '';
}
