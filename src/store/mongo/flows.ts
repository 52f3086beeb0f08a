import type { Connection } from 'mongoose';
import type { FlowCode } from '../../contract/index.js';
import type { FlowStore, StoredFlow } from '../../contract/store/index.js';
import { newFlow, planBind, planDraft, planOffline, planPatch, planPublish, planRollback } from '../plan-flow.js';
import { orAway } from './connection.js';
import { earlierDrafts, fillSummaries, findDraft, findVersion, findVersions, listFlows, onlineFlows } from './find-flows.js';
import { changeFlow, type FlowWork, fieldsOf, openFlows, readFlow, readVersion, type VersionDocument } from './flow-records.js';
import { insertOnce } from './insert-once.js';
import type { Counter } from './meta.js';

interface Prepared {
  createIndexes(): Promise<void>;
  /** Makes flows that a host of an earlier release has written appear in all lists. */
  fillSummaries(): Promise<void>;
}

export function mongoFlows(connection: Connection, counter: Counter): FlowStore & Prepared {
  const work = openFlows(connection, counter);
  return {
    async createIndexes() {
      for (const key of ['state', 'nameKey', 'updatedKey']) await work.flows.collection.createIndex({ [key]: 1 });
      await work.versions.collection.createIndex({ flow: 1, version: 1 });
      await work.drafts.collection.createIndex({ flow: 1, revision: 1 });
    },
    fillSummaries: () => orAway(() => fillSummaries(work)),
    create: (request) => orAway(() => createFlow(work, request)),
    get: (code) => orAway(() => readFlow(work, code)),
    list: (query) => orAway(() => listFlows(work, query)),
    saveDraft: (code, save) => changeFlow(work, code, { plan: (flow) => planDraft(flow, save) }),
    earlierDrafts: (code) => orAway(() => earlierDrafts(work, code)),
    earlierDraft: (code, revision) => orAway(() => findDraft(work, code, revision)),
    patch: (code, patch) => changeFlow(work, code, { plan: (flow) => planPatch(flow, patch), raisesRevision: patch.logging !== undefined }),
    bind: (code, channels, at) => changeFlow(work, code, { plan: (flow) => planBind(flow, channels, at) }),
    publish: (code, publish) =>
      changeFlow(work, code, {
        plan: async (flow) => planPublish(flow, publish, await newestVersion(work, code)),
        raisesRevision: true,
      }),
    rollback: (code, version, at) =>
      changeFlow<'no-version' | StoredFlow>(work, code, {
        plan: async (flow) => ((await hasVersion(work, code, version)) ? planRollback(flow, version, at) : { answer: 'no-version' }),
        raisesRevision: true,
      }),
    takeOffline: (code, at) => changeFlow(work, code, { plan: (flow) => planOffline(flow, at), raisesRevision: true }),
    remove: (code) => orAway(() => removeFlow(work, code)),
    version: (code, version) => orAway(() => findVersion(work, code, version)),
    versions: (code, query) => orAway(() => findVersions(work, code, query)),
    newestVersion: (code) => orAway(() => newestVersion(work, code)),
    revision: () => counter.value(),
    online: () => orAway(() => onlineFlows(work)),
  };
}

async function createFlow({ flows }: FlowWork, request: Parameters<FlowStore['create']>[0]): Promise<'taken' | StoredFlow> {
  const flow = newFlow(request);
  return (await insertOnce(flows.collection, { _id: flow.code, ...fieldsOf(flow, 1) })) ? flow : 'taken';
}

async function newestVersion({ versions }: FlowWork, code: FlowCode): Promise<number> {
  const [newest] = await versions.find({ flow: code }).sort({ version: -1 }).limit(1).lean<VersionDocument[]>();
  return newest?.version ?? 0;
}

async function hasVersion(work: FlowWork, code: FlowCode, version: number): Promise<boolean> {
  const found = await readVersion(work, code, version);
  return found !== null && !found.isDeleted;
}

async function removeFlow(work: FlowWork, code: FlowCode): Promise<'online' | 'removed' | undefined> {
  const { flows, versions, drafts, counter } = work;
  if (!(await readFlow(work, code))) return undefined;
  const { deletedCount } = await flows.deleteOne({ _id: code, state: 'OFFLINE' });
  if (deletedCount === 0) return 'online';
  await drafts.deleteMany({ flow: code });
  await versions.updateMany({ flow: code }, { $set: { isDeleted: true } });
  await counter.raise();
  return 'removed';
}
