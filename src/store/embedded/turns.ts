import type { TurnRecord } from '../../contract/host/index.js';
import type { IsoTime } from '../../contract/index.js';
import type { ResultQuery, StoredResult, TurnStore } from '../../contract/store/index.js';
import { endedKeys, keysBetween, resultsOf, turnOfKey } from '../result-key.js';
import type { LoggedTurn } from '../session-record.js';
import type { Database } from './database.js';
import type { GroupCommit } from './group-commit.js';
import { oldTurns } from './old-turns.js';
import { MAX_ROWS, removeAll } from './remove-rows.js';
import { type NewTurn, type TurnTable, turnRows } from './turn-rows.js';

export interface TurnLog {
  /** Adds a turn, and returns the newest turns of the session for its row. Call it within a transaction. */
  add(session: string, newest: readonly LoggedTurn[], turn: NewTurn): readonly LoggedTurn[];
  /** Returns true if an event is logged under the id of any of these sessions. */
  has(sessions: readonly string[], event: string): boolean;
  /** Returns the ids of the latest events that are logged under a session id, oldest first. */
  latestEvents(session: string, max: number): readonly string[];
  /**
   * Returns the latest time of the events that an earlier release has logged, by the provider's clock; '' if there are none. Reads all of them.
   */
  newestEvent(session: string): IsoTime;
}

export interface EmbeddedTurns extends TurnStore, TurnLog {
  /** For retention. */
  readonly cuts: Pick<TurnTable, 'marked' | 'cut' | 'unmark'>;
}

/** The turn log. The transaction that writes a session writes its turn, so nothing has to be copied here later. */
export function embeddedTurns(db: Database, group: GroupCommit): EmbeddedTurns {
  const [rows, old] = [turnRows(db), oldTurns(db)];
  const tables: Tables = [old, rows];
  const ended = prepareEnded(db);
  const byEvent = (session: string, event: string) => rows.byEvent(session, event) ?? old.byEvent(session, event);
  return {
    add(session, newest, turn) {
      for (const key of endedKeys(session, turn.record)) ended.add.run(key);
      return rows.index.add(session, newest, rows.add(session, turn));
    },
    has: (sessions, event) => sessions.some((session) => byEvent(session, event) !== undefined),
    latestEvents: (session, max) => tables.flatMap((table) => table.latestEvents(session, max)).slice(-max),
    newestEvent: old.newestEvent,
    byEvent: async (session, event) => byEvent(session, event),
    async results(query) {
      const keys = ended.between.all(...keysBetween(query), query.limit).map(({ key }) => String(key));
      return keys.flatMap((key) => resultsIn(tables, key, query));
    },
    async forget(session) {
      await removeAll(group, () => forgetSome(tables, ended, session));
      await group.write(() => rows.index.forget(session));
    },
    list: async (session, { after = 0, limit }) => page(tables, session, { above: after, limit }),
    cuts: cutsIn(tables),
  };
}

/** The turns of a session in the first are older than those in the second. */
type Tables = readonly [old: TurnTable, rows: TurnTable];

function prepareEnded(db: Database) {
  return {
    add: db.prepare('INSERT OR IGNORE INTO ended (key) VALUES (?)'),
    between: db.prepare('SELECT key FROM ended WHERE key >= ? AND key < ? ORDER BY key LIMIT ?'),
    remove: db.prepare('DELETE FROM ended WHERE key = ?'),
  };
}

function page(
  tables: Tables,
  session: string,
  { above, limit }: { readonly above: number; readonly limit: number },
): readonly TurnRecord[] {
  return tables.flatMap((table) => table.page(session, above, limit)).slice(0, limit);
}

function resultsIn(tables: Tables, key: string, query: ResultQuery): readonly StoredResult[] {
  const { session, turn } = turnOfKey(key);
  const [record] = page(tables, session, { above: turn - 1, limit: 1 });
  return record?.turn === turn ? resultsOf(key, record, query) : [];
}

/** Removes the first turns of a session with their results, and returns how many. */
function forgetSome(tables: Tables, ended: ReturnType<typeof prepareEnded>, session: string): number {
  const turns = page(tables, session, { above: 0, limit: MAX_ROWS });
  for (const turn of turns) for (const key of endedKeys(session, turn)) ended.remove.run(key);
  const below = (turns.at(-1)?.turn ?? 0) + 1;
  for (const table of tables) table.cut(session, below, MAX_ROWS);
  return turns.length;
}

function cutsIn([old, rows]: Tables): EmbeddedTurns['cuts'] {
  return {
    marked: (before, limit) => [...old.marked(before, limit), ...rows.marked(before, limit)].slice(0, limit),
    cut(session, below, max) {
      const removed = old.cut(session, below, max);
      return removed + rows.cut(session, below, max - removed);
    },
    unmark(session, turn) {
      old.unmark(session, turn);
      rows.unmark(session, turn);
    },
  };
}
