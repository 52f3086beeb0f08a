import { LRUCache } from 'lru-cache';
import type { Connection, mongo } from 'mongoose';
import { type Log, Mailboxes } from '../../contract/host/index.js';
import type { SessionStore } from '../../contract/store/index.js';
import { storedSession } from '../record-view.js';
import { samePerson } from '../same-person.js';
import type { SessionRecord } from '../session-record.js';
import { mongoCensus } from './census.js';
import { claimEffect } from './claim-effect.js';
import { commitTurn } from './commit-turn.js';
import { orAway } from './connection.js';
import { dueWakes, nextDue, postponeWake } from './due-sessions.js';
import { findSessions } from './find-sessions.js';
import { forgetSession } from './forget-session.js';
import { createJournals, type Journals } from './journals.js';
import type { SessionDocument } from './session-document.js';
import { readRecord, type SessionWork } from './session-records.js';
import { settleEffect } from './settle-effect.js';

const MAX_CACHED = 2_000;

export interface MongoSessions extends SessionStore {
  readonly journals: Journals;
  createIndexes(): Promise<void>;
}

export function mongoSessions(
  connection: Connection,
  { log, ...parts }: Pick<SessionWork, 'turns' | 'deliveries'> & { readonly log: Log },
): MongoSessions {
  const sessions = connection.collection('sessions') as never as mongo.Collection<SessionDocument>;
  const journals = createJournals({ sessions, turns: parts.turns, log });
  const cache = new LRUCache<string, SessionRecord>({ max: MAX_CACHED });
  const work: SessionWork = { ...parts, sessions, journals, cache, mailboxes: new Mailboxes() };
  return {
    journals,
    createIndexes: () => createIndexes(work),
    load: (id) =>
      orAway(async () => {
        const record = await readRecord(work, id);
        return record === 'forgotten' ? undefined : record && storedSession(record);
      }),
    commit: (turn) => commitTurn(work, turn),
    dueWakes: (now, limit) => dueWakes(work, now, limit),
    postponeWake: (id, until) => postponeWake(work, id, until),
    claim: (now, from) => claimEffect(work, now, from),
    settle: (now, claim, results) => settleEffect(work, claim, { now, results }),
    nextDue: () => nextDue(work),
    ...findSessions(sessions),
    forget: (id, at) => forgetSession(work, id, at),
    samePerson: (id) => orAway(() => samePerson(id, merges(work))),
    census: mongoCensus(sessions),
  };
}

async function createIndexes({ sessions }: SessionWork): Promise<void> {
  await sessions.createIndex({ wakeAt: 1 }, { sparse: true });
  await sessions.createIndex({ dueAt: 1 }, { sparse: true });
  await sessions.createIndex({ dueChannel: 1, dueLane: 1, dueAt: 1 }, { sparse: true });
  await sessions.createIndex({ positions: 1 });
  await sessions.createIndex({ mergedInto: 1 }, { sparse: true });
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
