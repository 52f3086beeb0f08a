import type { SessionStore, TurnCommit } from '../../contract/store/index.js';
import { cutOf } from '../cut-of.js';
import { newToken } from '../lease-token.js';
import { needsLogLookup, planCommit } from '../plan-commit.js';
import { idsInLog } from '../session-record.js';
import { withLatestEvents } from './latest-events.js';
import { changeRecord, readRecord, type SessionWork, storePlan } from './session-records.js';

export function commitTurn(work: SessionWork, turn: TurnCommit): ReturnType<SessionStore['commit']> {
  return changeRecord(work, turn.session, (stored) => {
    const record = stored && withLatestEvents(work.turns, stored);
    if (!record && work.sql.isForgotten.all(turn.session).length > 0) return 'forgotten';
    if (record && needsLogLookup(record, turn) && work.turns.has(idsInLog(record), turn.event)) return 'duplicate';
    const merged = turn.adopts === undefined ? undefined : readRecord(work, turn.adopts);
    const adopted = merged && withLatestEvents(work.turns, merged);
    const planned = planCommit(record, turn, { newToken, adopted });
    if (typeof planned === 'string') return planned;
    const newestTurns = work.turns.add(turn.session, record?.newestTurns ?? [], { record: turn.journal, cut: cutOf(turn) });
    storePlan(work, record, { planned: { ...planned, record: { newestTurns, ...planned.record } }, at: turn.now });
    return { revision: planned.record.revision, claims: planned.claims };
  });
}
