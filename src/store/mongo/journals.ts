import type { mongo } from 'mongoose';
import type { Log } from '../../contract/host/index.js';
import type { JournalCopier } from './copy-journals.js';
import type { JournalEntry } from './journal-entry.js';
import type { SessionDocument } from './session-document.js';

/** Most turns in a document before they are copied to the log. */
const MAX_ENTRIES = 20;
/** Most characters of turns in memory, over all sessions, before the oldest sessions are copied. */
const MAX_CHARACTERS = 16_000_000;
/** Documents that a sweep reads at once. */
const PAGE = 200;
/** How often to check whether a copy has failed, in milliseconds. */
const CHECK_EVERY = 60_000;

/**
 * The turns that this host has written into documents of sessions and not yet copied to the turn log. They are copied when the session is
 * at rest, when it has many of them, and when all of them take too much memory.
 */
export interface Journals {
  /** Notes a turn that was written into the document of its session. */
  note(session: string, entry: JournalEntry): void;
  /** Copies the turns of a session. */
  copy(session: string): void;
  /** Drops the turns of a session whose person was forgotten. */
  drop(session: string): void;
  /** Copies what is left in any document, by a failed copy or by another host, and waits for it. */
  sweep(): Promise<void>;
  /** Characters of the turns in memory. */
  readonly size: number;
  stop(): void;
}

export function createJournals({
  sessions,
  turns,
  log,
  maxCharacters = MAX_CHARACTERS,
}: {
  readonly sessions: mongo.Collection<SessionDocument>;
  readonly turns: JournalCopier;
  readonly log: Log;
  readonly maxCharacters?: number;
}): Journals {
  /** In the order in which the sessions were first noted. */
  const journals = new Map<string, JournalEntry[]>();
  let size = 0;
  let sweptAt = turns.failures();
  const timer = setInterval(() => {
    if (turns.failures() === sweptAt) return;
    sweep().catch((error: unknown) =>
      log.warn({ error: String(error) }, 'turns could not be copied to the turn log: trying again in a minute'),
    );
  }, CHECK_EVERY);
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
    await copyAll(sessions, turns);
    sweptAt = failures;
  }

  return {
    note(session, entry) {
      const entries = journals.get(session);
      if (entries) entries.push(entry);
      else journals.set(session, [entry]);
      size += entry.record.length;
      if (entries && entries.length > MAX_ENTRIES) copy(session);
      for (const [oldest] of journals) {
        if (size <= maxCharacters) break;
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

async function copyAll(sessions: mongo.Collection<SessionDocument>, turns: JournalCopier): Promise<void> {
  for (let after = ''; ; ) {
    const page = await sessions
      .find({ _id: { $gt: after }, 'journal.0': { $exists: true } } as mongo.Filter<SessionDocument>, { projection: { journal: 1 } })
      .sort({ _id: 1 })
      .limit(PAGE)
      .toArray();
    for (const { _id, journal } of page) turns.copy(_id, journal);
    await turns.flushed();
    if (page.length < PAGE) return;
    after = page.at(-1)?._id ?? '';
  }
}

function sizeOf(entries: readonly JournalEntry[]): number {
  return entries.reduce((sum, { record }) => sum + record.length, 0);
}
