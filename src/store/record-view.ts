import { randomBytes } from 'node:crypto';
import type { SessionState, StoredSession } from '../contract/index.js';
import type { SessionRecord } from './session-record.js';

/** A record as turns are decided from it. */
export function storedSession(record: SessionRecord): StoredSession {
  return {
    state: JSON.parse(record.state) as SessionState,
    revision: record.revision,
    effects: record.effects,
    hasSeen: (eventId) => record.seen.some((one) => one.id === eventId),
    updatedAt: record.updatedAt,
  };
}

/** The channel on which a send of a record goes out; '' when it is not there. */
export function channelOf(record: SessionRecord | undefined, effectId: string): string {
  const body = record?.effects.find((one) => one.effect.id === effectId)?.effect.body;
  return body?.kind === 'send' ? body.channel : '';
}

/** `welcome@3#ask` as version and node. */
export function readPosition(position: string): { readonly version: number; readonly node: string } {
  const [, version = '0', node = ''] = /^[^@]*@(\d+)#(.*)$/.exec(position) ?? [];
  return { version: Number(version), node };
}

/** Of this process alone; with a count behind it, a token that nobody has had before. */
const prefix = randomBytes(12).toString('base64url');
let made = 0;

/** A lease's token. Chance is asked for once a process: asking the kernel for every lease costs more than the lease. */
export function newToken(): string {
  made += 1;
  return `${prefix}.${made}`;
}
