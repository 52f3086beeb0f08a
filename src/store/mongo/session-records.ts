import type { mongo } from 'mongoose';
import type { Mailboxes } from '../../contract/host/index.js';
import type { IsoTime } from '../../contract/index.js';
import { type EntryChange, entryChange } from '../contact-entry.js';
import type { RecordCache } from '../record-cache.js';
import { channelOf } from '../record-view.js';
import type { Planned, SessionRecord } from '../session-record.js';
import { untilDecided } from './connection.js';
import type { MongoContactIndex } from './contact-index.js';
import type { DeliveryLog } from './deliveries.js';
import type { JournalEntry } from './journal-entry.js';
import type { Journals } from './journals.js';
import { fieldsOf, type Read, recordOf, type SessionDocument } from './session-document.js';
import type { TurnLog } from './turns.js';

/** What the verbs on sessions work with. */
export interface SessionWork {
  readonly sessions: mongo.Collection<SessionDocument>;
  /** Reads a document without its journal, in batches. */
  readonly read: (id: string) => Promise<Read | undefined>;
  /** Inserts a document unless there is one, in batches. */
  readonly insert: (document: SessionDocument) => Promise<boolean>;
  /** Records as this process has last read or written them. Writes are guarded by `rev`, so a stale record costs another round, no more. */
  readonly cache: RecordCache;
  /** Turns and settlements of one session wait for each other here, instead of racing for `rev`. */
  readonly mailboxes: Mailboxes;
  readonly journals: Journals;
  readonly turns: TurnLog;
  readonly deliveries: DeliveryLog;
  readonly contactIndex: MongoContactIndex;
}

export async function readRecord({ read, cache, journals }: SessionWork, id: string): Promise<SessionRecord | 'forgotten' | undefined> {
  const found = await read(id);
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

async function writeRecord(work: SessionWork, before: SessionRecord | undefined, after: Write): Promise<boolean> {
  const { record, entry } = after;
  const change = entryChange(before, record);
  if (!(await (before ? updateDocument(work, before, { ...after, change }) : insertDocument(work, record, entry)))) return false;
  work.cache.set(record.id, record);
  if (change) work.contactIndex.list({ id: record.id, rev: record.rev, entry: change.to });
  return true;
}

function insertDocument({ insert }: SessionWork, record: SessionRecord, entry: JournalEntry | undefined): Promise<boolean> {
  const { id, rev } = record;
  return insert({ _id: id, ...fieldsOf(record).set, unlisted: rev, journal: entry ? [entry] : [] } as never);
}

async function updateDocument({ sessions, cache }: SessionWork, before: SessionRecord, after: Write): Promise<boolean> {
  const { filter, update } = guardedUpdate(before, after);
  const { matchedCount } = await sessions.updateOne(filter, update as never);
  if (matchedCount !== 1) cache.delete(before.id);
  return matchedCount === 1;
}

interface Write {
  readonly record: SessionRecord;
  readonly entry?: JournalEntry;
  /** How the write changes what the contact is found by. */
  readonly change?: EntryChange | undefined;
}

/** Returns the update from one record to the next, which changes nothing if somebody else has written since `before`. */
export function guardedUpdate(before: SessionRecord, { record, entry, change }: Write) {
  const { set, unset } = fieldsOf(record);
  // A settlement or a claim leaves the state as it is, which need not go over the network again.
  if (before.state === record.state) delete set['state'];
  if (change) set['unlisted'] = record.rev;
  return {
    filter: { _id: record.id, rev: before.rev },
    update: { $set: set, $unset: unset, ...(entry ? { $push: { journal: entry } } : {}) },
  };
}
