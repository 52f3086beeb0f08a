import type { Connection } from 'mongoose';
import type { AuditEntry, AuditStore } from '../../contract/store/index.js';
import { modelOf, orAway } from './connection.js';
import { insertOnce } from './insert-once.js';

interface AuditDocument {
  readonly _id: string;
  readonly target: string;
  readonly entry: string;
}

export function mongoAudit(connection: Connection): AuditStore & { createIndexes(): Promise<void> } {
  const text = { type: String };
  const audit = modelOf<AuditDocument>(connection, 'audit', { target: text, entry: text });
  return {
    async createIndexes() {
      await audit.collection.createIndex({ target: 1, _id: -1 });
    },
    async add(entry) {
      await orAway(() => insertOnce(audit.collection, { _id: entry.id, target: entry.target, entry: JSON.stringify(entry) }));
    },
    list: ({ after, limit, target }) =>
      orAway(async () => {
        const filter = { ...(after === undefined ? {} : { _id: { $lt: after } }), ...(target === undefined ? {} : { target }) };
        const found = await audit.find(filter).sort({ _id: -1 }).limit(limit).lean<AuditDocument[]>();
        return found.map(({ entry }) => JSON.parse(entry) as AuditEntry);
      }),
  };
}
