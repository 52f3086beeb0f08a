import type { TurnRecord, TurnStore } from '../../contract/index.js';
import type { Database } from './database.js';
import type { GroupCommit } from './group-commit.js';
import { MOST_ROWS, removeAll } from './remove-rows.js';

/** The turn log as the sessions' own transaction writes it: here the journal needs no copying. */
export interface TurnLog {
  /** `cut`: once this turn is old, those below that number may go. */
  add(session: string, record: TurnRecord, cut: number | undefined): void;
  /** Under the id of any of these sessions. */
  has(sessions: readonly string[], event: string): boolean;
}

export function embeddedTurns(db: Database, group: GroupCommit): TurnStore & TurnLog {
  const insert = db.prepare('INSERT INTO turns (session, turn, event, record, cut, cut_at) VALUES (?, ?, ?, ?, ?, ?)');
  const find = db.prepare('SELECT 1 FROM turns WHERE session = ? AND event = ? LIMIT 1');
  const byEvent = db.prepare('SELECT record FROM turns WHERE session = ? AND event = ? LIMIT 1');
  const page = db.prepare('SELECT record FROM turns WHERE session = ? AND turn > ? ORDER BY turn LIMIT ?');
  const remove = db.prepare('DELETE FROM turns WHERE rowid IN (SELECT rowid FROM turns WHERE session = ? LIMIT ?)');
  return {
    add(session, record, cut) {
      insert.run(session, record.turn, record.event.id, JSON.stringify(record), cut ?? null, cut === undefined ? null : record.at);
    },
    has: (sessions, event) => sessions.some((session) => find.all(session, event).length > 0),
    async byEvent(session, event) {
      const row = byEvent.all(session, event)[0];
      return row && (JSON.parse(String(row['record'])) as TurnRecord);
    },
    forget: (session) => removeAll(group, () => remove.run(session, MOST_ROWS)),
    async list(session, { after = 0, limit }) {
      return page.all(session, after, limit).map((row) => JSON.parse(String(row['record'])) as TurnRecord);
    },
  };
}
