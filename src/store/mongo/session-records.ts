import type { LRUCache } from 'lru-cache';
import type { mongo } from 'mongoose';
import type { Mailboxes } from '../../contract/host/index.js';
import type { IsoTime } from '../../contract/index.js';
import { channelOf } from '../record-view.js';
import type { Planned, SessionRecord } from '../session-record.js';
import { untilDecided } from './connection.js';
import type { DeliveryLog } from './deliveries.js';
import { insertOnce } from './insert-once.js';
import type { JournalEntry } from './journal-entry.js';
import type { Journals } from './journals.js';
import { fieldsOf, type Read, recordOf, type SessionDocument } from './session-document.js';
import type { TurnLog } from './turns.js';

/** What the verbs on sessions work with. */
export interface SessionWork {
  readonly sessions: mongo.Collection<SessionDocument>;
  /** Records as this process has last read or written them. Writes are guarded by `rev`, so a stale record costs another round, no more. */
  readonly cache: LRUCache<string, SessionRecord>;
  /** Turns and settlements of one session wait for each other here, instead of racing for `rev`. */
  readonly mailboxes: Mailboxes;
  readonly journals: Journals;
  readonly turns: TurnLog;
  readonly deliveries: DeliveryLog;
}

const WITHOUT_JOURNAL = { projection: { journal: 0 } } as const;

export async function readRecord({ sessions, cache, journals }: SessionWork, id: string): Promise<SessionRecord | 'forgotten' | undefined> {
  const found: Read | null = await sessions.findOne({ _id: id }, WITHOUT_JOURNAL);
  if (!found) return undefined;
  if (found.forgotten !== undefined) {
    cache.delete(id);
    journals.drop(id);
    return 'forgotten';
  }
  const record = recordOf(found);
  cache.set(id, record);
  return record;
}

/** Reads those of several records that exist and are not forgotten. */
export async function readRecords({ sessions, cache }: SessionWork, ids: readonly string[]): Promise<readonly SessionRecord[]> {
  const found: readonly Read[] = await sessions.find({ _id: { $in: [...ids] } }, WITHOUT_JOURNAL).toArray();
  const records = found.filter(({ forgotten }) => forgotten === undefined).map(recordOf);
  for (const record of records) cache.set(record.id, record);
  return records;
}

/** Returns true if somebody else has written the session since this record was cached. */
export async function isStale(work: SessionWork, record: SessionRecord | undefined): Promise<boolean> {
  const stored = record && (await readRecord(work, record.id));
  return stored !== undefined && (stored === 'forgotten' || stored.rev !== record?.rev);
}

/** Changes a session in rounds of read, plan and write, see `untilDecided`; one change of a session at a time in this process. */
export function changeRecord<T>(work: SessionWork, id: string, round: () => Promise<{ readonly value: T } | undefined>): Promise<T> {
  return work.mailboxes.put(id, () => untilDecided(round));
}

/** Writes the rows of the delivery log and the new record of a plan. Returns false if somebody else has written since `before`. */
export async function storePlan(
  work: SessionWork,
  before: SessionRecord | undefined,
  { planned, at, entry }: { readonly planned: Planned; readonly at: IsoTime; readonly entry?: JournalEntry },
): Promise<boolean> {
  const { record, deliveries } = planned;
  // Before the record, because it forgets the sends that these rows are about.
  if (deliveries.length > 0)
    await Promise.all(deliveries.map((row) => work.deliveries.settle(row, { channel: channelOf(before, row.effect), at })));
  return writeRecord(work, before, { record, ...(entry ? { entry } : {}) });
}

/** Answers for a person who was forgotten, after removing what a late round has put into the delivery log. */
export async function answerForgotten<T>({ deliveries }: SessionWork, id: string, answer: T): Promise<{ readonly value: T }> {
  await deliveries.forget(id);
  return { value: answer };
}

/** Returns true if nothing of a session is under way. Parked sends do not count: they may wait for the person for days. */
export function isAtRest({ effects }: SessionRecord): boolean {
  return effects.every(({ parked }) => parked);
}

async function writeRecord(
  { sessions, cache }: SessionWork,
  before: SessionRecord | undefined,
  { record, entry }: { readonly record: SessionRecord; readonly entry?: JournalEntry },
): Promise<boolean> {
  const _id = record.id;
  const { set, unset } = fieldsOf(record);
  if (!before) {
    if (!(await insertOnce(sessions, { _id, ...set, journal: entry ? [entry] : [] }))) return false;
  } else {
    // A settlement or a claim leaves the state as it is, which need not go over the network again.
    if (before.state === record.state) delete set['state'];
    const update = { $set: set, $unset: unset, ...(entry ? { $push: { journal: entry } } : {}) };
    const { matchedCount } = await sessions.updateOne({ _id, rev: before.rev }, update as never);
    if (matchedCount !== 1) {
      cache.delete(_id);
      return false;
    }
  }
  cache.set(_id, record);
  return true;
}
