import type { mongo } from 'mongoose';
import type { Log } from '../../contract/host/index.js';
import { inOrder } from './connection.js';
import { insertMissing } from './insert-once.js';
import type { JournalEntry } from './journal-entry.js';
import type { SessionDocument } from './session-document.js';
import type { EndedDocument, TurnDocument } from './turn-document.js';

/** Copies turns from the documents of their sessions to the turn log. */
export interface JournalCopier {
  /** Copies entries soon, in one batch with those of other sessions, then removes them from their documents. */
  copy(session: string, entries: readonly JournalEntry[]): void;
  /** Resolves when everything handed to `copy` so far is copied, or has failed. */
  flushed(): Promise<void>;
  /** Returns how many batches could not be copied. Their entries stay in their documents. */
  failures(): number;
}

interface Collections {
  readonly turns: mongo.Collection<TurnDocument>;
  readonly ended: mongo.Collection<EndedDocument>;
  readonly sessions: mongo.Collection<SessionDocument>;
}
interface Waiting {
  readonly session: string;
  readonly entry: JournalEntry;
}

/** A batch is copied when it has so many entries, or after so many milliseconds. */
const MAX_BATCH = 200;
const SOON = 50;

export function createJournalCopier(collections: Collections, log: Log): JournalCopier {
  let waiting: Waiting[] = [];
  let failures = 0;
  let timer: NodeJS.Timeout | undefined;
  let copying: Promise<void> = Promise.resolve();

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const batch = waiting;
    waiting = [];
    if (batch.length > 0)
      copying = copying
        .then(() => copyBatch(collections, batch))
        .catch((error: unknown) => {
          failures += 1;
          log.warn({ error: String(error) }, 'turns could not be copied to the turn log: they stay with their sessions for now');
        });
    return copying;
  }

  return {
    copy(session, entries) {
      for (const entry of entries) waiting.push({ session, entry });
      if (waiting.length >= MAX_BATCH) void flush();
      else timer ??= setTimeout(() => void flush(), SOON).unref();
    },
    flushed: flush,
    failures: () => failures,
  };
}

/** Harmless when done again: a turn's id is its key, and an entry is removed only after it is in the log. */
async function copyBatch(collections: Collections, batch: readonly Waiting[]): Promise<void> {
  const { turns, ended, sessions } = collections;
  await insertMissing(
    turns,
    batch.map(({ session, entry: { ended: _, ...entry } }) => ({ _id: `${session}.${entry.turn}`, session, ...entry })),
  );
  // After the turns that the keys lead to, and before the document forgets them.
  const keys = batch.flatMap(({ session, entry }) => (entry.ended ?? []).map((_id) => ({ _id, session })));
  if (keys.length > 0) await insertMissing(ended, keys);
  // These turns and no others: those between them may be of another host, which may be dead and never copy them.
  const copied = new Map<string, number[]>();
  for (const { session, entry } of batch) copied.set(session, [...(copied.get(session) ?? []), entry.turn]);
  const { matchedCount } = await sessions.bulkWrite(
    inOrder([...copied], ([id]) => id).map(([_id, those]) => ({
      updateOne: { filter: { _id, forgotten: { $exists: false } }, update: { $pull: { journal: { turn: { $in: those } } } } as never },
    })),
    { ordered: false },
  );
  if (matchedCount < copied.size) await removeForgotten(collections, [...copied.keys()]);
}

/**
 * Removes the turns of people who were forgotten while the turns were on their way to the log. Turns that got there before the tombstone
 * are removed by the host that has written it.
 */
async function removeForgotten({ turns, ended, sessions }: Collections, ids: readonly string[]): Promise<void> {
  const gone = await sessions.find({ _id: { $in: [...ids] }, forgotten: { $exists: true } }, { projection: { _id: 1 } }).toArray();
  const those = { session: { $in: gone.map(({ _id }) => _id) } };
  await Promise.all([turns.deleteMany(those), ended.deleteMany(those)]);
}
