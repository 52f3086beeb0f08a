import type { Connection, mongo } from 'mongoose';
import type { SignIn, SignInStore } from '../../contract/store/index.js';
import { orAway } from './connection.js';
import { removeOne } from './remove-one.js';

type SignInDocument = Omit<SignIn, 'hash'> & { readonly _id: string };

export function mongoSignIns(connection: Connection): SignInStore & { createIndexes(): Promise<void> } {
  const signIns = connection.collection('signIns') as never as mongo.Collection<SignInDocument>;
  return {
    async createIndexes() {
      await signIns.createIndex({ key: 1 });
    },
    create: ({ hash, ...signIn }) => orAway(async () => void (await signIns.insertOne({ _id: hash, ...signIn }))),
    find: (hash) =>
      orAway(async () => {
        const found = await signIns.findOne({ _id: hash });
        if (!found) return undefined;
        const { _id, ...signIn } = found;
        return { hash: _id, ...signIn };
      }),
    extend: (hash, until) => orAway(async () => void (await signIns.updateOne({ _id: hash }, { $set: { until } }))),
    remove: (hash) => orAway(async () => void (await removeOne(signIns, hash))),
    removeOf: (key) => orAway(async () => void (await signIns.deleteMany({ key }))),
  };
}
