import { randomBytes } from 'node:crypto';
import type { FlowCode, SessionState, SessionStore, StoredSession } from '../contract/index.js';
import type { SessionRecord } from './record-shape.js';
import { hasSeen } from './seen-events.js';

type Guard = (state: SessionState) => SessionState;
let guard: Guard = (state) => state;

/**
 * Sets what every state that is given out passes through. The test suite freezes them: they are shared with what the store remembers, so
 * that nobody may change them.
 */
export function guardStates(by: Guard): void {
  guard = by;
}

/** A record as turns are decided from it. */
export function storedSession(record: SessionRecord): StoredSession {
  return {
    state: guard(record.parsed ?? (JSON.parse(record.state) as SessionState)),
    revision: record.revision,
    effects: record.effects,
    hasSeen: (eventId) => hasSeen(record.seen, eventId),
    updatedAt: record.updatedAt,
  };
}

/** The channel on which a send of a record goes out; '' when it is not there. */
export function channelOf(record: SessionRecord | undefined, effectId: string): string {
  const body = record?.effects.find((one) => one.effect.id === effectId)?.effect.body;
  return body?.kind === 'send' ? body.channel : '';
}

/** A position, and how many sessions stand there. */
export type Counted = readonly [position: string, waiting: number];

/** The positions `welcome@3#ask` of one flow, sorted, each with its version and node. */
export function positionsIn(flow: FlowCode, counted: Iterable<Counted>): Awaited<ReturnType<SessionStore['positions']>> {
  const sorted = [...counted].filter(([position]) => position.startsWith(`${flow}@`)).sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted.map(([position, waiting]) => {
    const { version, node } = readPosition(position);
    return { version, node, waiting };
  });
}

/** The sum for each version of each flow, sorted by flow and version. */
export function waitingIn(counted: Iterable<Counted>): Awaited<ReturnType<SessionStore['waiting']>> {
  const sums = new Map<string, { flow: FlowCode; version: number; waiting: number }>();
  for (const [position, waiting] of counted) {
    const { flow, version } = readPosition(position);
    const sum = sums.get(`${flow}@${version}`) ?? { flow, version, waiting: 0 };
    sums.set(`${flow}@${version}`, { ...sum, waiting: sum.waiting + waiting });
  }
  return [...sums.values()].sort((a, b) => (a.flow === b.flow ? a.version - b.version : a.flow < b.flow ? -1 : 1));
}

function readPosition(position: string): { readonly flow: FlowCode; readonly version: number; readonly node: string } {
  const [, flow = '', version = '0', node = ''] = /^([^@]*)@(\d+)#(.*)$/.exec(position) ?? [];
  return { flow, version: Number(version), node };
}

/** Of this process alone; with a count behind it, a token that nobody has had before. */
const prefix = randomBytes(12).toString('base64url');
let made = 0;

/** A lease's token. Chance is asked for once a process: asking the kernel for every lease costs more than the lease. */
export function newToken(): string {
  made += 1;
  return `${prefix}.${made}`;
}
