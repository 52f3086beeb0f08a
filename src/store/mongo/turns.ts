import type { Connection, mongo } from 'mongoose';
import type { Log, TurnCommit, TurnRecord, TurnStore } from '../../contract/index.js';
import { cutOf } from '../cut-of.js';
import { endedKeys, keysBetween, resultsOf, turnOfKey } from '../result-key.js';
import { areTaken, reading } from './connection.js';
import type { SessionDocument } from './session-document.js';

interface TurnDocument {
  readonly _id: string;
  readonly session: string;
  readonly turn: number;
  readonly event: string;
  readonly record: string;
  readonly cut?: number;
  readonly cutAt?: string;
}
/** A turn as it sits in its session's record until it is in the log. */
export interface JournalEntry {
  readonly turn: number;
  readonly event: string;
  readonly record: string;
  /** Once it is older, turns below this number may go. */
  readonly cut?: number;
  readonly cutAt?: string;
  /** Of the runs that ended in it: where their results are looked for. */
  readonly ended?: readonly string[];
}

export interface TurnLog {
  /** Under the id of any of these sessions. */
  has(sessions: readonly string[], event: string): Promise<boolean>;
  /** Copies journal entries to the log soon, together with those of other sessions, and takes them out of their records. */
  copy(session: string, entries: readonly JournalEntry[]): void;
  /** Resolves when all that was to be copied is, or has failed. */
  flushed(): Promise<void>;
  /** How many batches could not be copied, and stay in their records. */
  failures(): number;
}

const BATCH = 200;
const SOON = 50;

/** Copying is idempotent: a turn's id is its key, and a record is cleared only of what the log has. */
export function mongoTurns(connection: Connection, log: Log): TurnStore & TurnLog & { createIndexes(): Promise<void> } {
  const turns = connection.collection('turns') as never as mongo.Collection<TurnDocument>;
  const ended = connection.collection('ended') as never as mongo.Collection<{ readonly _id: string; readonly session: string }>;
  const sessions = connection.collection('sessions') as never as mongo.Collection<SessionDocument>;
  let waiting: { readonly session: string; readonly entry: JournalEntry }[] = [];
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
        .then(() => copyBatch(batch))
        .catch((error: unknown) => {
          failures += 1;
          log.warn({ error: String(error) }, 'turns stay in their records for now');
        });
    return copying;
  }

  async function copyBatch(batch: typeof waiting): Promise<void> {
    const documents = batch.map(({ session, entry: { ended: _, ...entry } }) => ({ _id: `${session}.${entry.turn}`, session, ...entry }));
    await turns.insertMany(documents, { ordered: false }).catch(unlessTaken);
    // After the turns that they lead to, and before the record forgets them.
    const keys = batch.flatMap(({ session, entry }) => (entry.ended ?? []).map((_id) => ({ _id, session })));
    if (keys.length > 0) await ended.insertMany(keys, { ordered: false }).catch(unlessTaken);
    // These and no others: turns between them may be another host's, which has not copied them and never will if it is dead.
    const copied = new Map<string, number[]>();
    for (const { session, entry } of batch) copied.set(session, [...(copied.get(session) ?? []), entry.turn]);
    const { matchedCount } = await sessions.bulkWrite(
      [...copied].map(([_id, those]) => ({
        updateOne: { filter: { _id, forgotten: { $exists: false } }, update: { $pull: { journal: { turn: { $in: those } } } } as never },
      })),
      { ordered: false },
    );
    if (matchedCount < copied.size) await takeBack([...copied.keys()]);
  }

  /** Whoever was forgotten while turns were on their way: before the mark they are deleted by who has set it, after it here. */
  async function takeBack(ids: readonly string[]): Promise<void> {
    const gone = await sessions.find({ _id: { $in: [...ids] }, forgotten: { $exists: true } }, { projection: { _id: 1 } }).toArray();
    const those = { session: { $in: gone.map(({ _id }) => _id) } };
    await Promise.all([turns.deleteMany(those), ended.deleteMany(those)]);
  }

  return {
    async createIndexes() {
      await turns.createIndex({ session: 1, turn: 1 });
      await turns.createIndex({ session: 1, event: 1 });
      await ended.createIndex({ session: 1 });
    },
    has: (sessions, event) =>
      reading(async () => (await turns.findOne({ session: { $in: [...sessions] }, event }, { projection: { _id: 1 } })) !== null),
    copy(session, entries) {
      for (const entry of entries) waiting.push({ session, entry });
      if (waiting.length >= BATCH) void flush();
      else if (timer === undefined) {
        timer = setTimeout(() => void flush(), SOON);
        timer.unref();
      }
    },
    async flushed() {
      await flush();
    },
    failures: () => failures,
    forget: (session) =>
      reading(async () => {
        await flush();
        await Promise.all([turns.deleteMany({ session }), ended.deleteMany({ session })]);
      }),
    results: (query) =>
      reading(async () => {
        const [from, below] = keysBetween(query);
        const keys = await ended
          .find({ _id: { $gte: from, $lt: below } })
          .sort({ _id: 1 })
          .limit(query.limit)
          .toArray();
        const ids = keys.map(({ _id }) => turnOfKey(_id)).map(({ session, turn }) => `${session}.${turn}`);
        const found = new Map((await turns.find({ _id: { $in: ids } }).toArray()).map((one) => [one._id, one]));
        return keys.flatMap(({ _id }, i) => {
          const record = found.get(ids[i] ?? '')?.record;
          return record === undefined ? [] : resultsOf(_id, JSON.parse(record) as TurnRecord, query);
        });
      }),
    byEvent: (session, event) =>
      reading(async () => {
        const record = await sessions.findOne({ _id: session }, { projection: { journal: 1 } });
        const found = record?.journal.find((one) => one.event === event) ?? (await turns.findOne({ session, event }));
        return found ? (JSON.parse(found.record) as TurnRecord) : undefined;
      }),
    list: (session, { after = 0, limit }) =>
      reading(async () => {
        // The record first: what is copied in between is then in the log.
        const record = await sessions.findOne({ _id: session }, { projection: { journal: 1 } });
        const logged = await turns
          .find({ session, turn: { $gt: after } })
          .sort({ turn: 1 })
          .limit(limit)
          .toArray();
        const byTurn = new Map<number, string>(logged.map(({ turn, record: text }) => [turn, text]));
        for (const { turn, record: text } of record?.journal ?? []) if (turn > after) byTurn.set(turn, text);
        const ordered = [...byTurn].sort(([a], [b]) => a - b).slice(0, limit);
        return ordered.map(([, text]) => JSON.parse(text) as TurnRecord);
      }),
  };
}

function unlessTaken(error: unknown): void {
  if (!areTaken(error)) throw error;
}

/** A turn as its record keeps it until it is in the log. */
export function entryOf(turn: TurnCommit): JournalEntry {
  const { journal } = turn;
  const cut = cutOf(turn);
  const mark = cut === undefined ? {} : { cut, cutAt: journal.at };
  const ended = endedKeys(turn.session, journal);
  return { turn: journal.turn, event: journal.event.id, record: JSON.stringify(journal), ...mark, ...(ended.length > 0 ? { ended } : {}) };
}
