import { dueKeysOf } from '../due-keys.js';
import { orAway } from './connection.js';
import { recordOf } from './session-document.js';
import type { SessionWork } from './session-records.js';
import { shardOf } from './shards.js';

/** Documents moved at once. */
const MAX_DOCUMENTS = 500;

/** Gives some documents of an earlier release the keys of today. Returns true if there may be more. */
export function upgradeDocuments({ sessions, cache }: SessionWork): Promise<boolean> {
  return orAway(async () => {
    const old = await Promise.all(
      (['dueAt', 'wakeAt'] as const).map((field) =>
        sessions
          .find({ [field]: { $gt: '' } }, { projection: { journal: 0 } })
          .limit(MAX_DOCUMENTS)
          .toArray(),
      ),
    );
    const writes = old.flat().map((document) => {
      const { _id, rev } = document;
      cache.delete(_id);
      const unset = { wakeAt: '', dueAt: '', dueChannel: '', dueLane: '' } as const;
      const update = { $set: { ...dueKeysOf(recordOf(document), shardOf(_id)) }, $unset: unset };
      return { updateOne: { filter: { _id, rev }, update } };
    });
    if (writes.length > 0) await sessions.bulkWrite(writes as never, { ordered: false });
    return writes.length > 0;
  });
}
