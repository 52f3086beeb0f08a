import { LRUCache } from 'lru-cache';
import type { Claim, ClaimFrom, IsoTime, SessionStore, TurnCommit } from '../../contract/index.js';
import { cutOf } from '../cut-of.js';
import { dueOf } from '../due-of.js';
import { planClaim } from '../plan-claim.js';
import { needsLogLookup, planCommit } from '../plan-commit.js';
import { planSettle } from '../plan-settle.js';
import { channelOf, newToken, storedSession } from '../record-view.js';
import { releaseLeases } from '../release-leases.js';
import { samePerson } from '../same-person.js';
import { logsOf, type Planned, type SessionRecord } from '../session-record.js';
import { embeddedCensus } from './census.js';
import type { Database, Row } from './database.js';
import type { DeliveryLog } from './deliveries.js';
import { findSessions } from './find-sessions.js';
import type { GroupCommit } from './group-commit.js';
import type { TurnLog } from './turns.js';

/** Records that are read and written again soon; the file has but one owner, so what is remembered is what is stored. */
const REMEMBERED = 2_000;

type Rest = Pick<SessionRecord, 'effects' | 'lease' | 'joined' | 'index'>;

/** Ids that were seen before this process read the record are in the turn log, which is asked for every event older than this. */
const ALL_IN_LOG = '9999-12-31T23:59:59.999Z';

export interface SessionParts {
  readonly db: Database;
  readonly group: GroupCommit;
  readonly turns: TurnLog;
  readonly deliveries: DeliveryLog;
}
export interface EmbeddedSessions extends SessionStore {
  /** After a group that was lost: what is remembered may never have been written. */
  undo(): void;
  /** What an earlier process held comes free. */
  releaseAll(now: IsoTime): void;
}

