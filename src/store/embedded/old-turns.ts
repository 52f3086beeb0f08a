import type { IsoTime } from '../../contract/index.js';
import type { CutMark } from '../cut-of.js';
import type { Database } from './database.js';
import { type TurnTable, turnOf } from './turn-rows.js';

export interface OldTurns extends TurnTable {
  /** Returns the latest time of the events of a session, by the provider's clock; '' if there are none. Reads all of its turns. */
  newestEvent(session: string): IsoTime;
}

/**
 * The table `turns`, in which releases before December 2026 have logged turns. They stay there until retention removes them: to move them
 * would mean to write most of the file again. Its index by session is no longer written.
 */
export function oldTurns(db: Database): OldTurns {
  const sql = prepare(db);
  return {
    byEvent: (session, event) => sql.byEvent.all(session, event).map(turnOf)[0],
    latestEvents: (session, max) =>
      sql.latestEvents
        .all(session, max)
        .map(({ event }) => String(event))
        .reverse(),
    newestEvent: (session) => String(sql.newestEvent.all(session)[0]?.['at'] ?? ''),
    page: (session, above, limit) => sql.page.all(session, above, limit).map(turnOf),
    marked: (before, limit) => sql.marked.all(before, limit) as unknown as readonly CutMark[],
    cut: (session, below, max) => sql.cut.run(session, below, max),
    unmark: (session, turn) => void sql.unmark.run(session, turn),
  };
}

function prepare(db: Database) {
  return {
    byEvent: db.prepare('SELECT record FROM turns WHERE session = ? AND event = ? LIMIT 1'),
    latestEvents: db.prepare('SELECT event FROM turns WHERE session = ? ORDER BY turn DESC LIMIT ?'),
    newestEvent: db.prepare(
      "SELECT max(max(json_extract(record, '$.event.at'), coalesce(json_extract(record, '$.event.message.sentAt'), ''))) AS at FROM turns WHERE session = ?",
    ),
    page: db.prepare('SELECT record FROM turns WHERE session = ? AND turn > ? ORDER BY turn LIMIT ?'),
    marked: db.prepare('SELECT session, turn, cut FROM turns WHERE cut_at < ? ORDER BY cut_at LIMIT ?'),
    cut: db.prepare('DELETE FROM turns WHERE rowid IN (SELECT rowid FROM turns WHERE session = ? AND turn < ? ORDER BY turn LIMIT ?)'),
    unmark: db.prepare('UPDATE turns SET cut = NULL, cut_at = NULL WHERE session = ? AND turn = ? AND cut = turn'),
  };
}
