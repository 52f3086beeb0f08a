import type { SessionQuery, SessionStore, SessionView } from '../../contract/store/index.js';
import { positionsIn, waitingIn } from '../positions.js';
import { readState } from '../read-stored.js';
import { countWaiting } from './count-waiting.js';
import type { Database } from './database.js';
import type { GroupCommit } from './group-commit.js';
import { inSteps } from './in-steps.js';
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
  const { contact, flow, status, limit } = query;
  const isFiltered = flow !== undefined || status !== undefined;
  const step = db.prepare(`SELECT id FROM sessions WHERE id > ? ORDER BY id LIMIT 1 OFFSET ${ROWS - 1}`);
  const found: Row[] = [];
  for (let after = query.after ?? ''; ; ) {
    const upTo = isFiltered && contact === undefined ? step.all(after)[0]?.['id'] : undefined;
    const wanted: readonly (readonly [string, SqlValue | undefined])[] = [
      ['id = ?', contact],
      ["instr(positions, '|' || ? || '@') > 0", flow],
      ['status = ?', status],
      ['id > ?', after],
      ['id <= ?', upTo],
    ];
    const given = wanted.flatMap(([sql, value]) => (value === undefined ? [] : [[sql, value] as const]));
    const where = given.map(([sql]) => sql).join(' AND ');
    const page = db.prepare(`SELECT state, status, updated_at FROM sessions WHERE ${where} ORDER BY id LIMIT ?`);
    found.push(...page.all(...given.map(([, value]) => value), limit - found.length));
    if (typeof upTo !== 'string' || found.length === limit) return found.map(viewOf);
    after = upTo;
    yield;
  }
}

function viewOf(row: Row): SessionView {
  return {
    state: readState(String(row['state'])),
    status: row['status'] === 'waiting' ? 'waiting' : 'idle',
    updatedAt: String(row['updated_at']),
  };
}
