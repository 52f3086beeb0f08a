import type { FlowStore, StoredFlow } from '../../contract/store/index.js';
import { newFlow, planBind, planDraft, planOffline, planPatch, planPublish, planRollback } from '../plan-flow.js';
import type { Database } from './database.js';
import { earlierDrafts, findDraft, findVersion, findVersions, listFlows, onlineFlows } from './find-flows.js';
import { changeFlow, type FlowWork, flowOf, prepareFlows, putRow, readFlow } from './flow-records.js';
import type { GroupCommit } from './group-commit.js';
import type { Counter } from './meta.js';

export function embeddedFlows(db: Database, group: GroupCommit, counter: Counter): FlowStore & { fillRows(): Promise<void> } {
  const work: FlowWork = { sql: prepareFlows(db), group, counter };
  const { sql } = work;
  return {
    // Releases before December 2026 have written flows without rows.
    fillRows: () =>
      group.write(() => {
        for (const row of sql.withoutRow.all()) putRow(work, flowOf(row));
      }),
    create: (request) =>
      group.write(() => {
        const flow = newFlow(request);
        if (sql.insert.run(flow.code, flow.state, flow.name, JSON.stringify(flow)) === 0) return 'taken';
        putRow(work, flow);
        return flow;
      }),
    get: async (code) => readFlow(work, code),
    list: async (query) => listFlows(work, query),
    saveDraft: (code, save) => changeFlow(work, code, { plan: (flow) => planDraft(flow, save) }),
    earlierDrafts: async (code) => earlierDrafts(work, code),
    earlierDraft: async (code, revision) => findDraft(work, code, revision),
    patch: (code, patch) => changeFlow(work, code, { plan: (flow) => planPatch(flow, patch), raisesRevision: patch.logging !== undefined }),
    bind: (code, channels, at) => changeFlow(work, code, { plan: (flow) => planBind(flow, channels, at) }),
    publish: (code, publish) =>
      changeFlow(work, code, {
        plan: (flow) => planPublish(flow, publish, newestVersion(work, code)),
        raisesRevision: true,
      }),
    rollback: (code, version, at) =>
      changeFlow<'no-version' | StoredFlow>(work, code, {
        plan: (flow) => (hasVersion(work, code, version) ? planRollback(flow, version, at) : { answer: 'no-version' }),
        raisesRevision: true,
      }),
    takeOffline: (code, at) => changeFlow(work, code, { plan: (flow) => planOffline(flow, at), raisesRevision: true }),
    remove: (code) => group.write(() => removeFlow(work, code)),
    version: async (code, version) => findVersion(work, code, version),
    versions: async (code, query) => findVersions(work, code, query),
    newestVersion: async (code) => newestVersion(work, code),
    revision: async () => counter.value(),
    online: async () => onlineFlows(work),
  };
}

function newestVersion({ sql }: FlowWork, code: string): number {
  return Number(sql.newestVersion.all(code)[0]?.['version'] ?? 0);
}

function hasVersion({ sql }: FlowWork, code: string, version: number): boolean {
  return sql.version.all(code, version).some((row) => row['state'] !== 'DELETED');
}

function removeFlow(work: FlowWork, code: string): 'online' | 'removed' | undefined {
  const flow = readFlow(work, code);
  if (!flow) return undefined;
  if (flow.state === 'ONLINE') return 'online';
  work.sql.remove.run(code);
  work.sql.removeRow.run(code);
  work.sql.dropDrafts.run(code);
  work.sql.markVersionsDeleted.run(code);
  work.counter.raise();
  return 'removed';
}
