import type { Connection } from 'mongoose';
import { OperationalError } from '../../contract/host/index.js';
import type { IsoTime } from '../../contract/index.js';
import type { Exported } from '../embedded/export-rows.js';
import { releaseLeases } from '../release-leases.js';
import { orAway } from './connection.js';
import { type Identified, insertMissing } from './insert-once.js';
import { fieldsOf, tombstone } from './session-document.js';

/** The key in `meta` that holds the id of the data file while a database is being filled from it. */
const MARK = 'takingOver';

/** How many documents of each collection were taken over. */
export type TakenOver = Readonly<Record<string, number>>;

/**
 * Fills an empty database with the rows of a data file. Call it again with the same `origin` after an interruption: each document is
 * inserted once.
 *
 * @throws OperationalError `store/not-empty` if the database holds data of another origin.
 */
export async function takeOver(
  connection: Connection,
  exported: Iterable<Exported>,
  { origin, now }: { readonly origin: string; readonly now: IsoTime },
): Promise<TakenOver> {
  return orAway(async () => {
    await claimDatabase(connection, origin);
    const counts: Record<string, number> = {};
    for (const page of exported) {
      const [collection, documents] = documentsOf(page, now);
      await insertMissing(connection.collection(collection), documents as readonly Identified[]);
      counts[page.collection] = (counts[page.collection] ?? 0) + documents.length;
    }
    // Hosts learn by these counters that flows or channels have changed.
    for (const name of ['flows', 'channels'])
      await connection.collection('counters').updateOne({ _id: name as never }, { $inc: { value: 1 } }, { upsert: true });
    await connection.collection('meta').deleteOne({ _id: MARK as never });
    return counts;
  });
}

async function claimDatabase(connection: Connection, origin: string): Promise<void> {
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
