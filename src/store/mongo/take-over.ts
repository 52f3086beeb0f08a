import type { Connection } from 'mongoose';
import { type IsoTime, OperationalError } from '../../contract/index.js';
import type { Exported } from '../embedded/export-rows.js';
import { releaseLeases } from '../release-leases.js';
import { areTaken, reading } from './connection.js';
import { fieldsOf, tombstone } from './session-document.js';

/** Stands in `meta` while a database is being filled from a data file, with the file's own id. */
const MARK = 'takingOver';

/** How many documents of each collection the database holds now. */
export type TakenOver = Readonly<Record<string, number>>;

/**
 * Fills an empty database with what a data file holds. Rejects with `store/not-empty` where the database holds something of another
 * origin. Each document is inserted once however often this is called: after an interruption it is called again with the same `origin`.
 */
export async function takeOver(
  connection: Connection,
  exported: Iterable<Exported>,
  { origin, now }: { readonly origin: string; readonly now: IsoTime },
): Promise<TakenOver> {
  return reading(async () => {
    await refuseOthers(connection, origin);
    const counts: Record<string, number> = {};
    for (const page of exported) {
      const [collection, documents] = documentsOf(page, now);
      await connection
        .collection(collection)
        .insertMany(documents as never, { ordered: false })
        .catch((error: unknown) => {
          if (!areTaken(error)) throw error;
        });
      counts[page.collection] = (counts[page.collection] ?? 0) + documents.length;
    }
    // Hosts look at a counter to learn that something was published or changed.
    for (const name of ['flows', 'channels'])
      await connection.collection('counters').updateOne({ _id: name as never }, { $inc: { value: 1 } }, { upsert: true });
    await connection.collection('meta').deleteOne({ _id: MARK as never });
    return counts;
  });
}

async function refuseOthers(connection: Connection, origin: string): Promise<void> {
  const meta = connection.collection('meta');
  const mark = await meta.findOne({ _id: MARK as never });
  if (mark?.['value'] === origin) return;
  for (const name of ['sessions', 'flows', 'channels', 'turns', 'identities']) {
    if (mark || (await connection.collection(name).findOne({}, { projection: { _id: 1 } })))
      throw new OperationalError('store/not-empty', 'the database holds data of another origin; migrate into an empty one');
  }
  await meta.insertOne({ _id: MARK as never, value: origin });
}

function documentsOf(page: Exported, now: IsoTime): readonly [collection: string, documents: readonly object[]] {
  if ('records' in page) {
    return ['sessions', page.records.map(({ id, record }) => ({ _id: id, ...fieldsOf(releaseLeases(record, now)).set, journal: [] }))];
  }
  if (page.collection === 'forgotten') {
    return [
      'sessions',
      page.rows.map(({ id, at, mergedInto }) => ({
        _id: id,
        ...tombstone({ rev: 0, ...(typeof mergedInto === 'string' ? { mergedInto } : {}) }, String(at)),
      })),
    ];
  }
  const isVersion = page.collection === 'versions';
  return [page.collection, isVersion ? page.rows.map((row) => ({ ...row, isDeleted: row['isDeleted'] === 1 })) : page.rows];
}
