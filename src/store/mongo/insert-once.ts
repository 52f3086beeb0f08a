import mongoose from 'mongoose';
import { inOrder } from './connection.js';

/** The code of MongoDB for a unique key that exists already. */
const DUPLICATE_KEY = 11_000;

export interface Identified {
  readonly _id: string;
}
interface Target {
  insertMany(documents: never, options: { readonly ordered: false }): Promise<unknown>;
}

/** Inserts a document. Returns false if there is one with its key already. */
export async function insertOnce<T extends Identified>(collection: Target, document: T): Promise<boolean> {
  return (await insertMissing(collection, [document]))[0] === true;
}

/** Inserts those of the documents whose keys are not there yet. Returns for each whether it was inserted. */
export async function insertMissing(collection: Target, documents: readonly Identified[]): Promise<readonly boolean[]> {
  const ordered = inOrder(documents, ({ _id }) => _id);
  try {
    await collection.insertMany(ordered as never, { ordered: false });
    return documents.map(() => true);
  } catch (error) {
    if (!hasDuplicateKeysOnly(error)) throw error;
    const missed = new Set([error.writeErrors].flat().map(({ index }) => ordered[index]));
    return documents.map((document) => !missed.has(document));
  }
}

/**
 * Does upserts that have a condition beside the id. One of them fails with a duplicate key if its document does not fit the condition, but also
 * if another upsert has inserted the document at the same moment. So they are done once more: then only the first reason is left.
 */
export async function upsertWhereFit(upsert: () => Promise<unknown>): Promise<void> {
  if (await hasNoDuplicates(upsert)) return;
  await hasNoDuplicates(upsert);
}

async function hasNoDuplicates(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (!hasDuplicateKeysOnly(error)) throw error;
    return false;
  }
}

function hasDuplicateKeysOnly(error: unknown): error is mongoose.mongo.MongoBulkWriteError {
  if (!(error instanceof mongoose.mongo.MongoBulkWriteError)) return false;
  return [error.writeErrors].flat().every(({ code }) => code === DUPLICATE_KEY) && error.result.getWriteConcernError() === undefined;
}
