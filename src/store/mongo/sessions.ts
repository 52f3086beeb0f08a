import type { Connection, mongo } from 'mongoose';
import { type Log, Mailboxes } from '../../contract/host/index.js';
import type { SessionStore, StoredSession } from '../../contract/store/index.js';
import { createRecordCache } from '../record-cache.js';
import { storedSession } from '../record-view.js';
import { samePerson } from '../same-person.js';
import { mongoCensus } from './census.js';
import { claimEffect, claimMany } from './claim-effect.js';
import { commitTurn } from './commit-turn.js';
import { orAway } from './connection.js';
import { mongoContactIndex } from './contact-index.js';
import { createQueues, dueWakes, nextWake, postponeWake } from './due-sessions.js';
import { findSessions } from './find-sessions.js';
import { forgetSession } from './forget-session.js';
import { insertInBatches, readInBatches } from './in-batches.js';
import { createJournals, type Journals } from './journals.js';
import type { SessionDocument } from './session-document.js';
import { readRecord, type SessionWork } from './session-records.js';
import { settleEffect } from './settle-effect.js';
import { upgradeDocuments } from './upgrade-documents.js';

export interface MongoSessions extends SessionStore {
  readonly journals: Journals;
  /** Returns how many records are cached. */
  cached(): number;
  createIndexes(): Promise<void>;
  /** Waits for what is written after sessions. */
  flushed(): Promise<void>;
  /** Gives some documents of an earlier release the keys of today. Returns true if there may be more. */
  upgrade(): Promise<boolean>;
}

export function mongoSessions(
  connection: Connection,
  { log, ...parts }: Pick<SessionWork, 'turns' | 'deliveries'> & { readonly log: Log },
): MongoSessions {
  const sessions = connection.collection('sessions') as never as mongo.Collection<SessionDocument>;
  const journals = createJournals({ sessions, turns: parts.turns, log });
  const cache = createRecordCache();
  const contactIndex = mongoContactIndex(connection, log);
  const work: SessionWork = {
    ...parts,
    sessions,
    read: readInBatches(sessions, { projection: { journal: 0 } }),
    insert: insertInBatches(sessions),
    journals,
    cache,
    mailboxes: new Mailboxes(),
    contactIndex,
  };
  return {
    journals,
    cached: () => cache.size,
    async createIndexes() {
      await createIndexes(work);
      await contactIndex.createIndexes();
    },
    // One after the other, so that a step stays short.
    upgrade: async () => (await upgradeDocuments(work)) || contactIndex.upgrade(),
    flushed: () => contactIndex.flushed(),
    load: (id) => orAway(() => load(work, id)),
    commit: (turn) => commitTurn(work, turn),
    dueWakes: (now, limit) => dueWakes(work, now, limit),
    postponeWake: (id, until) => postponeWake(work, id, until),
    claim: (now, from) => claimEffect(work, now, from),
    settle: (now, claim, results) => settleEffect(work, claim, { now, results }),
    claimMany: (now, from) => claimMany(work, now, from),
    queues: createQueues(sessions),
    nextWake: (before) => nextWake(work, before),
    ...findSessions(sessions),
    findContacts: (query) => contactIndex.findContacts(query),
    countGroups: (query) => contactIndex.countGroups(query),
    forget: (id, at) => forgetSession(work, id, at),
    samePerson: (id) => orAway(() => samePerson(id, merges(work))),
    census: mongoCensus(sessions),
  };
}

async function createIndexes({ sessions }: SessionWork): Promise<void> {
  // By the last two, `upgrade` finds documents of earlier releases.
  for (const field of ['wakeKey', 'dueKey', 'callKey', 'wakeAt', 'dueAt']) await sessions.createIndex({ [field]: 1 }, { sparse: true });
  await sessions.createIndex({ positions: 1 });
  await sessions.createIndex({ mergedInto: 1 }, { sparse: true });
  await sessions.createIndex({ queue: 1 }, { sparse: true });
}

async function load(work: SessionWork, id: string): Promise<StoredSession | undefined> {
  const record = await readRecord(work, id);
  if (!record || record === 'forgotten') return undefined;
  const stored = storedSession(record);
  // The commit compares contacts, and need not read the text again.
  work.cache.set(id, { ...record, parsed: stored.state });
  return stored;
}

function merges({ sessions }: SessionWork): Parameters<typeof samePerson>[1] {
  return {
    async winnerOf(session) {
      const found = await sessions.findOne({ _id: session }, { projection: { mergedInto: 1 } });
      return found ? { winner: found.mergedInto } : undefined;
    },
    async losersOf(session) {
      const losers = await sessions.find({ mergedInto: session }, { projection: { _id: 1 } }).toArray();
      return losers.map(({ _id }) => _id);
    },
  };
}
