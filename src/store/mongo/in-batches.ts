import type { mongo } from 'mongoose';
import { isServerError } from './connection.js';
import { insertMissing } from './insert-once.js';

/** Most items of one operation. */
const MAX_ITEMS = 200;

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Returns a function that collects its items, and handles those of one tick of the event loop in one operation of the server, as the embedded
 * store writes them in one transaction (`group-commit.ts`). So what many people need at the same time costs little more than one of them.
 * `operate` returns a result for each item, in their order. If the server refuses an operation, each item is tried alone, so that the one that
 * is wrong fails alone; `operate` must be harmless when repeated.
 */
export function inBatches<Item, Result>(operate: (items: readonly Item[]) => Promise<readonly Result[]>): (item: Item) => Promise<Result> {
  let waiting: Waiting<Item, Result>[] = [];

  async function handle(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await operate(batch.map(({ item }) => item));
      for (const [i, { resolve }] of batch.entries()) resolve(results[i] as Result);
    } catch (error) {
      if (batch.length > 1 && isServerError(error)) await Promise.all(batch.map((one) => handle([one])));
      else for (const { reject } of batch) reject(error);
    }
  }

  function flush(): void {
    const all = waiting;
    waiting = [];
    for (let i = 0; i < all.length; i += MAX_ITEMS) void handle(all.slice(i, i + MAX_ITEMS));
  }

  return (item) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ item, resolve, reject });
    });
}

/** Returns a function that reads a document by its id, in batches. */
export function readInBatches<T extends { readonly _id: string }>(
  collection: mongo.Collection<T>,
  options: mongo.FindOptions = {},
): (id: string) => Promise<T | undefined> {
  return inBatches(async (ids) => {
    const filter = { _id: { $in: [...new Set(ids)] } } as mongo.Filter<T>;
    const found = new Map((await collection.find<T>(filter, options).toArray()).map((one) => [one._id, one]));
    return ids.map((id) => found.get(id));
  });
}

/** Returns a function that inserts a document, in batches. It returns false if there is one with its key already. */
export function insertInBatches<T extends { readonly _id: string }>(collection: mongo.Collection<T>): (document: T) => Promise<boolean> {
  return inBatches((documents) => insertMissing(collection, documents));
}
