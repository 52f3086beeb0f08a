import type { Connection, Model } from 'mongoose';
import type { MetaStore } from '../../contract/store/index.js';
import { modelOf, orAway } from './connection.js';
import { insertOnce } from './insert-once.js';

interface MetaDocument {
  readonly _id: string;
  readonly value: string;
}

export function mongoMeta(connection: Connection): MetaStore {
  const meta = modelOf<MetaDocument>(connection, 'meta', { value: { type: String } });
  const get = async (key: string) => (await meta.findById(key).lean<MetaDocument>())?.value;
  return {
    get: (key) => orAway(() => get(key)),
    putIfAbsent: (key, value) =>
      orAway(async () => {
        await insertOnce(meta.collection, { _id: key, value });
        return (await get(key)) ?? value;
      }),
  };
}

/** A number that grows with every change of some kind, on any host. */
export interface Counter {
  raise(): Promise<void>;
  value(): Promise<number>;
}

interface CounterDocument {
  readonly _id: string;
  readonly value: number;
}

export async function openCounter(connection: Connection, name: string): Promise<Counter> {
  const counters =
    (connection.models['counters'] as Model<CounterDocument> | undefined) ??
    modelOf<CounterDocument>(connection, 'counters', { value: { type: Number } });
  // Created now, because of two upserts at the same time one may fail.
  await insertOnce(counters.collection, { _id: name, value: 0 });
  return {
    async raise() {
      await orAway(() => counters.updateOne({ _id: name }, { $inc: { value: 1 } }));
    },
    value: () => orAway(async () => (await counters.findById(name).lean<CounterDocument>())?.value ?? 0),
  };
}
