import type { mongo } from 'mongoose';
import type { Log } from '../../contract/index.js';
import type { SessionDocument } from './session-document.js';
import type { JournalEntry, TurnLog } from './turns.js';

/** Turns that may sit in a record before the next commit has them copied. */
const LONGEST_JOURNAL = 20;
/** Characters of turns that may be kept in memory, over all sessions, before the oldest are copied. */
const MEMORY = 16_000_000;
/** How many records one page of a sweep reads. */
const PAGE = 200;
/** How often to look whether a copy has failed, in milliseconds. */
const EVERY = 60_000;

/**
 * The turns that this host has written into records and not yet handed to the turn log. They go when nothing of their session is under
 * way, when a record holds many, and when all of them take too much memory; `sweep` finds what a failed copy or another host has left.
 */
export interface Journals {
  note(session: string, entry: JournalEntry): void;
  /** Hands a session's turns to the log. */
  copy(session: string): void;
  /** Forgets a session's turns: the person was forgotten. */
  drop(session: string): void;
  /** Copies what sits in any record, page after page, and waits for it. */
  sweep(): Promise<void>;
  /** Characters of the turns in memory. */
  readonly size: number;
  stop(): void;
}

export function createJournals(parts: {
  readonly sessions: mongo.Collection<SessionDocument>;
  readonly turns: TurnLog;
  readonly log: Log;
  readonly memory?: number;
}): Journals {
  const { sessions, turns, log, memory = MEMORY } = parts;
  /** In the order in which the sessions were heard of. */
  const journals = new Map<string, JournalEntry[]>();
  let size = 0;
  let swept = turns.failures();
  const timer = setInterval(() => {
    if (turns.failures() === swept) return;
    sweep().catch((error: unknown) => log.warn({ error: String(error) }, 'turns stay in their records until the next sweep'));
  }, EVERY);
  timer.unref();

  function take(session: string): JournalEntry[] | undefined {
    const entries = journals.get(session);
    if (!entries) return undefined;
    journals.delete(session);
    size -= sizeOf(entries);
    return entries;
  }

  function copy(session: string): void {
    const entries = take(session);
    if (entries) turns.copy(session, entries);
  }

  async function sweep(): Promise<void> {
    const failures = turns.failures();
    let after = '';
    for (;;) {
      const page = await sessions
        .find({ _id: { $gt: after }, 'journal.0': { $exists: true } } as mongo.Filter<SessionDocument>, { projection: { journal: 1 } })
        .sort({ _id: 1 })
        .limit(PAGE)
        .toArray();
      for (const { _id, journal } of page) turns.copy(_id, journal);
      await turns.flushed();
      after = page.at(-1)?._id ?? '';
      if (page.length < PAGE) break;
    }
    swept = failures;
  }

  return {
    note(session, entry) {
      const entries = journals.get(session) ?? [];
      entries.push(entry);
      journals.set(session, entries);
      size += entry.record.length;
      if (entries.length > LONGEST_JOURNAL) copy(session);
      for (const [oldest] of journals) {
        if (size <= memory) break;
        copy(oldest);
      }
    },
    copy,
    drop: (session) => void take(session),
    sweep,
    get size() {
      return size;
    },
    stop: () => clearInterval(timer),
  };
}

function sizeOf(entries: readonly JournalEntry[]): number {
  return entries.reduce((sum, { record }) => sum + record.length, 0);
}
