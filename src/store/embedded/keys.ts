import type { ApiKey, KeyStore } from '../../contract/store/index.js';
import type { Database } from './database.js';
import type { GroupCommit } from './group-commit.js';

export function embeddedKeys(db: Database, group: GroupCommit): KeyStore {
  const insert = db.prepare('INSERT INTO keys (id, hash, key) VALUES (?, ?, ?)');
  const page = db.prepare('SELECT key, used_at FROM keys WHERE id > ? ORDER BY id LIMIT ?');
  const find = db.prepare('SELECT key, used_at FROM keys WHERE id = ?');
  const findByHash = db.prepare('SELECT key, used_at FROM keys WHERE hash = ?');
  const remove = db.prepare('DELETE FROM keys WHERE id = ?');
  const touch = db.prepare('UPDATE keys SET used_at = ? WHERE id = ?');
  const keyOf = (row: Readonly<Record<string, unknown>>): ApiKey => {
    const key = JSON.parse(String(row['key'])) as ApiKey;
    return row['used_at'] === null ? key : { ...key, lastUsedAt: String(row['used_at']) };
  };
  return {
    create: (key) => group.write(() => void insert.run(key.id, key.hash, JSON.stringify(key))),
    list: async ({ after = '', limit }) => page.all(after, limit).map(keyOf),
    find: async (id) => find.all(id).map(keyOf)[0],
    findByHash: async (hash) => findByHash.all(hash).map(keyOf)[0],
    remove: (id) => group.write(() => remove.run(id) > 0),
    touch: (id, at) => group.write(() => void touch.run(at, id)),
  };
}
