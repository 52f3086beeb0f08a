import type { SignIn, SignInStore } from '../../contract/store/index.js';
import type { Database } from './database.js';
import type { GroupCommit } from './group-commit.js';

export function embeddedSignIns(db: Database, group: GroupCommit): SignInStore {
  const insert = db.prepare('INSERT INTO sign_ins (hash, key, created_at, until) VALUES (?, ?, ?, ?)');
  const find = db.prepare('SELECT hash, key, created_at AS createdAt, until FROM sign_ins WHERE hash = ?');
  const extend = db.prepare('UPDATE sign_ins SET until = ? WHERE hash = ?');
  const remove = db.prepare('DELETE FROM sign_ins WHERE hash = ?');
  const removeOf = db.prepare('DELETE FROM sign_ins WHERE key = ?');
  return {
    create: ({ hash, key, createdAt, until }) => group.write(() => void insert.run(hash, key, createdAt, until)),
    find: async (hash) => find.all(hash)[0] as SignIn | undefined,
    extend: (hash, until) => group.write(() => void extend.run(until, hash)),
    remove: (hash) => group.write(() => void remove.run(hash)),
    removeOf: (key) => group.write(() => void removeOf.run(key)),
  };
}
