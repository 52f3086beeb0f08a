import type { SessionQuery, SessionStore, SessionView } from '../../contract/store/index.js';
import { positionsIn, waitingIn } from '../positions.js';
import { countWaiting } from './count-waiting.js';
import type { Database } from './database.js';
import type { GroupCommit } from './group-commit.js';
import { inSteps } from './in-steps.js';
import { viewOf } from './session-view.js';
import type { Row, SqlValue } from './sql-values.js';

/** Rows read in one step, in a few milliseconds. */
const ROWS = 1_000;

/** Finds sessions by contact, flow and status, and counts how many wait where. */
export function findSessions(db: Database, group: GroupCommit): Pick<SessionStore, 'list' | 'positions' | 'waiting'> {
  // Answered from the index `sessions_waiting` alone.
  const counted = countWaiting(db);
  const count = async () => perPosition(await inSteps(group, counted()));
  return {
    list: (query) => inSteps(group, listSessions(db, query)),
    positions: async (flow) => positionsIn(flow, await count()),
    waiting: async () => waitingIn(await count()),
  };
}

/** Counts each position. A session with several frames has several, as `|a@1#x|b@2#y|`. */
function perPosition(waiting: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [positions, n] of waiting) {
    for (const position of positions.split('|')) if (position !== '') counts.set(position, (counts.get(position) ?? 0) + n);
  }
  return counts;
}

/** Yields after each `ROWS` rows: with a filter, all sessions may have to be read for one page. */
function* listSessions(db: Database, query: SessionQuery): Generator<void, readonly SessionView[]> {
  if (query.queue !== undefined || query.status === 'operator') return listHandedOver(db, query);
  const { contact, flow, status, limit } = query;
  const isFiltered = flow !== undefined || status !== undefined;
  const step = db.prepare(`SELECT id FROM sessions WHERE id > ? ORDER BY id LIMIT 1 OFFSET ${ROWS - 1}`);
  const found: Row[] = [];
  for (let after = query.after ?? ''; ; ) {
    const upTo = isFiltered && contact === undefined ? step.all(after)[0]?.['id'] : undefined;
    const where: readonly Condition[] = [
      ...conditionsOf(query),
      ['status = ? AND queue IS NULL', status],
      ['id > ?', after],
      ['id <= ?', upTo],
    ];
    found.push(...select(db, { where, limit: limit - found.length }));
    if (typeof upTo !== 'string' || found.length === limit) return found.map(viewOf);
    after = upTo;
    yield;
  }
}

/** Lists sessions in which an operator has the talk, by the index of these alone. */
function listHandedOver(db: Database, query: SessionQuery): readonly SessionView[] {
  const { queue, status, after, limit } = query;
  if (status !== undefined && status !== 'operator') return [];
  const where: readonly Condition[] = [...conditionsOf(query), ['queue >= ?', queue ?? ''], ['queue <= ?', queue], ['id > ?', after]];
  return select(db, { where, limit, by: 'sessions_queue' }).map(viewOf);
}

/** A condition with its value; without a value it does not count. */
type Condition = readonly [sql: string, value: SqlValue | undefined];

function conditionsOf({ contact, flow }: SessionQuery): readonly Condition[] {
  return [
    ['id = ?', contact],
    ["instr(positions, '|' || ? || '@') > 0", flow],
  ];
}

function select(
  db: Database,
  { where, limit, by }: { readonly where: readonly Condition[]; readonly limit: number; readonly by?: string },
): readonly Row[] {
  const given = where.filter(([, value]) => value !== undefined);
  const table = by === undefined ? 'sessions' : `sessions INDEXED BY ${by}`;
  const conditions = given.map(([sql]) => sql).join(' AND ');
  const rows = db.prepare(`SELECT state, status, queue, updated_at FROM ${table} WHERE ${conditions} ORDER BY id LIMIT ?`);
  return rows.all(...given.map(([, value]) => value as SqlValue), limit);
}
