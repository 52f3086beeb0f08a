import mongoose from 'mongoose';

/** The code of MongoDB for a unique key that exists already. */
const DUPLICATE_KEY = 11_000;

/** Inserts a document. Returns false if there is one with its key already. */
export async function insertOnce(collection: { insertOne(document: never): Promise<unknown> }, document: object): Promise<boolean> {
  try {
    await collection.insertOne(document as never);
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

/** Inserts those of the documents whose keys are not there yet. */
export async function insertMissing(
  collection: { insertMany(documents: never, options: { readonly ordered: false }): Promise<unknown> },
  documents: readonly object[],
): Promise<void> {
  try {
    await collection.insertMany(documents as never, { ordered: false });
  } catch (error) {
    if (!hasDuplicateKeysOnly(error)) throw error;
  }
}

function hasDuplicateKeysOnly(error: unknown): boolean {
  if (!(error instanceof mongoose.mongo.MongoBulkWriteError)) return isDuplicateKey(error);
  return [error.writeErrors].flat().every(({ code }) => code === DUPLICATE_KEY) && error.result.getWriteConcernError() === undefined;
}

function isDuplicateKey(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === DUPLICATE_KEY;
}
