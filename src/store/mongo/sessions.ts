import { LRUCache } from 'lru-cache';
import type { Connection, mongo } from 'mongoose';
import { type Claim, type IsoTime, type Log, Mailboxes, type SessionStore } from '../../contract/index.js';
import { planClaim } from '../plan-claim.js';
import { needsLogLookup, planCommit } from '../plan-commit.js';
import { planSettle } from '../plan-settle.js';
import { channelOf, newToken, storedSession } from '../record-view.js';
import { samePerson } from '../same-person.js';
import { logsOf, type Planned, type SessionRecord } from '../session-record.js';
import { mongoCensus } from './census.js';
import { isTaken, reading, untilDecided } from './connection.js';
import type { DeliveryLog } from './deliveries.js';
import { findSessions } from './find-sessions.js';
import { createJournals, type Journals } from './journals.js';
import { fieldsOf, type Read, recordOf, type SessionDocument, tombstone } from './session-document.js';
import { entryOf, type JournalEntry, type TurnLog } from './turns.js';

/** Records as last written or read here. Writes are guarded by `rev`, so an old one costs a second try and nothing else. */
const REMEMBERED = 2_000;
const CANDIDATES = 30;
const WITHOUT_JOURNAL = { projection: { journal: 0 } } as const;

export function mongoSessions(parts: {
  readonly connection: Connection;
  readonly turns: TurnLog;
  readonly deliveries: DeliveryLog;
  readonly log: Log;
}): SessionStore & { createIndexes(): Promise<void>; readonly journals: Journals } {
  const { turns, deliveries, log } = parts;
  const sessions = parts.connection.collection('sessions') as never as mongo.Collection<SessionDocument>;
  const journals = createJournals({ sessions, turns, log });
  const records = new LRUCache<string, SessionRecord>({ max: REMEMBERED });
  /** Turns and settlements of one person in this process do not race each other. */
  const mailboxes = new Mailboxes();

  async function read(id: string): Promise<SessionRecord | 'forgotten' | undefined> {
    const found: Read | null = await sessions.findOne({ _id: id }, WITHOUT_JOURNAL);
    if (found?.forgotten !== undefined) {
      records.delete(id);
      journals.drop(id);
      return 'forgotten';
    }
    if (!found) return undefined;
    return remember(id, recordOf(found));
  }

  function remember(id: string, record: SessionRecord): SessionRecord {
    records.set(id, record);
    return record;
  }

  /** True when the write was taken: nobody else has written since `before` was read. */
  async function write(id: string, before: SessionRecord | undefined, after: SessionRecord, entry?: JournalEntry): Promise<boolean> {
    const fields = fieldsOf(after);
    if (!before) {
      try {
        await sessions.insertOne({ _id: id, ...fields.set, journal: entry ? [entry] : [] } as never);
      } catch (error) {
        if (isTaken(error)) return false;
        throw error;
      }
    } else {
      const sameState = before.state === after.state;
      const { state, ...others } = fields.set;
      const update = {
        $set: sameState ? others : { state, ...others },
        ...(fields.unset ? { $unset: fields.unset } : {}),
        ...(entry ? { $push: { journal: entry } } : {}),
      };
      const { matchedCount } = await sessions.updateOne({ _id: id, rev: before.rev }, update as never);
      if (matchedCount !== 1) {
        records.delete(id);
        return false;
      }
    }
    remember(id, after);
    return true;
  }

  async function store(
    id: string,
    before: SessionRecord | undefined,
    planned: Planned & { readonly at: IsoTime },
    entry?: JournalEntry,
  ): Promise<boolean> {
    // Before the record: what it forgets must be known elsewhere.
    await Promise.all(planned.deliveries.map((row) => deliveries.settle(row, channelOf(before, row.effect), planned.at)));
    return write(id, before, planned.record, entry);
  }

  return {
    journals,
    async createIndexes() {
      await sessions.createIndex({ wakeAt: 1 }, { sparse: true });
      await sessions.createIndex({ dueAt: 1 }, { sparse: true });
      await sessions.createIndex({ dueChannel: 1, dueLane: 1, dueAt: 1 }, { sparse: true });
      await sessions.createIndex({ positions: 1 });
      await sessions.createIndex({ mergedInto: 1 }, { sparse: true });
    },
    load: (id) =>
      reading(async () => {
        const record = await read(id);
        return record === 'forgotten' ? undefined : record && storedSession(record);
      }),
    commit: (turn) => {
      const entry = entryOf(turn);
      return decide<Awaited<ReturnType<SessionStore['commit']>>>(turn.session, async () => {
        const record = records.get(turn.session) ?? (await read(turn.session));
        if (record === 'forgotten') return { value: await leaveNothing(turn.session, 'forgotten') };
        if (record && needsLogLookup(record, turn) && (await wasTaken(logsOf(record), turn.event))) return { value: 'duplicate' };
        const adopted = turn.adopts === undefined ? undefined : await read(turn.adopts);
        const planned = planCommit(record, turn, newToken, adopted === 'forgotten' ? undefined : adopted);
        if (typeof planned === 'string') {
          // What is remembered may be older than what the caller has read.
          const fresh = record && (await read(turn.session));
          return fresh && (fresh === 'forgotten' || fresh.rev !== record.rev) ? undefined : { value: planned };
        }
        if (!(await store(turn.session, record, { ...planned, at: turn.now }, entry))) return undefined;
        journals.note(turn.session, entry);
        if (isAtRest(planned.record)) journals.copy(turn.session);
        return { value: { revision: planned.record.revision, claims: planned.claims } };
      });
    },
    dueWakes: (now, limit) =>
      reading(async () => {
        const due = await sessions
          .find({ wakeAt: { $lte: now } }, { projection: { _id: 1 } })
          .sort({ wakeAt: 1 })
          .limit(limit)
          .toArray();
        return due.map(({ _id }) => _id);
      }),
    async postponeWake(id, until) {
      await reading(() => sessions.updateOne({ _id: id, wakeAt: { $lt: until } }, { $set: { wakeAt: until } }));
    },
    async claim(now, from) {
      for (const id of await candidates(now, from)) {
        const claim = await decide<Claim | undefined>(id, async () => {
          const record = await read(id);
          if (record === 'forgotten') return { value: undefined };
          const planned = record && planClaim(record, now, from, newToken);
          if (!planned) return { value: undefined };
          return (await store(id, record, { ...planned, at: now })) ? { value: planned.claims[0] } : undefined;
        });
        if (claim) return claim;
      }
      return undefined;
    },
    settle: (now, claim, results) =>
      decide<Claim | 'moved' | undefined>(claim.session, async () => {
        const record = records.get(claim.session) ?? (await read(claim.session));
        if (record === 'forgotten') return { value: await leaveNothing(claim.session, undefined) };
        const planned = record && planSettle(record, now, claim, { results, newToken });
        if (planned === undefined || planned === 'moved') {
          const fresh = record && (await read(claim.session));
          return fresh && (fresh === 'forgotten' || fresh.rev !== record.rev) ? undefined : { value: planned };
        }
        if (!(await store(claim.session, record, { ...planned, at: now }))) return undefined;
        if (isAtRest(planned.record)) journals.copy(claim.session);
        return { value: planned.claims[0] };
      }),
    nextDue: () =>
      reading(async () => {
        const first = async (field: 'wakeAt' | 'dueAt') =>
          (
            await sessions
              .find({ [field]: { $gt: '' } } as mongo.Filter<SessionDocument>, { projection: { [field]: 1 } })
              .sort({ [field]: 1 })
              .limit(1)
              .toArray()
          )[0]?.[field];
        const [wake, effect] = await Promise.all([first('wakeAt'), first('dueAt')]);
        return { ...(wake === undefined ? {} : { wake }), ...(effect === undefined ? {} : { effect }) };
      }),
    ...findSessions(sessions),
    forget: (id, at) =>
      decide<void>(id, async () => {
        const found = await sessions.findOne({ _id: id }, { projection: { rev: 1, mergedInto: 1, forgotten: 1 } });
        records.delete(id);
        journals.drop(id);
        if (!found || found.forgotten !== undefined) return { value: undefined };
        const { matchedCount } = await sessions.replaceOne({ _id: id, rev: found.rev }, tombstone(found, at));
        return matchedCount === 1 ? { value: undefined } : undefined;
      }),
    samePerson: (id) =>
      reading(() =>
        samePerson(id, {
          async winnerOf(one) {
            const found = await sessions.findOne({ _id: one }, { projection: { mergedInto: 1 } });
            return found ? { winner: found.mergedInto } : undefined;
          },
          losersOf: async (one) => (await sessions.find({ mergedInto: one }, { projection: { _id: 1 } }).toArray()).map(({ _id }) => _id),
        }),
      ),
    census: mongoCensus(sessions),
  };

  /** What a write that came too late has put beside the record goes, too. */
  async function leaveNothing<T>(id: string, answer: T): Promise<T> {
    await deliveries.forget(id);
    return answer;
  }

  function decide<T>(session: string, round: () => Promise<{ readonly value: T } | undefined>): Promise<T> {
    return mailboxes.put(session, () => untilDecided(round));
  }

  async function wasTaken(logs: readonly string[], event: string): Promise<boolean> {
    const inRecord = await sessions.findOne({ _id: { $in: [...logs] }, 'journal.event': event } as mongo.Filter<SessionDocument>, {
      projection: { _id: 1 },
    });
    return inRecord !== null || turns.has(logs, event);
  }

  function candidates(now: string, from: Parameters<SessionStore['claim']>[1]): Promise<readonly string[]> {
    if ('session' in from) return Promise.resolve([from.session]);
    const lane = 'any' in from ? {} : { dueChannel: from.channel, dueLane: from.lane };
    return reading(async () => {
      const found = await sessions
        .find({ ...lane, dueAt: { $lte: now } }, { projection: { _id: 1 } })
        .sort({ dueAt: 1 })
        .limit(CANDIDATES)
        .toArray();
      return found.map(({ _id }) => _id);
    });
  }
}

/** Nothing is under way: what is parked waits for the person, perhaps for days, and does not keep the turns in the record. */
function isAtRest({ effects }: SessionRecord): boolean {
  return effects.every(({ parked }) => parked);
}
