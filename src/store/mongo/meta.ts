import type { Connection, Model } from 'mongoose';
import type { MetaStore } from '../../contract/index.js';
import { isTaken, modelOf, reading } from './connection.js';

interface MetaDocument {
  readonly _id: string;
  readonly value: string;
}

export function mongoMeta(connection: Connection): MetaStore {
  const meta = modelOf<MetaDocument>(connection, 'meta', { value: { type: String } });
  const get = async (key: string) => (await meta.findById(key).lean<MetaDocument>())?.value;
  return {
    get: (key) => reading(() => get(key)),
    putIfAbsent: (key, value) =>
      reading(async () => {
        await meta.collection.insertOne({ _id: key, value } as never).catch((error: unknown) => {
          if (!isTaken(error)) throw error;
        });
        return (await get(key)) ?? value;
      }),
  };
}

/** A number that grows with every change of a kind, on any host. */
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
  // Made beforehand: racing upserts may each believe to be the first.
  await counters.collection.insertOne({ _id: name, value: 0 } as never).catch((error: unknown) => {
    if (!isTaken(error)) throw error;
  });
  return {
    async raise() {
      await reading(() => counters.updateOne({ _id: name }, { $inc: { value: 1 } }));
    },
    value: () => reading(async () => (await counters.findById(name).lean<CounterDocument>())?.value ?? 0),
  };
}
