import type { TurnRecord } from '../../contract/host/index.js';
import type { IsoTime } from '../../contract/index.js';
import type { ResultQuery, StoredResult, TurnStore } from '../../contract/store/index.js';
import { endedKeys, keysBetween, resultsOf, turnOfKey } from '../result-key.js';
import type { Database } from './database.js';
import type { GroupCommit } from './group-commit.js';
import { MAX_ROWS, removeAll } from './remove-rows.js';
import type { Row } from './sql-values.js';

export interface TurnLog {
  /** Adds a turn. `cut`: once it is old enough, turns below this number may go. Call it within a transaction. */
  add(session: string, record: TurnRecord, cut: number | undefined): void;
  /** Returns true if an event is logged under the id of any of these sessions. */
  has(sessions: readonly string[], event: string): boolean;
  /** Returns the ids of the latest events that are logged under a session id, oldest first. */
  latestEvents(session: string, max: number): readonly string[];
  /** Returns the latest time of the logged events of a session, by the provider's clock; '' if there are none. Reads all of its turns. */
  newestEvent(session: string): IsoTime;
}

/** The turn log. The transaction that writes a session writes its turn, so nothing has to be copied here later. */
export function embeddedTurns(db: Database, group: GroupCommit): TurnStore & TurnLog {
  const sql = prepare(db);
  return {
    add: (session, record, cut) => addTurn(sql, session, { record, cut }),
    has: (sessions, event) => sessions.some((session) => sql.hasEvent.all(session, event).length > 0),
    latestEvents: (session, max) =>
      sql.latestEvents
        .all(session, max)
        .map((row) => String(row['event']))
        .reverse(),
    newestEvent: (session) => String(sql.newestEvent.all(session)[0]?.['at'] ?? ''),
    async byEvent(session, event) {
      const row = sql.byEvent.all(session, event)[0];
      return row && turnOf(row);
    },
    results: async (query) => findResults(sql, query),
    async forget(session) {
      await group.write(() => forgetResults(sql, session));
      await removeAll(group, () => sql.remove.run(session, MAX_ROWS));
    },
    list: async (session, { after = 0, limit }) => sql.page.all(session, after, limit).map(turnOf),
  };
}

type Sql = ReturnType<typeof prepare>;

function prepare(db: Database) {
  return {
    insert: db.prepare('INSERT INTO turns (session, turn, event, record, cut, cut_at) VALUES (?, ?, ?, ?, ?, ?)'),
    hasEvent: db.prepare('SELECT 1 FROM turns WHERE session = ? AND event = ? LIMIT 1'),
    latestEvents: db.prepare('SELECT event FROM turns WHERE session = ? ORDER BY turn DESC LIMIT ?'),
    newestEvent: db.prepare(
      "SELECT max(max(json_extract(record, '$.event.at'), coalesce(json_extract(record, '$.event.message.sentAt'), ''))) AS at FROM turns WHERE session = ?",
    ),
    byEvent: db.prepare('SELECT record FROM turns WHERE session = ? AND event = ? LIMIT 1'),
    byNumber: db.prepare('SELECT record FROM turns WHERE session = ? AND turn = ?'),
    page: db.prepare('SELECT record FROM turns WHERE session = ? AND turn > ? ORDER BY turn LIMIT ?'),
    remove: db.prepare('DELETE FROM turns WHERE rowid IN (SELECT rowid FROM turns WHERE session = ? LIMIT ?)'),
    withResults: db.prepare(
      "SELECT turn, json_extract(record, '$.results') AS results FROM turns WHERE session = ? AND json_extract(record, '$.results') IS NOT NULL",
    ),
    addEnded: db.prepare('INSERT OR IGNORE INTO ended (key) VALUES (?)'),
    ended: db.prepare('SELECT key FROM ended WHERE key >= ? AND key < ? ORDER BY key LIMIT ?'),
    removeEnded: db.prepare('DELETE FROM ended WHERE key = ?'),
  };
}

function addTurn(sql: Sql, session: string, { record, cut }: { readonly record: TurnRecord; readonly cut: number | undefined }): void {
  const { turn, event, at } = record;
  sql.insert.run(session, turn, event.id, JSON.stringify(record), cut ?? null, cut === undefined ? null : at);
  for (const key of endedKeys(session, record)) sql.addEnded.run(key);
}

function findResults(sql: Sql, query: ResultQuery): readonly StoredResult[] {
  const keys = sql.ended.all(...keysBetween(query), query.limit).map(({ key }) => String(key));
  return keys.flatMap((key) => {
    const { session, turn } = turnOfKey(key);
    return sql.byNumber.all(session, turn).flatMap((row) => resultsOf(key, turnOf(row), query));
  });
}

function forgetResults(sql: Sql, session: string): void {
  for (const { turn, results } of sql.withResults.all(session)) {
    const record = { turn: Number(turn), results: JSON.parse(String(results)) as NonNullable<TurnRecord['results']> };
    for (const key of endedKeys(session, record)) sql.removeEnded.run(key);
  }
}

function turnOf(row: Row): TurnRecord {
  return JSON.parse(String(row['record'])) as TurnRecord;
}
