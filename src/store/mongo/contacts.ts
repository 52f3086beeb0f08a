import type { Connection, Model } from 'mongoose';
import type { ContactStore } from '../../contract/store/index.js';
import { modelOf, orAway, untilDecided } from './connection.js';
import { insertOnce } from './insert-once.js';

interface IdentityDocument {
  readonly _id: string;
  readonly session: string;
}
type Identities = Model<IdentityDocument>;

export function mongoContacts(connection: Connection): ContactStore & { createIndexes(): Promise<void> } {
  const identities = modelOf<IdentityDocument>(connection, 'identities', { session: { type: String, required: true } });
  return {
    async createIndexes() {
      await identities.collection.createIndex({ session: 1 });
    },
    resolve: (wanted, fresh) => untilDecided(() => tryResolve(identities, wanted, fresh)),
    find: (identity) => orAway(async () => (await ownersOf(identities, [identity])).get(identity)),
    owners: (wanted) => orAway(() => ownersOf(identities, wanted)),
    async give(wanted, from, to) {
      await orAway(() => identities.updateMany({ _id: { $in: [...wanted] }, session: from }, { $set: { session: to } }));
    },
    async move(loser, winner) {
      await orAway(() => identities.updateMany({ session: loser }, { $set: { session: winner } }));
    },
    async forget(session) {
      await orAway(() => identities.deleteMany({ session }));
    },
  };
}

async function tryResolve(
  identities: Identities,
  wanted: readonly string[],
  fresh: string,
): Promise<{ readonly value: Awaited<ReturnType<ContactStore['resolve']>> } | undefined> {
  const known = await ownersOf(identities, wanted);
  const owners = [...new Set(known.values())].sort();
  const session = owners[0] ?? fresh;
  // In the order given: a host that loses the first identity to another one reads again, and finds that one's session.
  for (const _id of wanted) if (!known.has(_id) && !(await insertOnce(identities.collection, { _id, session }))) return undefined;
  return { value: { session, created: owners.length === 0, others: owners.slice(1) } };
}

async function ownersOf(identities: Identities, wanted: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = await identities.find({ _id: { $in: [...wanted] } }).lean<IdentityDocument[]>();
  return new Map(found.map(({ _id, session }) => [_id, session]));
}
