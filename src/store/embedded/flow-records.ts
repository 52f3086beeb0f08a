import type { FlowCode } from '../../contract/index.js';
import type { StoredFlow } from '../../contract/store/index.js';
import type { FlowChange } from '../plan-flow.js';
import type { Database } from './database.js';
import type { GroupCommit } from './group-commit.js';
import type { Counter } from './meta.js';
import type { Row } from './sql-values.js';

/** What the verbs on flows work with. */
export interface FlowWork {
  readonly sql: ReturnType<typeof prepareFlows>;
  readonly group: GroupCommit;
  readonly counter: Counter;
}

export function prepareFlows(db: Database) {
  return {
    select: db.prepare('SELECT flow FROM flows WHERE code = ?'),
    insert: db.prepare('INSERT OR IGNORE INTO flows (code, state, name, flow) VALUES (?, ?, ?, ?)'),
    update: db.prepare('UPDATE flows SET state = ?, name = ?, flow = ? WHERE code = ?'),
    remove: db.prepare('DELETE FROM flows WHERE code = ?'),
    page: db.prepare('SELECT flow FROM flows WHERE code > ? ORDER BY code LIMIT ?'),
    online: db.prepare("SELECT flow FROM flows WHERE state = 'ONLINE' ORDER BY code"),
    newestVersion: db.prepare('SELECT max(version) AS version FROM versions WHERE flow = ?'),
    addVersion: db.prepare("INSERT INTO versions (flow, version, state, record) VALUES (?, ?, '', ?)"),
    version: db.prepare('SELECT state, record FROM versions WHERE flow = ? AND version = ?'),
    versionPage: db.prepare('SELECT state, record FROM versions WHERE flow = ? AND version > ? ORDER BY version LIMIT ?'),
    markVersionsDeleted: db.prepare("UPDATE versions SET state = 'DELETED' WHERE flow = ?"),
  };
}

export function readFlow({ sql }: FlowWork, code: FlowCode): StoredFlow | undefined {
  const row = sql.select.all(code)[0];
  return row && flowOf(row);
}

export function flowOf(row: Row): StoredFlow {
  return JSON.parse(String(row['flow'])) as StoredFlow;
}

/**
 * Reads a flow, plans a change, and writes it, in one transaction. `raisesRevision`: every host has to learn of the change.
 * Undefined if there is no such flow.
 */
export function changeFlow<T>(
  { sql, group, counter }: FlowWork,
  code: FlowCode,
  { plan, raisesRevision = false }: { readonly plan: (flow: StoredFlow) => FlowChange<T>; readonly raisesRevision?: boolean },
): Promise<T | undefined> {
  return group.write(() => {
    const row = sql.select.all(code)[0];
    if (!row) return undefined;
    const { answer, flow, version } = plan(flowOf(row));
    if (version) sql.addVersion.run(code, version.version, JSON.stringify(version));
    if (flow) sql.update.run(flow.state, flow.name, JSON.stringify(flow), code);
    if (flow && raisesRevision) counter.raise();
    return answer;
  });
}
