import type { ChannelId, IsoTime } from '../contract/index.js';
import type { DraftSave, DraftStamp, FlowPatch, FlowStore, FlowVersion, StoredFlow } from '../contract/store/index.js';
import { type EarlierDraft, earlierDraft } from './plan-drafts.js';

type Publish = Parameters<FlowStore['publish']>[1];

/** What a change of a flow comes to: the answer to the caller, and what is to be written, if anything. */
export interface FlowChange<T> {
  readonly answer: T;
  readonly flow?: StoredFlow;
  /** A version to add, before the flow is written: a flow never names a version that is not stored. */
  readonly version?: VersionRecord;
  /** The draft that is replaced, to be kept before the flow is written. */
  readonly replaced?: EarlierDraft;
}

/** A version as it is stored. Its state follows from the state of the flow. */
export type VersionRecord = Omit<FlowVersion, 'state'>;

/** Reads a flow from its JSON. Drafts that releases before December 2026 have saved get the stamp that they lack. */
export function readStoredFlow(json: string): StoredFlow {
  const flow = JSON.parse(json) as StoredFlow;
  return { ...flow, draft: { ...flow.draft, at: flow.draft.at ?? flow.updatedAt, by: flow.draft.by ?? '' } };
}

export function newFlow({ definition, at, by }: Parameters<FlowStore['create']>[0]): StoredFlow {
  return {
    code: definition.code,
    name: definition.name,
    remark: definition.remark ?? '',
    state: 'OFFLINE',
    logging: true,
    draft: { revision: 1, definition, changed: true, at, by },
    channels: [],
    createdAt: at,
    updatedAt: at,
  };
}

/** Plans to save a draft, unless somebody else has saved one since the revision `base`. */
export function planDraft(flow: StoredFlow, save: DraftSave): FlowChange<DraftStamp & { readonly saved: boolean }> {
  const { base, ...saved } = save;
  const { definition, at } = saved;
  if (flow.draft.revision !== base) return { answer: { saved: false, ...stampOf(flow.draft) } };
  const draft = { revision: base + 1, changed: true, ...saved };
  return {
    replaced: earlierDraft(flow),
    flow: { ...flow, name: definition.name, remark: definition.remark ?? '', draft, updatedAt: at },
    answer: { saved: true, ...stampOf(draft) },
  };
}

function stampOf({ revision, at, by }: DraftStamp): DraftStamp {
  return { revision, at, by };
}

/**
 * Plans to change name, remark or logging. A new name or remark is a save of the draft, because an export is made of it: whoever saves an
 * older draft is told, instead of taking the name back.
 */
export function planPatch(flow: StoredFlow, { name, remark, logging, at, by }: FlowPatch): FlowChange<StoredFlow> {
  const { definition, revision } = flow.draft;
  const words = {
    ...(name === undefined || name === definition.name ? {} : { name }),
    ...(remark === undefined || remark === (definition.remark ?? '') ? {} : { remark }),
  };
  const patched = { ...flow, ...words, ...(logging === undefined ? {} : { logging }), updatedAt: at };
  if (Object.keys(words).length === 0) return written(patched);
  const draft = { revision: revision + 1, definition: { ...definition, ...words }, changed: true, at, by };
  return { ...written({ ...patched, draft }), replaced: earlierDraft(flow) };
}

export function planBind(flow: StoredFlow, channels: readonly ChannelId[], at: IsoTime): FlowChange<'online' | StoredFlow> {
  return flow.state === 'ONLINE' ? { answer: 'online' } : written({ ...flow, channels, updatedAt: at });
}

/** Plans to publish the draft as the version after `newest`, unless its revision has changed. */
export function planPublish(
  flow: StoredFlow,
  { revision, definition, remark, by, migrate, at }: Publish,
  newest: number,
): FlowChange<'conflict' | { readonly version: number }> {
  if (flow.draft.revision !== revision) return { answer: 'conflict' };
  const version = newest + 1;
  return {
    answer: { version },
    version: { flow: flow.code, version, definition, remark, publishedAt: at, by },
    flow: {
      ...flow,
      ...(migrate ? { migrateTo: version } : {}),
      state: 'ONLINE',
      version,
      draft: { ...flow.draft, definition, changed: false },
      updatedAt: at,
    },
  };
}

/** Plans to put an earlier version online. A migration to the version that it replaces ends. */
export function planRollback({ migrateTo: _, ...flow }: StoredFlow, version: number, at: IsoTime): FlowChange<StoredFlow> {
  return written({ ...flow, state: 'ONLINE', version, updatedAt: at });
}

export function planOffline({ version: _, ...flow }: StoredFlow, at: IsoTime): FlowChange<StoredFlow> {
  return written({ ...flow, state: 'OFFLINE', updatedAt: at });
}

/** Adds the state of a version, or of the summary of one, to what is stored of it. */
export function versionOf<T extends Omit<VersionRecord, 'definition'>>(
  record: T,
  flow: StoredFlow | undefined,
  isDeleted: boolean,
): T & Pick<FlowVersion, 'state'> {
  if (isDeleted || !flow) return { ...record, state: 'DELETED' };
  return { ...record, state: flow.state === 'ONLINE' && flow.version === record.version ? 'ONLINE' : 'OFFLINE' };
}

function written(flow: StoredFlow): FlowChange<StoredFlow> {
  return { flow, answer: flow };
}
