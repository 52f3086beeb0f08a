import type { ContactStore } from '../../contract/index.js';
import type { Database } from './database.js';
import type { GroupCommit } from './group-commit.js';

export function embeddedContacts(db: Database, group: GroupCommit): ContactStore {
  const find = db.prepare('SELECT session FROM identities WHERE identity = ?');
  const insert = db.prepare('INSERT INTO identities (identity, session) VALUES (?, ?)');
  const move = db.prepare('UPDATE identities SET session = ? WHERE session = ?');
  const owner = (identity: string) => find.all(identity)[0]?.['session'] as string | undefined;

  return {
    async resolve(identities, fresh) {
      const known = identities.map(owner);
      const first = known[0];
      // The usual case needs no write: one person, all identities known.
      if (first !== undefined && known.every((one) => one === first)) return { session: first, created: false, others: [] };
      return group.write(() => {
        const owners = [...new Set(identities.map(owner).filter((one) => one !== undefined))].sort();
        const session = owners[0] ?? fresh;
        for (const identity of identities) if (owner(identity) === undefined) insert.run(identity, session);
        return { session, created: owners.length === 0, others: owners.slice(1) };
      });
    },
    async find(identity) {
      return owner(identity);
    },
    async move(loser, winner) {
      await group.write(() => void move.run(winner, loser));
    },
  };
}
