import type { mongo } from 'mongoose';
import { OperationalError } from '../../contract/host/index.js';
import type { Identified } from './insert-once.js';

const MAX_TRIES = 5;

/**
 * Removes a document. Returns false if there is none. FerretDB removes nothing if the document is updated at the same moment, as a key is when it
 * is used, so the document is looked for afterwards.
 */
export async function removeOne<T extends Identified>(collection: mongo.Collection<T>, id: string): Promise<boolean> {
  const filter = { _id: id } as mongo.Filter<T>;
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    if ((await collection.deleteOne(filter)).deletedCount === 1) return true;
    if ((await collection.findOne(filter, { projection: { _id: 1 } })) === null) return false;
  }
  throw new OperationalError('store/contended', 'the document is updated all the time');
}
