import type { LoggedTurn } from '../session-record.js';
import type { Database } from './database.js';
import type { Row } from './sql-values.js';

/** How many turns a row of the index names: with an index of SQLite, each turn would write a page of it. */
const BLOCK = 8;
/** Rows of the index that are read at once. */
const PAGE = 16;

/**
 * The way from a session to the rows of its turns. The row of the session, which every turn writes anyway, names its newest turns. When
 * these are `BLOCK`, they move to a row of the table `turn_index`, a block. Turns that retention has removed may still be named.
 */
export interface TurnIndex {
  /** Adds a turn to the newest ones of a session. Returns those that its row has to name now. Call it within a transaction. */
  add(session: string, newest: readonly LoggedTurn[], turn: LoggedTurn): readonly LoggedTurn[];
  /** Yields the turns above a number, oldest first. */
  above(session: string, turn: number): Generator<LoggedTurn>;
  /** Returns the newest turns, oldest first. */
  latest(session: string, max: number): readonly LoggedTurn[];
  ofEvent(session: string, event: string): LoggedTurn | undefined;
  /** Removes the blocks that name only turns below a number. Call it within a transaction. */
  removeBelow(session: string, turn: number): void;
  /** Removes what names the turns of a session that is forgotten. Call it within a transaction. */
  forget(session: string): void;
}

export function turnIndex(db: Database): TurnIndex {
  const sql = prepare(db);
  const newestOf = (session: string) => readLogged(sql.newest.all(session, session)[0]);
  return {
    add(session, newest, turn) {
      const turns = [...newest, turn];
      if (turns.length < BLOCK) return turns;
      sql.insert.run(session, turn[0], JSON.stringify(turns));
      return [];
    },
    *above(session, turn) {
      for (const block of blocksAbove(sql, session, turn)) yield* block.filter(([number]) => number > turn);
      yield* newestOf(session).filter(([number]) => number > turn);
    },
    latest(session, max) {
      const blocks = sql.latest.all(session, Math.ceil(max / BLOCK)).map(readLogged);
      return [...blocks.reverse().flat(), ...newestOf(session)].slice(-max);
    },
    ofEvent(session, event) {
      const isIt = (one: LoggedTurn) => one[2] === event;
      // A block may hold the text of the id without being the one: as a part of another id.
      const blocks = () => sql.ofEvent.all(session, JSON.stringify(event)).flatMap(readLogged);
      return newestOf(session).find(isIt) ?? blocks().find(isIt);
    },
    removeBelow: (session, turn) => void sql.removeBelow.run(session, turn),
    forget(session) {
      sql.remove.run(session);
      sql.forgetNewest.run(session);
    },
  };
}

function prepare(db: Database) {
  return {
    insert: db.prepare('INSERT INTO turn_index (session, last, turns) VALUES (?, ?, ?)'),
    above: db.prepare('SELECT last, turns FROM turn_index WHERE session = ? AND last > ? ORDER BY last LIMIT ?'),
    latest: db.prepare('SELECT turns FROM turn_index WHERE session = ? ORDER BY last DESC LIMIT ?'),
    ofEvent: db.prepare('SELECT turns FROM turn_index WHERE session = ? AND instr(turns, ?) > 0'),
    removeBelow: db.prepare('DELETE FROM turn_index WHERE session = ? AND last < ?'),
    remove: db.prepare('DELETE FROM turn_index WHERE session = ?'),
    newest: db.prepare('SELECT newest_turns AS turns FROM sessions WHERE id = ? UNION ALL SELECT newest_turns FROM forgotten WHERE id = ?'),
    forgetNewest: db.prepare('UPDATE forgotten SET newest_turns = NULL WHERE id = ?'),
  };
}

function* blocksAbove(sql: ReturnType<typeof prepare>, session: string, turn: number): Generator<readonly LoggedTurn[]> {
  for (let after = turn; ; ) {
    const rows = sql.above.all(session, after, PAGE);
    for (const row of rows) yield readLogged(row);
    if (rows.length < PAGE) return;
    after = Number(rows.at(-1)?.['last']);
  }
}

/** Reads the column `turns` or `newest_turns`. */
export function readLogged(row: Row | undefined): readonly LoggedTurn[] {
  const text = row?.['turns'] ?? row?.['newest_turns'];
  return typeof text === 'string' ? (JSON.parse(text) as LoggedTurn[]) : [];
}
