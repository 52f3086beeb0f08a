import type { SessionQuery, SessionState, SessionStore, SessionView } from '../../contract/index.js';
import { readPosition } from '../record-view.js';
import type { Database } from './database.js';

/** What people look for: sessions by contact, flow and status, and how many wait where. */
export function findSessions(db: Database): Pick<SessionStore, 'list' | 'positions'> {
  const waiting = db.prepare("SELECT positions FROM sessions WHERE status = 'waiting' AND positions LIKE ?");
  return {
    async list(query) {
      return listSessions(db, query);
    },
    async positions(flow) {
      const counts = new Map<string, number>();
      for (const row of waiting.all(`%|${flow}@%`)) {
        for (const position of String(row['positions']).split('|')) {
          if (position.startsWith(`${flow}@`)) counts.set(position, (counts.get(position) ?? 0) + 1);
        }
      }
      return [...counts].sort().map(([position, count]) => ({ ...readPosition(position), waiting: count }));
    },
  };
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
