import type { SessionState } from '../../contract/index.js';
import type { SessionQuery, SessionStore, SessionView } from '../../contract/store/index.js';
import { positionsIn, waitingIn } from '../positions.js';
import type { Database } from './database.js';
import type { Row } from './sql-values.js';

/** Finds sessions by contact, flow and status, and counts how many wait where. */
export function findSessions(db: Database): Pick<SessionStore, 'list' | 'positions' | 'waiting'> {
  // SQLite answers both from the index `sessions_waiting` alone.
  const grouped = db.prepare("SELECT positions, count(*) AS n FROM sessions WHERE status = 'waiting' GROUP BY positions");
  const groupedOf = db.prepare(
    "SELECT positions, count(*) AS n FROM sessions WHERE status = 'waiting' AND positions LIKE ? GROUP BY positions",
  );
  return {
    async list(query) {
      return listSessions(db, query);
    },
    positions: async (flow) => positionsIn(flow, countsOf(groupedOf.all(`%|${flow}@%`))),
    waiting: async () => waitingIn(countsOf(grouped.all())),
  };
}

/** Counts each position. A session with several frames has several, as `|a@1#x|b@2#y|`. */
function countsOf(groups: readonly Row[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { positions, n } of groups) {
    for (const position of String(positions).split('|')) {
      if (position !== '') counts.set(position, (counts.get(position) ?? 0) + Number(n));
    }
  }
  return counts;
}

function listSessions(db: Database, { contact, flow, status, after, limit }: SessionQuery): readonly SessionView[] {
  const wanted: readonly (readonly [string, string | undefined])[] = [
    ['id = ?', contact],
    ["instr(positions, '|' || ? || '@') > 0", flow],
    ['status = ?', status],
    ['id > ?', after],
  ];
  const given = wanted.flatMap(([sql, value]) => (value === undefined ? [] : [[sql, value] as const]));
  const where = given.length ? `WHERE ${given.map(([sql]) => sql).join(' AND ')}` : '';
  const rows = db
    .prepare(`SELECT state, status, updated_at FROM sessions ${where} ORDER BY id LIMIT ?`)
    .all(...given.map(([, value]) => value), limit);
  return rows.map((row) => ({
    state: JSON.parse(String(row['state'])) as SessionState,
    status: row['status'] === 'waiting' ? 'waiting' : 'idle',
    updatedAt: String(row['updated_at']),
  }));
}
