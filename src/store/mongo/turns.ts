import type { Connection, mongo } from 'mongoose';
import type { Log, TurnRecord } from '../../contract/host/index.js';
import type { ResultQuery, StoredResult, TurnStore } from '../../contract/store/index.js';
import { readTurn } from '../read-stored.js';
import { keysBetween, resultsOf, turnOfKey } from '../result-key.js';
import { orAway } from './connection.js';
import { createJournalCopier, type JournalCopier } from './copy-journals.js';
import type { SessionDocument } from './session-document.js';
import type { EndedDocument, TurnDocument } from './turn-document.js';

export interface TurnLog extends JournalCopier {
  /** Returns true if an event is logged under the id of any of these sessions. */
  has(sessions: readonly string[], event: string): Promise<boolean>;
}

interface Work extends JournalCopier {
  readonly turns: mongo.Collection<TurnDocument>;
  readonly ended: mongo.Collection<EndedDocument>;
  readonly sessions: mongo.Collection<SessionDocument>;
}

/** The turn log. A turn is written with its session, in the session's document, and is copied to the log later. */
export function mongoTurns(connection: Connection, log: Log): TurnStore & TurnLog & { createIndexes(): Promise<void> } {
  const collections = {
    turns: connection.collection('turns') as never as Work['turns'],
    ended: connection.collection('ended') as never as Work['ended'],
    sessions: connection.collection('sessions') as never as Work['sessions'],
  };
  const copier = createJournalCopier(collections, log);
  const work: Work = { ...collections, ...copier };
  return {
    ...copier,
    createIndexes: () => createIndexes(work),
    has: (sessions, event) => orAway(() => hasEvent(work, sessions, event)),
    byEvent: (session, event) => orAway(() => findByEvent(work, session, event)),
    list: (session, query) => orAway(() => listTurns(work, session, query)),
    results: (query) => orAway(() => findResults(work, query)),
    forget: (session) => orAway(() => forgetTurns(work, session)),
  };
}

async function createIndexes({ turns, ended }: Work): Promise<void> {
  await turns.createIndex({ session: 1, turn: 1 });
  await turns.createIndex({ session: 1, event: 1 });
  await ended.createIndex({ session: 1 });
}

async function hasEvent({ turns }: Work, sessions: readonly string[], event: string): Promise<boolean> {
  return (await turns.findOne({ session: { $in: [...sessions] }, event }, { projection: { _id: 1 } })) !== null;
}

async function findByEvent({ turns, sessions }: Work, session: string, event: string): Promise<TurnRecord | undefined> {
  const document = await sessions.findOne({ _id: session }, { projection: { journal: 1 } });
  const found = document?.journal.find((one) => one.event === event) ?? (await turns.findOne({ session, event }));
  return found ? readTurn(found.record) : undefined;
}

async function listTurns(
  { turns, sessions }: Work,
  session: string,
  { after = 0, limit }: { readonly after?: number; readonly limit: number },
): Promise<readonly TurnRecord[]> {
  // The document first: a turn that is copied in between is then found in the log.
  const document = await sessions.findOne({ _id: session }, { projection: { journal: 1 } });
  const logged = await turns
    .find({ session, turn: { $gt: after } })
    .sort({ turn: 1 })
    .limit(limit)
    .toArray();
  const byNumber = new Map(logged.map(({ turn, record }) => [turn, record]));
  for (const { turn, record } of document?.journal ?? []) if (turn > after) byNumber.set(turn, record);
  const ordered = [...byNumber].sort(([a], [b]) => a - b).slice(0, limit);
  return ordered.map(([, record]) => readTurn(record));
}

async function findResults({ turns, ended }: Work, query: ResultQuery): Promise<readonly StoredResult[]> {
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
    return record === undefined ? [] : resultsOf(_id, readTurn(record), query);
  });
}

async function forgetTurns({ turns, ended, flushed }: Work, session: string): Promise<void> {
  await flushed();
  await Promise.all([turns.deleteMany({ session }), ended.deleteMany({ session })]);
}
