import { LRUCache } from 'lru-cache';
import type { ContactStore } from '../../contract/index.js';
import type { Database } from './database.js';
import type { GroupCommit } from './group-commit.js';

/** Identities that are asked for with every message; the file has but one owner, so what is remembered is what is stored. */
const REMEMBERED = 20_000;

export interface EmbeddedContacts extends ContactStore {
  /** After a group that was lost: what is remembered may never have been written. */
  undo(): void;
}

export function embeddedContacts(db: Database, group: GroupCommit): EmbeddedContacts {
  const find = db.prepare('SELECT session FROM identities WHERE identity = ?');
  const insert = db.prepare('INSERT INTO identities (identity, session) VALUES (?, ?)');
  const move = db.prepare('UPDATE identities SET session = ? WHERE session = ?');
  const give = db.prepare('UPDATE identities SET session = ? WHERE identity = ? AND session = ?');
  const remove = db.prepare('DELETE FROM identities WHERE session = ?');
  const owners = new LRUCache<string, string>({ max: REMEMBERED });
  const owner = (identity: string): string | undefined => {
    const known = owners.get(identity);
    if (known !== undefined) return known;
    const found = find.all(identity)[0]?.['session'];
    if (typeof found !== 'string') return undefined;
    owners.set(identity, found);
    return found;
  };

  return {
    async resolve(identities, fresh) {
      const known = identities.map(owner);
      const first = known[0];
      // The usual case needs no write: one person, all identities known.
      if (first !== undefined && known.every((one) => one === first)) return { session: first, created: false, others: [] };
      return group.write(() => {
        const known = [...new Set(identities.map(owner).filter((one) => one !== undefined))].sort();
        const session = known[0] ?? fresh;
        try {
          for (const identity of identities) {
            if (owner(identity) !== undefined) continue;
            insert.run(identity, session);
            owners.set(identity, session);
          }
        } catch (error) {
          owners.clear();
          throw error;
        }
        return { session, created: known.length === 0, others: known.slice(1) };
      });
    },
    async find(identity) {
      return owner(identity);
    },
    async owners(identities) {
      return new Map(
        identities.flatMap((one) => {
          const session = owner(one);
          return session === undefined ? [] : [[one, session] as const];
        }),
      );
    },
    give: (identities, from, to) =>
      group.write(() => {
        for (const identity of identities) give.run(to, identity, from);
        owners.clear();
      }),
    async move(loser, winner) {
      await group.write(() => {
        move.run(winner, loser);
        owners.clear();
      });
    },
    forget: (session) =>
      group.write(() => {
        remove.run(session);
        owners.clear();
      }),
    undo: () => owners.clear(),
  };
}