export function embeddedSessions({ db, group, turns, deliveries }: SessionParts): EmbeddedSessions {
  const records = new LRUCache<string, SessionRecord>({ max: REMEMBERED });
  const select = db.prepare('SELECT rev, revision, state, rest, updated_at FROM sessions WHERE id = ?');
  const insert = db.prepare(
    'INSERT INTO sessions (rev, revision, state, rest, wake_at, due_at, due_channel, due_lane, status, positions, merged_into, updated_at, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const update = db.prepare(
    'UPDATE sessions SET rev = ?, revision = ?, state = ?, rest = ?, wake_at = ?, due_at = ?, due_channel = ?, due_lane = ?, status = ?, positions = ?, merged_into = ?, updated_at = ? WHERE id = ? AND rev = ?',
  );
  // A settle leaves state, turn and waits as they are.
  const touch = db.prepare('UPDATE sessions SET rev = ?, rest = ?, due_at = ?, due_channel = ?, due_lane = ? WHERE id = ? AND rev = ?');
  const postpone = db.prepare('UPDATE sessions SET wake_at = ? WHERE id = ? AND wake_at < ?');
  const wakes = db.prepare('SELECT id FROM sessions WHERE wake_at <= ? ORDER BY wake_at LIMIT ?');
  const due = db.prepare('SELECT id FROM sessions WHERE due_at <= ? ORDER BY due_at LIMIT 50');
  const dueLane = db.prepare('SELECT id FROM sessions WHERE due_at <= ? AND due_channel = ? AND due_lane = ? ORDER BY due_at LIMIT 50');
  const nextWake = db.prepare('SELECT min(wake_at) AS at FROM sessions WHERE wake_at IS NOT NULL');
  const nextEffect = db.prepare('SELECT min(due_at) AS at FROM sessions WHERE due_at IS NOT NULL');
  const isForgotten = db.prepare('SELECT 1 FROM forgotten WHERE id = ?');
  const noteForgotten = db.prepare(
    'INSERT OR IGNORE INTO forgotten (id, merged_into, at) SELECT id, merged_into, ? FROM sessions WHERE id = ?',
  );
  const remove = db.prepare('DELETE FROM sessions WHERE id = ?');
  const winner = db.prepare('SELECT merged_into FROM sessions WHERE id = ? UNION ALL SELECT merged_into FROM forgotten WHERE id = ?');
  const losers = db.prepare('SELECT id FROM sessions WHERE merged_into = ? UNION SELECT id FROM forgotten WHERE merged_into = ?');

  function read(id: string): SessionRecord | undefined {
    const known = records.get(id);
    if (known) return known;
    const row = select.all(id)[0];
    return row && remember(id, recordOf(id, row));
  }

  function remember(id: string, record: SessionRecord): SessionRecord {
    records.set(id, record);
    return record;
  }

  /** Inside a transaction: what is remembered changes with what is written, or is forgotten with it. */
  function change<T>(id: string, work: (record: SessionRecord | undefined) => T): Promise<T> {
    return group.write(() => {
      try {
        return work(read(id));
      } catch (error) {
        records.delete(id);
        throw error;
      }
    });
  }

  function write(id: string, before: SessionRecord | undefined, after: SessionRecord): void {
    const next = dueOf(after);
    const dueColumns = [next.dueAt ?? null, next.channel ?? null, next.lane ?? null] as const;
    const rest = restOf(after);
    let changed: number;
    if (before && before.state === after.state && before.revision === after.revision) {
      changed = touch.run(after.rev, rest, ...dueColumns, id, before.rev);
    } else {
      const { wakeAt = null, status, positions, mergedInto = null } = after.index;
      const columns = [
        after.rev,
        after.revision,
        after.state,
        rest,
        wakeAt,
        ...dueColumns,
        status,
        positionText(positions),
        mergedInto,
        after.updatedAt,
        id,
      ] as const;
      changed = before ? update.run(...columns, before.rev) : insert.run(...columns);
    }
    if (changed !== 1) throw new Error(`the session ${id} was changed by somebody else`);
    remember(id, after);
  }

  function store(id: string, before: SessionRecord | undefined, planned: Planned, at: IsoTime): void {
    write(id, before, planned.record);
    for (const row of planned.deliveries) deliveries.settle(row, channelOf(before, row.effect), at);
  }

  return {
    async load(id) {
      const record = read(id);
      return record && storedSession(record);
    },
    commit: (turn: TurnCommit) =>
      change(turn.session, (record) => {
        if (!record && isForgotten.all(turn.session).length > 0) return 'forgotten';
        if (record && needsLogLookup(record, turn) && turns.has(logsOf(record), turn.event)) return 'duplicate';
        const planned = planCommit(record, turn, newToken, turn.adopts === undefined ? undefined : read(turn.adopts));
        if (typeof planned === 'string') return planned;
        store(turn.session, record, planned, turn.now);
        turns.add(turn.session, turn.journal, cutOf(turn));
        return { revision: planned.record.revision, claims: planned.claims };
      }),
    async dueWakes(now, limit) {
      return wakes.all(now, limit).map(({ id }) => String(id));
    },
    async postponeWake(id, until) {
      await group.write(() => void postpone.run(until, id, until));
    },
    async claim(now: IsoTime, from: ClaimFrom) {
      for (const id of candidates(now, from)) {
        const claim = await change(id, (record) => {
          const planned = record && planClaim(record, now, from, newToken);
          if (!planned) return undefined;
          store(id, record, planned, now);
          return planned.claims[0];
        });
        if (claim) return claim;
      }
      return undefined;
    },
    settle: (now, claim, results) =>
      change(claim.session, (record): Claim | 'moved' | undefined => {
        const planned = record && planSettle(record, now, claim, { results, newToken });
        if (planned === undefined || planned === 'moved') return planned;
        store(claim.session, record, planned, now);
        return planned.claims[0];
      }),
    async nextDue() {
      const [wake, effect] = [nextWake.all()[0]?.['at'], nextEffect.all()[0]?.['at']];
      return { ...(typeof wake === 'string' ? { wake } : {}), ...(typeof effect === 'string' ? { effect } : {}) };
    },
    ...findSessions(db),
    forget: (id, at) =>
      group.write(() => {
        noteForgotten.run(at, id);
        remove.run(id);
        records.delete(id);
      }),
    samePerson: (id) =>
      samePerson(id, {
        async winnerOf(one) {
          const [row] = winner.all(one, one);
          return row && { winner: typeof row['merged_into'] === 'string' ? row['merged_into'] : undefined };
        },
        losersOf: async (one) => losers.all(one, one).map((row) => String(row['id'])),
      }),
    census: embeddedCensus(db, group),
    undo: () => records.clear(),
    releaseAll(now) {
      for (const { id } of db.prepare('SELECT id FROM sessions WHERE due_at IS NOT NULL').all()) {
        const record = read(String(id));
        const free = record && releaseLeases(record, now);
        if (record && free && free !== record) write(String(id), record, free);
      }
    },
  };

  function candidates(now: IsoTime, from: ClaimFrom): readonly string[] {
    if ('session' in from) return [from.session];
    const rows = 'any' in from ? due.all(now) : dueLane.all(now, from.channel, from.lane);
    return rows.map(({ id }) => String(id));
  }
}

/** A row of the table `sessions` as a record. */
export function recordOf(id: string, row: Row): SessionRecord {
  const rest = JSON.parse(String(row['rest'])) as Rest;
  const kept = {
    id,
    rev: Number(row['rev']),
    revision: Number(row['revision']),
    state: String(row['state']),
    updatedAt: String(row['updated_at']),
  };
  return { ...rest, ...kept, seen: [], oldestRemembered: ALL_IN_LOG };
}

function restOf({ effects, lease, joined, index }: SessionRecord): string {
  return JSON.stringify({ effects, lease, joined, index } satisfies { [K in keyof Rest]: Rest[K] | undefined });
}

function positionText(positions: readonly string[]): string {
  return positions.length === 0 ? '' : `|${positions.join('|')}|`;
}
