import type { SessionState, StoredSession } from '../contract/index.js';
import type { SessionRecord } from './session-record.js';

/** Returns a record in the form in which turns are decided. */
export function storedSession(record: SessionRecord): StoredSession {
  return {
    state: JSON.parse(record.state) as SessionState,
    revision: record.revision,
    effects: record.effects,
    hasSeen: (eventId) => record.seen.some((one) => one.id === eventId),
    updatedAt: record.updatedAt,
  };
}

/** Returns the channel of a send of this record; '' if it is not there. */
export function channelOf(record: SessionRecord | undefined, effectId: string): string {
  const body = record?.effects.find((one) => one.effect.id === effectId)?.effect.body;
  return body?.kind === 'send' ? body.channel : '';
}
