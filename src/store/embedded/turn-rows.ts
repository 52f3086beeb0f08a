import type { TurnRecord } from '../../contract/host/index.js';
import type { IsoTime } from '../../contract/index.js';
import type { CutMark } from '../cut-of.js';
import { readTurn } from '../read-stored.js';
import type { LoggedTurn } from '../session-record.js';
import type { Database } from './database.js';
import type { Row } from './sql-values.js';
import { type TurnIndex, turnIndex } from './turn-index.js';

/** What a table of turns can be asked. There are two: `turn_log`, and that of earlier releases. */
export interface TurnTable {
  byEvent(session: string, event: string): TurnRecord | undefined;
  /** Returns the ids of the events of the newest turns, oldest first. */
  latestEvents(session: string, max: number): readonly string[];
  /** Returns turns above a number, oldest first. */
  page(session: string, above: number, limit: number): readonly TurnRecord[];
  /** Lists turns at which the log may be cut, since they are older than `before`. */
  marked(before: IsoTime, limit: number): readonly CutMark[];
  /** Removes at most `max` turns below a number, and returns how many. Call it within a transaction. */
  cut(session: string, below: number, max: number): number;
  /** Removes the mark of a turn that nothing has to be cut below any more. Call it within a transaction. */
  unmark(session: string, turn: number): void;
}

export interface NewTurn {
  readonly record: TurnRecord;
  /** Once the turn is old enough, turns below this number may go. */
  readonly cut: number | undefined;
}

export interface TurnRows extends TurnTable {
  /** Writes a turn. Call it within a transaction. */
  add(session: string, turn: NewTurn): LoggedTurn;
  readonly index: TurnIndex;
}

/** The table `turn_log`. It has no index by session, because each turn would write a page of it: see `turn-index.ts`. */
export function turnRows(db: Database): TurnRows {
  const sql = prepare(db);
  const index = turnIndex(db);
  let lastRow = Number(sql.lastRow.all()[0]?.['n'] ?? 0);
  // The number of a row that was removed may be used again, so session and turn have to be right as well.
  const read = (session: string, [turn, row]: LoggedTurn) => sql.select.all(row, session, turn).map(turnOf)[0];
  return {
    index,
    add(session, { record, cut }) {
      lastRow += 1;
      const { turn, at, event } = record;
      sql.insert.run(lastRow, session, turn, JSON.stringify(record), cut ?? null, cut === undefined ? null : at);
      return [turn, lastRow, event.id];
    },
    byEvent(session, event) {
      const found = index.ofEvent(session, event);
      return found && read(session, found);
    },
    latestEvents: (session, max) => index.latest(session, max).map(([, , event]) => event),
    page(session, above, limit) {
      const found: TurnRecord[] = [];
      for (const one of index.above(session, above)) {
        const record = read(session, one);
        if (record) found.push(record);
        if (found.length >= limit) break;
      }
      return found;
    },
    marked: (before, limit) => sql.marked.all(before, limit) as unknown as readonly CutMark[],
    cut(session, below, max) {
      let removed = 0;
      let upTo = below;
      for (const [turn, row] of index.above(session, 0)) {
        if (turn >= below) break;
        upTo = turn;
        if (removed === max) break;
        removed += sql.remove.run(row, session, turn);
        upTo = turn + 1;
      }
      index.removeBelow(session, upTo);
      return removed;
    },
    unmark(session, turn) {
      for (const [number, row] of index.above(session, turn - 1)) return void (number === turn && sql.unmark.run(row, session, turn));
    },
  };
}

function prepare(db: Database) {
  return {
    lastRow: db.prepare('SELECT max(n) AS n FROM turn_log'),
    insert: db.prepare('INSERT INTO turn_log (n, session, turn, record, cut, cut_at) VALUES (?, ?, ?, ?, ?, ?)'),
    select: db.prepare('SELECT record FROM turn_log WHERE n = ? AND session = ? AND turn = ?'),
    marked: db.prepare('SELECT session, turn, cut FROM turn_log WHERE cut_at < ? ORDER BY cut_at LIMIT ?'),
    remove: db.prepare('DELETE FROM turn_log WHERE n = ? AND session = ? AND turn = ?'),
    unmark: db.prepare('UPDATE turn_log SET cut = NULL, cut_at = NULL WHERE n = ? AND session = ? AND turn = ? AND cut = turn'),
  };
}

export function turnOf(row: Row): TurnRecord {
  return readTurn(String(row['record']));
}
