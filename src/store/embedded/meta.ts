import type { MetaStore } from '../../contract/store/index.js';
import type { Database } from './database.js';
import type { GroupCommit } from './group-commit.js';

export function embeddedMeta(db: Database, group: GroupCommit): MetaStore {
  const select = db.prepare('SELECT value FROM meta WHERE key = ?');
  const insert = db.prepare('INSERT OR IGNORE INTO meta (key, value) VALUES (?, ?)');
  const get = (key: string) => select.all(key)[0]?.['value'] as string | undefined;
  return {
    get: async (key) => get(key),
    putIfAbsent: (key, value) =>
      group.write(() => {
        insert.run(key, value);
        return get(key) ?? value;
      }),
  };
}

/** A number that grows with every change of some kind. */
export interface Counter {
  /** Call it within the transaction of the change. */
  raise(): void;
  value(): number;
}

export function embeddedCounter(db: Database, name: string): Counter {
  const select = db.prepare('SELECT value FROM meta WHERE key = ?');
  const put = db.prepare('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value');
  const key = `counter:${name}`;
  const value = () => Number(select.all(key)[0]?.['value'] ?? 0);
  return { value, raise: () => void put.run(key, String(value() + 1)) };
}
