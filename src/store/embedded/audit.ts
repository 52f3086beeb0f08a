import type { AuditEntry, AuditStore } from '../../contract/store/index.js';
import type { Database } from './database.js';
import type { GroupCommit } from './group-commit.js';

/** Sorts after every id, as ids consist of letters and digits. */
const ABOVE_ALL = '~';

export function embeddedAudit(db: Database, group: GroupCommit): AuditStore {
  const insert = db.prepare('INSERT OR IGNORE INTO audit (id, target, entry) VALUES (?, ?, ?)');
  const page = db.prepare('SELECT entry FROM audit WHERE id < ? ORDER BY id DESC LIMIT ?');
  const pageOf = db.prepare('SELECT entry FROM audit WHERE target = ? AND id < ? ORDER BY id DESC LIMIT ?');
  return {
    add: (entry) => group.write(() => void insert.run(entry.id, entry.target, JSON.stringify(entry))),
    async list({ after = ABOVE_ALL, limit, target }) {
      const rows = target === undefined ? page.all(after, limit) : pageOf.all(target, after, limit);
      return rows.map(({ entry }) => JSON.parse(String(entry)) as AuditEntry);
    },
  };
}
