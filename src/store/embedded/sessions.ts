import type { IsoTime } from '../../contract/index.js';
import type { SessionStore, StoredSession } from '../../contract/store/index.js';
import { createRecordCache } from '../record-cache.js';
import { storedSession } from '../record-view.js';
import { releaseLeases } from '../release-leases.js';
import { samePerson } from '../same-person.js';
import { embeddedCensus } from './census.js';
import { claimEffect, claimMany } from './claim-effect.js';
import { commitTurn } from './commit-turn.js';
import { embeddedContactIndex } from './contact-index.js';
import type { Database } from './database.js';
import { dueWakes, nextWake, postponeWake, queues } from './due-sessions.js';
import { findSessions } from './find-sessions.js';
import { forgetSession } from './forget-session.js';
import { readRecord, type SessionWork, writeRecord } from './session-records.js';
import { prepareSessions } from './session-sql.js';
import { settleEffect } from './settle-effect.js';
import { upgradeRows } from './upgrade-rows.js';

export interface EmbeddedSessions extends SessionStore {
  /** Returns how many records are cached. */
  cached(): number;
  /** Drops the cache. Call it when a group of writes was rolled back: what is cached may never have been written. */
  dropCache(): void;
  /** Releases every lease of an earlier process. Call it within a transaction. */
  releaseAll(now: IsoTime): void;
  /** Gives some sessions of an earlier release the keys of today. Returns true if there may be more. */
  upgrade(): Promise<boolean>;
}

export function embeddedSessions(db: Database, parts: Pick<SessionWork, 'group' | 'turns' | 'deliveries'>): EmbeddedSessions {
  const contactIndex = embeddedContactIndex(db, parts.group);
  const work: SessionWork = { ...parts, contactIndex, sql: prepareSessions(db), cache: createRecordCache() };
  return {
    load: async (id) => load(work, id),
    commit: (turn) => commitTurn(work, turn),
    dueWakes: async (now, limit) => dueWakes(work, now, limit),
    postponeWake: (id, until) => postponeWake(work, id, until),
    claim: (now, from) => claimEffect(work, now, from),
    settle: (now, claim, results) => settleEffect(work, claim, { now, results }),
    claimMany: (now, from) => claimMany(work, now, from),
    queues: async () => queues(work),
    nextWake: async (before) => nextWake(work, before),
    ...findSessions(db, parts.group),
    findContacts: (query) => contactIndex.findContacts(query),
    countGroups: (query) => contactIndex.countGroups(query),
    forget: (id, at) => forgetSession(work, id, at),
    samePerson: (id) => samePerson(id, merges(work)),
    census: embeddedCensus(db, parts.group),
    cached: () => work.cache.size,
    dropCache: () => work.cache.clear(),
    releaseAll: (now) => releaseAll(work, now),
    // One after the other, so that a step stays short.
    upgrade: async () => (await upgradeRows(work)) || contactIndex.upgrade(),
  };
}

function load({ cache, ...work }: SessionWork, id: string): StoredSession | undefined {
  const record = readRecord({ cache, ...work }, id);
  if (!record) return undefined;
  const stored = storedSession(record);
  // The commit compares contacts, and need not read the text again.
  if (!record.parsed) cache.set(id, { ...record, parsed: stored.state });
  return stored;
}

function merges({ sql }: SessionWork): Parameters<typeof samePerson>[1] {
  return {
    async winnerOf(session) {
      const [row] = sql.winner.all(session, session);
      return row && { winner: typeof row['merged_into'] === 'string' ? row['merged_into'] : undefined };
    },
    losersOf: async (session) => sql.losers.all(session, session).map((row) => String(row['id'])),
  };
}

function releaseAll(work: SessionWork, now: IsoTime): void {
  for (const { id } of work.sql.heldOrPutOff.all(now)) {
    const record = readRecord(work, String(id));
    const freed = record && releaseLeases(record, now);
    if (freed && freed !== record) writeRecord(work, record, freed);
  }
}
