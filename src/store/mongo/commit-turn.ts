import type { mongo } from 'mongoose';
import type { SessionStore, TurnCommit } from '../../contract/store/index.js';
import { newToken } from '../lease-token.js';
import { needsLogLookup, planCommit } from '../plan-commit.js';
import { idsInLog, type SessionRecord } from '../session-record.js';
import { entryOf, type JournalEntry } from './journal-entry.js';
import type { SessionDocument } from './session-document.js';
import { answerForgotten, changeRecord, isAtRest, isStale, readRecord, type SessionWork, storePlan } from './session-records.js';

type Answer = Awaited<ReturnType<SessionStore['commit']>>;

export function commitTurn(work: SessionWork, turn: TurnCommit): Promise<Answer> {
  const id = turn.session;
  const entry = entryOf(turn);
  // A new session is inserted without being looked for. If there is one after all, the next round reads it.
  let isNew = turn.base === 0;
  return changeRecord(work, id, async () => {
    const record = work.cache.get(id) ?? (isNew ? undefined : await readRecord(work, id));
    isNew = false;
    return tryCommit(work, turn, { record, entry });
  });
}

async function tryCommit(
  work: SessionWork,
  turn: TurnCommit,
  { record, entry }: { readonly record: Awaited<ReturnType<typeof readRecord>>; readonly entry: JournalEntry },
): Promise<{ readonly value: Answer } | undefined> {
  const id = turn.session;
  if (record === 'forgotten') return answerForgotten(work, id, 'forgotten');
  if (record && needsLogLookup(record, turn) && (await isLogged(work, record, turn.event))) return { value: 'duplicate' };
  const adopted = turn.adopts === undefined ? undefined : await readRecord(work, turn.adopts);
  const planned = planCommit(record, turn, { newToken, adopted: adopted === 'forgotten' ? undefined : adopted });
  if (typeof planned === 'string') return (await isStale(work, record)) ? undefined : { value: planned };
  if (!(await storePlan(work, record, { planned, at: turn.now, entry }))) return undefined;
  work.journals.note(id, entry);
  if (isAtRest(planned.record)) work.journals.copy(id);
  return { value: { revision: planned.record.revision, claims: planned.claims } };
}

/** Returns true if an event is in the turn log, or in a document from which it was not copied yet. */
async function isLogged({ sessions, turns }: SessionWork, record: SessionRecord, event: string): Promise<boolean> {
  const ids = idsInLog(record);
  const filter = { _id: { $in: [...ids] }, 'journal.event': event } as mongo.Filter<SessionDocument>;
  return (await sessions.findOne(filter, { projection: { _id: 1 } })) !== null || turns.has(ids, event);
}
