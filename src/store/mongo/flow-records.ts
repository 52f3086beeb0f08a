import type { Connection, Model } from 'mongoose';
import type { FlowCode, IsoTime } from '../../contract/index.js';
import type { StoredFlow } from '../../contract/store/index.js';
import { flowKeys, summaryOf } from '../list-flows.js';
import { type EarlierDraft, planThinning } from '../plan-drafts.js';
import { type FlowChange, readStoredFlow, type VersionRecord } from '../plan-flow.js';
import { modelOf, untilDecided } from './connection.js';
import type { Counter } from './meta.js';

export interface FlowDocument {
  readonly _id: string;
  readonly rev: number;
  readonly state: 'ONLINE' | 'OFFLINE';
  /** The StoredFlow as JSON text. */
  readonly flow: string;
  /** The FlowSummary as JSON text, and the `rev` that it was made for. Hosts of releases before December 2026 do not write it. */
  readonly summary?: string;
  readonly summaryRev?: number;
  readonly nameKey?: string;
  readonly updatedKey?: string;
}
export interface VersionDocument {
  /** `<flow>@<version>`. */
  readonly _id: string;
  readonly flow: string;
  readonly version: number;
  readonly isDeleted: boolean;
  /** The VersionRecord as JSON text. */
  readonly record: string;
  /** The same without the definition, for lists. */
  readonly summary?: string;
}

export interface DraftDocument extends EarlierDraft {
  /** `<flow>@<revision>`. */
  readonly _id: string;
}

/** What the verbs on flows work with. */
export interface FlowWork {
  readonly flows: Model<FlowDocument>;
  readonly versions: Model<VersionDocument>;
  readonly drafts: Model<DraftDocument>;
  readonly counter: Counter;
}

export function openFlows(connection: Connection, counter: Counter): FlowWork {
  return {
    flows: modelOf<FlowDocument>(connection, 'flows', {
      rev: { type: Number },
      state: { type: String },
      flow: { type: String },
      summary: { type: String },
      summaryRev: { type: Number },
      nameKey: { type: String },
      updatedKey: { type: String },
    }),
    versions: modelOf<VersionDocument>(connection, 'versions', {
      flow: { type: String },
      version: { type: Number },
      isDeleted: { type: Boolean },
      record: { type: String },
      summary: { type: String },
    }),
    drafts: modelOf<DraftDocument>(connection, 'drafts', {
      flow: { type: String },
      revision: { type: Number },
      at: { type: String },
      by: { type: String },
      nodes: { type: Number },
      size: { type: Number },
      definition: { type: String },
    }),
    counter,
  };
}

/** Returns what is stored of a flow beside its code. */
export function fieldsOf(flow: StoredFlow, rev: number): Omit<FlowDocument, '_id'> {
  return { rev, state: flow.state, flow: JSON.stringify(flow), ...listFields(flow, rev) };
}

/** Returns the fields by which lists find and show a flow. */
export function listFields(flow: StoredFlow, rev: number) {
  const { name, updatedAt } = flowKeys(flow);
  return { summary: JSON.stringify(summaryOf(flow)), summaryRev: rev, nameKey: name, updatedKey: updatedAt };
}

export async function readFlow({ flows }: FlowWork, code: FlowCode): Promise<StoredFlow | undefined> {
  const found = await flows.findById(code).lean<FlowDocument>();
  return found ? flowOf(found) : undefined;
}

export function readVersion({ versions }: FlowWork, code: FlowCode, version: number) {
  return versions.findById(`${code}@${version}`).lean<VersionDocument>();
}

export function flowOf({ flow }: FlowDocument): StoredFlow {
  return readStoredFlow(flow);
}

/**
 * Reads a flow, plans a change, and writes it unless somebody else has written meanwhile; then it reads and plans again. `raisesRevision`:
 * every host has to learn of the change. Undefined if there is no such flow.
 */
export async function changeFlow<T>(
  work: FlowWork,
  code: FlowCode,
  {
    plan,
    raisesRevision = false,
  }: { readonly plan: (flow: StoredFlow) => FlowChange<T> | Promise<FlowChange<T>>; readonly raisesRevision?: boolean },
): Promise<T | undefined> {
  const answer = await untilDecided<T | undefined>(async () => {
    const before = await work.flows.findById(code).lean<FlowDocument>();
    if (!before) return { value: undefined };
    const change = await plan(flowOf(before));
    return (await writeChange(work, before, change)) ? { value: change.answer } : undefined;
  });
  if (raisesRevision) await work.counter.raise();
  return answer;
}

async function writeChange<T>(
  { flows, versions, drafts }: FlowWork,
  { _id, rev }: FlowDocument,
  { flow, version, replaced }: FlowChange<T>,
): Promise<boolean> {
  if (version) {
    await versions.collection.insertOne(versionDocument(version) as never);
  }
  if (!flow) return true;
  if (replaced) await putDraft(drafts, replaced);
  const isWritten = (await flows.updateOne({ _id, rev }, { $set: fieldsOf(flow, rev + 1) })).matchedCount === 1;
  if (isWritten && replaced) await thinDrafts(drafts, replaced, flow.draft.at);
  // The version was not published: without this, lists would show it.
  if (!isWritten && version) await versions.deleteOne({ _id: versionId(version) });
  return isWritten;
}

function versionDocument(record: VersionRecord): VersionDocument {
  const { definition: _, ...summary } = record;
  const { flow, version } = record;
  return { _id: versionId(record), flow, version, isDeleted: false, record: JSON.stringify(record), summary: JSON.stringify(summary) };
}

function versionId({ flow, version }: Pick<VersionRecord, 'flow' | 'version'>): string {
  return `${flow}@${version}`;
}

/** Keeps a draft under its revision. Whoever writes it writes the same, except over what is left of a removed flow with this code. */
async function putDraft(drafts: FlowWork['drafts'], draft: EarlierDraft): Promise<void> {
  await drafts.updateOne({ _id: `${draft.flow}@${draft.revision}` }, { $set: draft }, { upsert: true });
}

async function thinDrafts(drafts: FlowWork['drafts'], { flow, revision }: EarlierDraft, now: IsoTime): Promise<void> {
  const gone = planThinning(await listDrafts(drafts, flow, revision + 1), now);
  if (gone.length > 0) await drafts.deleteMany({ flow, revision: { $in: gone } });
}

/** Lists the drafts of a flow before a revision, newest first, without their definitions. */
export function listDrafts(
  drafts: FlowWork['drafts'],
  flow: FlowCode,
  before: number,
): Promise<readonly Omit<EarlierDraft, 'definition'>[]> {
  return drafts
    .find({ flow, revision: { $lt: before } }, { definition: 0 })
    .sort({ revision: -1 })
    .lean<DraftDocument[]>();
}
