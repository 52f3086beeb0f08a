import { type DueKeys, dueKeysOf } from '../due-keys.js';
import type { SessionRecord } from '../session-record.js';
import type { JournalEntry } from './journal-entry.js';
import { shardOf } from './shards.js';

/** A session in MongoDB. State and effects are JSON texts, as in the embedded store; fields are what is searched by. */
export interface SessionDocument extends DueKeys {
  readonly _id: string;
  readonly rev: number;
  readonly revision: number;
  readonly state: string;
  readonly rest: string;
  readonly status: 'idle' | 'waiting';
  readonly positions: readonly string[];
  readonly updatedAt: string;
  readonly mergedInto?: string;
  /** The queue of the hand-over by which an operator has the talk. */
  readonly queue?: string;
  readonly journal: readonly JournalEntry[];
  /** Releases before December 2026 wrote these in place of the keys. */
  readonly wakeAt?: string;
  readonly dueAt?: string;
  /** The `rev` of the last write that changed what the contact is found by, until that is in the index of contacts (`contact-index.ts`). */
  readonly unlisted?: number;
  /** When the person was forgotten. The document stays, empty, so that no host can insert the session again. */
  readonly forgotten?: string;
}
type Rest = Pick<SessionRecord, 'seen' | 'oldestRemembered' | 'effects' | 'lease' | 'joined' | 'index'>;
/** A document as it is read for a turn. */
export type Read = Omit<SessionDocument, 'journal'>;

/** Reads a document as a record. Releases before December 2026 wrote `horizon` for `oldestRemembered`. */
export function recordOf({ _id: id, rev, revision, state, rest, updatedAt }: Read): SessionRecord {
  const { horizon, ...kept } = JSON.parse(rest) as Rest & { readonly horizon?: string };
  return { ...kept, oldestRemembered: kept.oldestRemembered ?? horizon ?? '', id, rev, revision, state, updatedAt };
}

/** Returns what stays of a forgotten person: that the id was used, and into which session it was merged. */
export function tombstone({ rev, mergedInto }: Pick<SessionDocument, 'rev' | 'mergedInto'>, at: string): Omit<SessionDocument, '_id'> {
  return {
    rev: rev + 1,
    revision: 0,
    state: '',
    rest: '',
    status: 'idle',
    positions: [],
    updatedAt: at,
    journal: [],
    ...(mergedInto === undefined ? {} : { mergedInto }),
    forgotten: at,
  };
}

const OPTIONAL = ['wakeKey', 'dueKey', 'callKey', 'mergedInto', 'queue'] as const;
/** Fields of earlier releases, removed by every write. */
const OLD = { wakeAt: '', dueAt: '', dueChannel: '', dueLane: '' } as const;

/** Returns a record as the fields of an update. */
export function fieldsOf(record: SessionRecord) {
  const { rev, revision, state, seen, oldestRemembered, effects, lease, joined, index, updatedAt } = record;
  const optional = { ...dueKeysOf(record, shardOf(record.id)), mergedInto: index.mergedInto, queue: index.queue };
  const set: Record<string, unknown> = {
    rev,
    revision,
    state,
    rest: JSON.stringify({ seen, oldestRemembered, effects, lease, joined, index } satisfies { [K in keyof Rest]: Rest[K] | undefined }),
    status: index.status,
    positions: index.positions,
    updatedAt,
  };
  const unset: Record<string, ''> = { ...OLD };
  for (const name of OPTIONAL) {
    if (optional[name] === undefined) unset[name] = '';
    else set[name] = optional[name];
  }
  return { set, unset };
}
