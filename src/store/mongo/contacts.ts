import type { Connection } from 'mongoose';
import type { ContactStore } from '../../contract/index.js';
import { isTaken, modelOf, reading, untilDecided } from './connection.js';

interface IdentityDocument {
  readonly _id: string;
  readonly session: string;
}

export function mongoContacts(connection: Connection): ContactStore & { createIndexes(): Promise<void> } {
  const identities = modelOf<IdentityDocument>(connection, 'identities', { session: { type: String, required: true } });

  async function ownersOf(wanted: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const found = await identities.find({ _id: { $in: [...wanted] } }).lean<IdentityDocument[]>();
    return new Map(found.map(({ _id, session }) => [_id, session]));
  }

  /** False when somebody else was first. */
  async function claim(_id: string, session: string): Promise<boolean> {
    try {
      await identities.collection.insertOne({ _id, session } as never);
      return true;
    } catch (error) {
      if (isTaken(error)) return false;
      throw error;
    }
  }

  return {
    async createIndexes() {
      await identities.collection.createIndex({ session: 1 });
    },
    resolve: (wanted, fresh) =>
      untilDecided(async () => {
        const known = await ownersOf(wanted);
        const owners = [...new Set(known.values())].sort();
        const session = owners[0] ?? fresh;
        // In the order given: who loses the first one reads again, and finds the winner.
        for (const identity of wanted) if (!known.has(identity) && !(await claim(identity, session))) return undefined;
        return { value: { session, created: owners.length === 0, others: owners.slice(1) } };
      }),
    find: (identity) => reading(async () => (await ownersOf([identity])).get(identity)),
    owners: (wanted) => reading(() => ownersOf(wanted)),
    async give(wanted, from, to) {
      await reading(() => identities.updateMany({ _id: { $in: [...wanted] }, session: from }, { $set: { session: to } }));
    },
    async move(loser, winner) {
      await reading(() => identities.updateMany({ session: loser }, { $set: { session: winner } }));
    },
    async forget(session) {
      await reading(() => identities.deleteMany({ session }));
    },
  };
}
