import type { FlowCode, FlowDefinition } from '../../contract/index.js';
import type { DraftSummary, FlowStore, FlowVersion, StoredFlow } from '../../contract/store/index.js';
import { holdsText, type VersionRecord, versionOf } from '../plan-flow.js';
import {
  type DraftDocument,
  type FlowDocument,
  type FlowWork,
  flowOf,
  listDrafts,
  readFlow,
  readVersion,
  type VersionDocument,
} from './flow-records.js';

const PAGE = 200;

/** Lists flows in the order of their codes. Reads page after page until `limit` of them fit the query. */
export async function listFlows(
  { flows }: FlowWork,
  { after = '', limit, text, state }: Parameters<FlowStore['list']>[0],
): Promise<readonly StoredFlow[]> {
  const found: StoredFlow[] = [];
  let from = after;
  while (found.length < limit) {
    const page = await flows
      .find({ _id: { $gt: from }, ...(state === undefined ? {} : { state }) })
      .sort({ _id: 1 })
      .limit(PAGE)
      .lean<FlowDocument[]>();
    found.push(...page.map(flowOf).filter((flow) => text === undefined || holdsText(flow, text)));
    from = page.at(-1)?._id ?? from;
    if (page.length < PAGE) break;
  }
  return found.slice(0, limit);
}

export async function findVersion(work: FlowWork, code: FlowCode, version: number): Promise<FlowVersion | undefined> {
  const found = await readVersion(work, code, version);
  return found ? versionIn(found, await readFlow(work, code)) : undefined;
}

export async function findVersions(
  work: FlowWork,
  code: FlowCode,
  { after = 0, limit }: Parameters<FlowStore['versions']>[1],
): Promise<readonly FlowVersion[]> {
  const flow = await readFlow(work, code);
  const found = await work.versions
    .find({ flow: code, version: { $gt: after } })
    .sort({ version: 1 })
    .limit(limit)
    .lean<VersionDocument[]>();
  return found.map((one) => versionIn(one, flow));
}

export async function onlineFlows({ flows, versions }: FlowWork): ReturnType<FlowStore['online']> {
  const found = (await flows.find({ state: 'ONLINE' }).sort({ _id: 1 }).lean<FlowDocument[]>()).map(flowOf);
  const ids = found.map(({ code, version }) => `${code}@${version}`);
  const byId = new Map((await versions.find({ _id: { $in: ids } }).lean<VersionDocument[]>()).map((one) => [one._id, one]));
  return found.flatMap((flow) => {
    const version = byId.get(`${flow.code}@${flow.version}`);
    return version ? [{ flow, version: versionIn(version, flow) }] : [];
  });
}

export async function earlierDrafts(work: FlowWork, code: FlowCode): Promise<readonly DraftSummary[]> {
  const flow = await readFlow(work, code);
  const found = flow ? await listDrafts(work.drafts, code, flow.draft.revision) : [];
  return found.map(({ revision, at, by, nodes }) => ({ revision, at, by, nodes }));
}

export async function findDraft({ drafts }: FlowWork, code: FlowCode, revision: number): Promise<FlowDefinition | undefined> {
  const found = await drafts.findById(`${code}@${revision}`).lean<DraftDocument>();
  return found ? (JSON.parse(found.definition) as FlowDefinition) : undefined;
}

function versionIn(found: VersionDocument, flow: StoredFlow | undefined): FlowVersion {
  return versionOf(JSON.parse(found.record) as VersionRecord, flow, found.isDeleted);
}
