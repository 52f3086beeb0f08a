import type { IsoTime } from '../../contract/index.js';
import { tombstone } from './session-document.js';
import { changeRecord, type SessionWork } from './session-records.js';

/** Replaces the document by a tombstone: the id was used, and into which session it was merged. */
export async function forgetSession(work: SessionWork, id: string, at: IsoTime): Promise<void> {
  const { sessions, cache, journals, contactIndex } = work;
  await changeRecord<void>(work, id, async () => {
    const found = await sessions.findOne({ _id: id }, { projection: { rev: 1, mergedInto: 1, forgotten: 1 } });
    cache.delete(id);
    journals.drop(id);
    if (!found || found.forgotten !== undefined) return { value: undefined };
    const { matchedCount } = await sessions.replaceOne({ _id: id, rev: found.rev }, tombstone(found, at));
    return matchedCount === 1 ? { value: undefined } : undefined;
  });
  await contactIndex.remove(id);
}
