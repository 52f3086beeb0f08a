import type { Database } from './database.js';

/** The statements on the tables `sessions` and `forgotten`. */
export type SessionSql = ReturnType<typeof prepareSessions>;

export function prepareSessions(db: Database) {
  return {
    select: db.prepare('SELECT rev, revision, state, rest, newest_turns, updated_at FROM sessions WHERE id = ?'),
    insert: db.prepare(
      'INSERT INTO sessions (rev, revision, state, rest, newest_turns, wake_key, due_key, status, positions, merged_into, queue, updated_at, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    ),
    update: db.prepare(
      'UPDATE sessions SET rev = ?, revision = ?, state = ?, rest = ?, newest_turns = ?, wake_key = ?, due_key = ?, status = ?, positions = ?, merged_into = ?, queue = ?, updated_at = ? WHERE id = ? AND rev = ?',
    ),
    /** For a turn after which the session is found where it was before: the indexes of these columns are not touched. */
    updateTurn: db.prepare(
      'UPDATE sessions SET rev = ?, revision = ?, state = ?, rest = ?, newest_turns = ?, wake_key = ?, due_key = ?, updated_at = ? WHERE id = ? AND rev = ?',
    ),
    /** For a settlement or a claim, which leaves state, turn and waits as they are. */
    updateEffects: db.prepare('UPDATE sessions SET rev = ?, rest = ?, due_key = ? WHERE id = ? AND rev = ?'),
    postponeWake: db.prepare('UPDATE sessions SET wake_key = ? WHERE id = ? AND wake_key < ?'),
    postponeOldWake: db.prepare('UPDATE sessions SET wake_key = ? WHERE id = ? AND wake_key > ? AND wake_key < ?'),
    dueWakes: db.prepare('SELECT id FROM sessions WHERE wake_key > ? AND wake_key <= ? ORDER BY wake_key LIMIT ?'),
    nextWake: db.prepare('SELECT wake_key AS key FROM sessions WHERE wake_key > ? AND wake_key < ? ORDER BY wake_key LIMIT 1'),
    dueSends: db.prepare('SELECT id FROM sessions WHERE due_key > ? AND due_key <= ? ORDER BY due_key LIMIT ?'),
    dueCalls: db.prepare('SELECT session AS id FROM due_calls WHERE key > ? AND key <= ? ORDER BY key LIMIT ?'),
    nextSend: db.prepare('SELECT due_key AS key FROM sessions WHERE due_key > ? ORDER BY due_key LIMIT 1'),
    nextCall: db.prepare('SELECT key FROM due_calls WHERE key > ? ORDER BY key LIMIT 1'),
    addCall: db.prepare('INSERT OR IGNORE INTO due_calls (key, session) VALUES (?, ?)'),
    /** Sessions of which something may be held by an earlier process, or put off. Others that are due are not read: they may be many. */
    heldOrPutOff: db.prepare(
      `SELECT id FROM sessions WHERE due_key IS NOT NULL AND (substr(due_key, -24) > ? OR instr(rest, '"status":"claimed"') > 0)
       UNION SELECT session FROM due_calls`,
    ),
    oldDues: db.prepare('SELECT id FROM sessions WHERE due_key < ? LIMIT ?'),
    setDue: db.prepare('UPDATE sessions SET due_key = ? WHERE id = ?'),
    moveOldWakes: db.prepare(
      'UPDATE sessions SET wake_key = ? || wake_key WHERE rowid IN (SELECT rowid FROM sessions WHERE wake_key > ? LIMIT ?)',
    ),
    removeCall: db.prepare('DELETE FROM due_calls WHERE key = ? AND session = ?'),
    isForgotten: db.prepare('SELECT 1 FROM forgotten WHERE id = ?'),
    noteForgotten: db.prepare(
      'INSERT OR IGNORE INTO forgotten (id, merged_into, newest_turns, at) SELECT id, merged_into, newest_turns, ? FROM sessions WHERE id = ?',
    ),
    remove: db.prepare('DELETE FROM sessions WHERE id = ?'),
    winner: db.prepare('SELECT merged_into FROM sessions WHERE id = ? UNION ALL SELECT merged_into FROM forgotten WHERE id = ?'),
    losers: db.prepare('SELECT id FROM sessions WHERE merged_into = ? UNION SELECT id FROM forgotten WHERE merged_into = ?'),
  };
}
