import type { Connection } from 'mongoose';
import type { ApiKey, KeyStore } from '../../contract/store/index.js';
import { modelOf, orAway } from './connection.js';
import { removeOne } from './remove-one.js';

interface KeyDocument {
  readonly _id: string;
  readonly hash: string;
  readonly key: string;
  readonly usedAt?: string;
}

export function mongoKeys(connection: Connection): KeyStore & { createIndexes(): Promise<void> } {
  const text = { type: String };
  const keys = modelOf<KeyDocument>(connection, 'keys', { hash: text, key: text, usedAt: text });
  const keyOf = ({ key, usedAt }: KeyDocument): ApiKey => {
    const read = JSON.parse(key) as ApiKey;
    return usedAt === undefined ? read : { ...read, lastUsedAt: usedAt };
  };
  const findOne = async (by: Partial<KeyDocument>): Promise<ApiKey | undefined> => {
    const found = await keys.findOne(by).lean<KeyDocument>();
    return found ? keyOf(found) : undefined;
  };
  return {
    async createIndexes() {
      await keys.collection.createIndex({ hash: 1 }, { unique: true });
    },
    create: (key) =>
      orAway(async () => void (await keys.collection.insertOne({ _id: key.id, hash: key.hash, key: JSON.stringify(key) } as never))),
    list: ({ after = '', limit }) =>
      orAway(async () => {
        const found = await keys
          .find({ _id: { $gt: after } })
          .sort({ _id: 1 })
          .limit(limit)
          .lean<KeyDocument[]>();
        return found.map(keyOf);
      }),
    find: (id) => orAway(() => findOne({ _id: id })),
    findByHash: (hash) => orAway(() => findOne({ hash })),
    remove: (id) => orAway(() => removeOne(keys.collection as never, id)),
    touch: (id, at) => orAway(async () => void (await keys.updateOne({ _id: id }, { $set: { usedAt: at } }))),
  };
}
