import type { TurnRecord, TurnStore } from '../../contract/index.js';
import { endedKeys, keysBetween, resultsOf, turnOfKey } from '../result-key.js';
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
  const addEnded = db.prepare('INSERT OR IGNORE INTO ended (key) VALUES (?)');
  const ended = db.prepare('SELECT key FROM ended WHERE key >= ? AND key < ? ORDER BY key LIMIT ?');
  const removeEnded = db.prepare('DELETE FROM ended WHERE key = ?');
  const one = db.prepare('SELECT record FROM turns WHERE session = ? AND turn = ?');
  const withResults = db.prepare(
    "SELECT turn, json_extract(record, '$.results') AS results FROM turns WHERE session = ? AND json_extract(record, '$.results') IS NOT NULL",
  );

  function forgetResults(session: string): void {
    for (const { turn, results } of withResults.all(session)) {
      const record = { turn: Number(turn), results: JSON.parse(String(results)) as NonNullable<TurnRecord['results']> };
      for (const key of endedKeys(session, record)) removeEnded.run(key);
    }
  }

  return {
    add(session, record, cut) {
      insert.run(session, record.turn, record.event.id, JSON.stringify(record), cut ?? null, cut === undefined ? null : record.at);
      for (const key of endedKeys(session, record)) addEnded.run(key);
    },
    has: (sessions, event) => sessions.some((session) => find.all(session, event).length > 0),
    async byEvent(session, event) {
      const row = byEvent.all(session, event)[0];
      return row && (JSON.parse(String(row['record'])) as TurnRecord);
    },
    async results(query) {
      const keys = ended.all(...keysBetween(query), query.limit).map(({ key }) => String(key));
      return keys.flatMap((key) => {
        const { session, turn } = turnOfKey(key);
        const rows = one.all(session, turn).map((row) => JSON.parse(String(row['record'])) as TurnRecord);
        return rows.flatMap((record) => resultsOf(key, record, query));
      });
    },
    async forget(session) {
      await group.write(() => forgetResults(session));
      await removeAll(group, () => remove.run(session, MOST_ROWS));
    },
    async list(session, { after = 0, limit }) {
      return page.all(session, after, limit).map((row) => JSON.parse(String(row['record'])) as TurnRecord);
    },
  };
}
