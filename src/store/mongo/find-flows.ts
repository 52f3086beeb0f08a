import type { FlowCode, FlowDefinition } from '../../contract/index.js';
import type {
  DraftSummary,
  FlowQuery,
  FlowStore,
  FlowSummary,
  FlowVersion,
  ListedFlow,
  StoredFlow,
  VersionQuery,
  VersionSummary,
} from '../../contract/store/index.js';
import { fitsQuery, orderOf, summaryOf } from '../list-flows.js';
import { type VersionRecord, versionOf } from '../plan-flow.js';
import {
  type DraftDocument,
  type FlowDocument,
  type FlowWork,
  flowOf,
  listDrafts,
  listFields,
  readFlow,
  readVersion,
  type VersionDocument,
} from './flow-records.js';

const PAGE = 200;

const FIELDS = { code: '_id', name: 'nameKey', updatedAt: 'updatedKey' } as const;

/** Lists flows along an index. Reads page after page until `limit` of them fit the query. */
export async function listFlows(work: FlowWork, query: FlowQuery): Promise<readonly ListedFlow[]> {
  const { by, isDescending, after } = orderOf(query);
  const field = FIELDS[by];
  const fits = fitsQuery(query);
  const found: ListedFlow[] = [];
  for (let from = after; ; ) {
    const page = await work.flows
      .find({ [field]: isDescending ? { $lt: from } : { $gt: from } }, { flow: 0 })
      .sort({ [field]: isDescending ? -1 : 1 })
      .limit(PAGE)
      .lean<Row[]>();
    const rows = await Promise.all(page.map(async (row) => ({ key: String(row[field]), flow: await summaryIn(work, row) })));
    found.push(...rows.filter((row): row is ListedFlow => row.flow !== undefined && fits(row.flow)));
    if (page.length < PAGE || found.length >= query.limit) return found.slice(0, query.limit);
    from = rows.at(-1)?.key ?? from;
  }
}

type Row = Omit<FlowDocument, 'flow'>;

/** A host of an earlier release leaves the summary as it was before its write. */
async function summaryIn(work: FlowWork, { _id, rev, summary, summaryRev }: Row): Promise<FlowSummary | undefined> {
  if (summary !== undefined && rev === summaryRev) return JSON.parse(summary) as FlowSummary;
  const flow = await readFlow(work, _id);
  return flow && summaryOf(flow);
}

export async function fillSummaries({ flows }: FlowWork): Promise<void> {
  const rows = await flows.find({}, { rev: 1, summaryRev: 1 }).lean<Row[]>();
  for (const { _id, rev } of rows.filter((one) => one.rev !== one.summaryRev)) {
    const document = await flows.findById(_id).lean<FlowDocument>();
    if (document?.rev === rev) await flows.updateOne({ _id, rev }, { $set: listFields(flowOf(document), rev) });
  }
}

export async function findVersion(work: FlowWork, code: FlowCode, version: number): Promise<FlowVersion | undefined> {
  const found = await readVersion(work, code, version);
  return found ? versionIn(found, await readFlow(work, code)) : undefined;
}

export async function findVersions(
  work: FlowWork,
  code: FlowCode,
  { after, limit, isNewestFirst = false }: VersionQuery,
): Promise<readonly VersionSummary[]> {
  const flow = await readFlow(work, code);
  const from = isNewestFirst ? { $lt: after ?? Number.MAX_SAFE_INTEGER } : { $gt: after ?? 0 };
  const found = await work.versions
    .find({ flow: code, version: from }, { record: 0 })
    .sort({ version: isNewestFirst ? -1 : 1 })
    .limit(limit)
    .lean<Omit<VersionDocument, 'record'>[]>();
  return Promise.all(found.map(async (one) => versionOf(await summaryOfVersion(work, one), flow, one.isDeleted)));
}

/** Versions that releases before December 2026 have published have no summary. */
async function summaryOfVersion(work: FlowWork, { flow, version, summary }: Omit<VersionDocument, 'record'>) {
  if (summary !== undefined) return JSON.parse(summary) as Omit<VersionRecord, 'definition'>;
  const found = await readVersion(work, flow, version);
  const { definition: _, ...rest } = JSON.parse(found?.record ?? '{}') as VersionRecord;
  return rest;
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
