import type { FlowCode, IsoTime } from '../../contract/index.js';
import type { StoredFlow } from '../../contract/store/index.js';
import { flowKeys, summaryOf } from '../list-flows.js';
import { type EarlierDraft, planThinning } from '../plan-drafts.js';
import { type FlowChange, readStoredFlow } from '../plan-flow.js';
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
    putRow: db.prepare('INSERT OR REPLACE INTO flow_rows (code, name_key, updated_key, summary) VALUES (?, ?, ?, ?)'),
    removeRow: db.prepare('DELETE FROM flow_rows WHERE code = ?'),
    withoutRow: db.prepare('SELECT flow FROM flows WHERE code NOT IN (SELECT code FROM flow_rows)'),
    pages: { code: pagesBy(db, 'code'), name: pagesBy(db, 'name_key'), updatedAt: pagesBy(db, 'updated_key') },
    online: db.prepare("SELECT flow FROM flows WHERE state = 'ONLINE' ORDER BY code"),
    newestVersion: db.prepare('SELECT max(version) AS version FROM versions WHERE flow = ?'),
    addVersion: db.prepare("INSERT INTO versions (flow, version, state, record) VALUES (?, ?, '', ?)"),
    version: db.prepare('SELECT state, record FROM versions WHERE flow = ? AND version = ?'),
    versionsUp: db.prepare(versionPage('>', 'ASC')),
    versionsDown: db.prepare(versionPage('<', 'DESC')),
    keepDraft: db.prepare(
      'INSERT OR REPLACE INTO drafts (flow, revision, saved_at, saved_by, nodes, size, definition) VALUES (?, ?, ?, ?, ?, ?, ?)',
    ),
    drafts: db.prepare(
      'SELECT revision, saved_at AS at, saved_by AS "by", nodes, size FROM drafts WHERE flow = ? AND revision < ? ORDER BY revision DESC',
    ),
    draft: db.prepare('SELECT definition FROM drafts WHERE flow = ? AND revision = ?'),
    dropDraft: db.prepare('DELETE FROM drafts WHERE flow = ? AND revision = ?'),
    dropDrafts: db.prepare('DELETE FROM drafts WHERE flow = ?'),
    markVersionsDeleted: db.prepare("UPDATE versions SET state = 'DELETED' WHERE flow = ?"),
  };
}

function versionPage(than: '<' | '>', order: 'ASC' | 'DESC'): string {
  const columns = "state, json_remove(record, '$.definition') AS record";
  return `SELECT ${columns} FROM versions WHERE flow = ? AND version ${than} ? ORDER BY version ${order} LIMIT ?`;
}

/** Statements that read the rows of flows along an index, up and down. */
function pagesBy(db: Database, key: string) {
  const page = (than: '<' | '>', order: 'ASC' | 'DESC') =>
    db.prepare(`SELECT ${key} AS key, summary FROM flow_rows WHERE ${key} ${than} ? ORDER BY ${key} ${order} LIMIT ?`);
  return { up: page('>', 'ASC'), down: page('<', 'DESC') };
}

/** Writes the row by which lists find and show a flow, so that they need not read its definition. */
export function putRow({ sql }: Pick<FlowWork, 'sql'>, flow: StoredFlow): void {
  const { code, name, updatedAt } = flowKeys(flow);
  sql.putRow.run(code, name, updatedAt, JSON.stringify(summaryOf(flow)));
}

export function readFlow({ sql }: FlowWork, code: FlowCode): StoredFlow | undefined {
  const row = sql.select.all(code)[0];
  return row && flowOf(row);
}

export function flowOf(row: Row): StoredFlow {
  return readStoredFlow(String(row['flow']));
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
    const { answer, flow, version, replaced } = plan(flowOf(row));
    if (version) sql.addVersion.run(code, version.version, JSON.stringify(version));
    if (flow && replaced) keepDraft(sql, replaced, flow.draft.at);
    if (flow) {
      sql.update.run(flow.state, flow.name, JSON.stringify(flow), code);
      putRow({ sql }, flow);
    }
    if (flow && raisesRevision) counter.raise();
    return answer;
  });
}

function keepDraft(sql: FlowWork['sql'], draft: EarlierDraft, now: IsoTime): void {
  const { flow, revision, at, by, nodes, size, definition } = draft;
  sql.keepDraft.run(flow, revision, at, by, nodes, size, definition);
  const kept = sql.drafts.all(flow, revision + 1) as never as readonly EarlierDraft[];
  for (const gone of planThinning(kept, now)) sql.dropDraft.run(flow, gone);
}
