import { LRUCache } from 'lru-cache';
import type { ContactStore } from '../../contract/store/index.js';
import type { Database } from './database.js';
import type { GroupCommit } from './group-commit.js';

/** Given to the cache as `maxSize`, because it would allocate memory for `max` entries at once. */
const MAX_CACHED = 20_000;

export interface EmbeddedContacts extends ContactStore {
  /** Returns how many identities are cached. */
  cached(): number;
  /** Drops the cache. Call it when a group of writes was rolled back: what is cached may never have been written. */
  dropCache(): void;
}

export function embeddedContacts(db: Database, group: GroupCommit): EmbeddedContacts {
  const identities: Identities = {
    sql: prepare(db),
    group,
    owners: new LRUCache<string, string>({ maxSize: MAX_CACHED, sizeCalculation: () => 1 }),
  };
  const { sql, owners } = identities;
  /** After a write that moves identities, owners are read again. */
  const write = (work: () => void) =>
    group.write(() => {
      work();
      owners.clear();
    });
  return {
    resolve: (wanted, fresh) => resolve(identities, wanted, fresh),
    find: async (identity) => ownerOf(identities, identity),
    owners: async (wanted) => ownersOf(identities, wanted),
    give: (wanted, from, to) =>
      write(() => {
        for (const identity of wanted) sql.give.run(to, identity, from);
      }),
    move: (loser, winner) => write(() => void sql.move.run(winner, loser)),
    forget: (session) => write(() => void sql.remove.run(session)),
    cached: () => owners.size,
    dropCache: () => owners.clear(),
  };
}

interface Identities {
  readonly sql: ReturnType<typeof prepare>;
  readonly group: GroupCommit;
  /** Sessions by identity, as they are stored: this process alone owns the file. */
  readonly owners: LRUCache<string, string>;
}

function prepare(db: Database) {
  return {
    find: db.prepare('SELECT session FROM identities WHERE identity = ?'),
    insert: db.prepare('INSERT INTO identities (identity, session) VALUES (?, ?)'),
    move: db.prepare('UPDATE identities SET session = ? WHERE session = ?'),
    give: db.prepare('UPDATE identities SET session = ? WHERE identity = ? AND session = ?'),
    remove: db.prepare('DELETE FROM identities WHERE session = ?'),
  };
}

async function resolve(identities: Identities, wanted: readonly string[], fresh: string): ReturnType<ContactStore['resolve']> {
  const known = wanted.map((one) => ownerOf(identities, one));
  const [first] = known;
  // Nearly always all identities are known and are one person's, and nothing has to be written.
  if (first !== undefined && known.every((one) => one === first)) return { session: first, created: false, others: [] };
  return identities.group.write(() => claimIdentities(identities, wanted, fresh));
}

function claimIdentities(identities: Identities, wanted: readonly string[], fresh: string): Awaited<ReturnType<ContactStore['resolve']>> {
  const { sql, owners } = identities;
  const known = [...new Set(ownersOf(identities, wanted).values())].sort();
  const session = known[0] ?? fresh;
  try {
    for (const identity of wanted) {
      if (ownerOf(identities, identity) !== undefined) continue;
      sql.insert.run(identity, session);
      owners.set(identity, session);
    }
  } catch (error) {
    owners.clear();
    throw error;
  }
  return { session, created: known.length === 0, others: known.slice(1) };
}

function ownerOf({ sql, owners }: Identities, identity: string): string | undefined {
  const cached = owners.get(identity);
  if (cached !== undefined) return cached;
  const found = sql.find.all(identity)[0]?.['session'];
  if (typeof found !== 'string') return undefined;
  owners.set(identity, found);
  return found;
}

function ownersOf(identities: Identities, wanted: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const identity of wanted) {
    const session = ownerOf(identities, identity);
    if (session !== undefined) found.set(identity, session);
  }
  return found;
}
