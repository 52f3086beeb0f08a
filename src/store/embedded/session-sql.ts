import type { Database } from './database.js';

/** The statements on the tables `sessions` and `forgotten`. */
export type SessionSql = ReturnType<typeof prepareSessions>;

export function prepareSessions(db: Database) {
  return {
    select: db.prepare('SELECT rev, revision, state, rest, updated_at FROM sessions WHERE id = ?'),
    insert: db.prepare(
      'INSERT INTO sessions (rev, revision, state, rest, wake_at, due_at, due_channel, due_lane, status, positions, merged_into, updated_at, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    ),
    update: db.prepare(
      'UPDATE sessions SET rev = ?, revision = ?, state = ?, rest = ?, wake_at = ?, due_at = ?, due_channel = ?, due_lane = ?, status = ?, positions = ?, merged_into = ?, updated_at = ? WHERE id = ? AND rev = ?',
    ),
    /** For a settlement or a claim, which leaves state, turn and waits as they are. */
    updateEffects: db.prepare('UPDATE sessions SET rev = ?, rest = ?, due_at = ?, due_channel = ?, due_lane = ? WHERE id = ? AND rev = ?'),
    postponeWake: db.prepare('UPDATE sessions SET wake_at = ? WHERE id = ? AND wake_at < ?'),
    dueWakes: db.prepare('SELECT id FROM sessions WHERE wake_at <= ? ORDER BY wake_at LIMIT ?'),
    due: db.prepare('SELECT id FROM sessions WHERE due_at <= ? ORDER BY due_at LIMIT 50'),
    dueInLane: db.prepare('SELECT id FROM sessions WHERE due_at <= ? AND due_channel = ? AND due_lane = ? ORDER BY due_at LIMIT 50'),
    withEffects: db.prepare('SELECT id FROM sessions WHERE due_at IS NOT NULL'),
    nextWake: db.prepare('SELECT min(wake_at) AS at FROM sessions WHERE wake_at IS NOT NULL'),
    nextEffect: db.prepare('SELECT min(due_at) AS at FROM sessions WHERE due_at IS NOT NULL'),
    isForgotten: db.prepare('SELECT 1 FROM forgotten WHERE id = ?'),
    noteForgotten: db.prepare('INSERT OR IGNORE INTO forgotten (id, merged_into, at) SELECT id, merged_into, ? FROM sessions WHERE id = ?'),
    remove: db.prepare('DELETE FROM sessions WHERE id = ?'),
    winner: db.prepare('SELECT merged_into FROM sessions WHERE id = ? UNION ALL SELECT merged_into FROM forgotten WHERE id = ?'),
    losers: db.prepare('SELECT id FROM sessions WHERE merged_into = ? UNION SELECT id FROM forgotten WHERE merged_into = ?'),
  };
}
