import type { Connection, mongo } from 'mongoose';
import type { ContactStore } from '../../contract/store/index.js';
import { orAway, untilDecided } from './connection.js';
import { ENTRIES } from './contact-index.js';
import { insertInBatches, readInBatches } from './in-batches.js';

interface IdentityDocument {
  readonly _id: string;
  readonly session: string;
}
interface Identities {
  /** Both in batches. */
  readonly read: (identity: string) => Promise<IdentityDocument | undefined>;
  readonly insert: (document: IdentityDocument) => Promise<boolean>;
}

export function mongoContacts(connection: Connection): ContactStore & { createIndexes(): Promise<void> } {
  const documents = connection.collection('identities') as never as mongo.Collection<IdentityDocument>;
  const identities: Identities = { read: readInBatches(documents), insert: insertInBatches(documents) };
  return {
    async createIndexes() {
      await documents.createIndex({ session: 1 });
    },
    resolve: (wanted, fresh) => untilDecided(() => tryResolve(identities, wanted, fresh)),
    find: (identity) => orAway(async () => (await identities.read(identity))?.session),
    owners: (wanted) => orAway(() => ownersOf(identities, wanted)),
    async give(wanted, from, to) {
      await orAway(() => documents.updateMany({ _id: { $in: [...wanted] }, session: from }, { $set: { session: to } }));
    },
    async move(loser, winner) {
      await orAway(() => documents.updateMany({ session: loser }, { $set: { session: winner } }));
    },
    async forget(session) {
      await orAway(() => documents.deleteMany({ session }));
      // A host that died may have left it.
      await orAway(() => connection.collection(ENTRIES).deleteOne({ _id: session as never }));
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
  for (const _id of wanted) if (!known.has(_id) && !(await identities.insert({ _id, session }))) return undefined;
  return { value: { session, created: owners.length === 0, others: owners.slice(1) } };
}

async function ownersOf({ read }: Identities, wanted: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = await Promise.all(wanted.map(read));
  return new Map(found.flatMap((one) => (one ? [[one._id, one.session]] : [])));
}
