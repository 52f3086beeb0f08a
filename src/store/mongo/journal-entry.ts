import type { TurnCommit } from '../../contract/store/index.js';
import { cutOf } from '../cut-of.js';
import { endedKeys } from '../result-key.js';

/** A turn in the document of its session, until it is copied to the turn log. */
export interface JournalEntry {
  readonly turn: number;
  readonly event: string;
  /** The TurnRecord as JSON text. */
  readonly record: string;
  /** Once the turn is older than retention allows, turns below this number may go. */
  readonly cut?: number;
  /** The time of the turn, if it has a `cut`. */
  readonly cutAt?: string;
  /** Keys of the results of runs that ended in this turn. */
  readonly ended?: readonly string[];
}

export function entryOf(turn: TurnCommit): JournalEntry {
  const { session, journal } = turn;
  const cut = cutOf(turn);
  const mark = cut === undefined ? {} : { cut, cutAt: journal.at };
  const ended = endedKeys(session, journal);
  return { turn: journal.turn, event: journal.event.id, record: JSON.stringify(journal), ...mark, ...(ended.length > 0 ? { ended } : {}) };
}
