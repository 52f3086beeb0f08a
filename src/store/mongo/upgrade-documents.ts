import { inOrder, orAway } from './connection.js';
import { recordOf } from './session-document.js';
import { guardedUpdate, type SessionWork } from './session-records.js';

/** Documents moved at once. */
const MAX_DOCUMENTS = 500;

/** An index of earlier releases that nothing asks any more. Those of `wakeAt` and `dueAt` stay, as a host of such a release may still write. */
const UNUSED_INDEX = 'dueChannel_1_dueLane_1_dueAt_1';

/** Gives some documents of an earlier release the keys of today. Returns true if there may be more. */
export function upgradeDocuments(work: SessionWork): Promise<boolean> {
  const { sessions, cache } = work;
  return orAway(async () => {
    const old = await Promise.all(
      (['dueAt', 'wakeAt'] as const).map((field) =>
        sessions
          .find({ [field]: { $gt: '' } }, { projection: { journal: 0 } })
          .limit(MAX_DOCUMENTS)
          .toArray(),
      ),
    );
    const records = new Map(old.flat().map((document) => [document._id, recordOf(document)]));
    if (records.size === 0) {
      await dropUnusedIndex(sessions);
      return false;
    }
    for (const id of records.keys()) cache.delete(id);
    const ordered = inOrder([...records.values()], ({ id }) => id);
    const writes = ordered.map((record) => ({ updateOne: guardedUpdate(record, { record }) }));
    await sessions.bulkWrite(writes as never, { ordered: false });
    return true;
  });
}

async function dropUnusedIndex(sessions: SessionWork['sessions']): Promise<void> {
  const indexes = await sessions.indexes();
  if (indexes.some(({ name }) => name === UNUSED_INDEX)) await sessions.dropIndex(UNUSED_INDEX);
}
