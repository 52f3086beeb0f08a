import type { FlowDefinition, FlowStore, FlowVersion, IsoTime, StoredFlow } from '../contract/index.js';
import { fold } from '../text/fold.js';

/** The changes of a flow's life as pure functions, the same for both stores. */
type Publish = Parameters<FlowStore['publish']>[1];

export function newFlow(definition: FlowDefinition, at: IsoTime): StoredFlow {
  return {
    code: definition.code,
    name: definition.name,
    remark: definition.remark ?? '',
    state: 'OFFLINE',
    logging: true,
    draft: { revision: 1, definition, changed: true },
    channels: [],
    createdAt: at,
    updatedAt: at,
  };
}

export function withDraft(flow: StoredFlow, definition: FlowDefinition, at: IsoTime): StoredFlow {
  const draft = { revision: flow.draft.revision + 1, definition, changed: true };
  return { ...flow, name: definition.name, remark: definition.remark ?? '', draft, updatedAt: at };
}

/** Name and remark are the draft's, too: an export carries them. */
export function patched(flow: StoredFlow, change: Parameters<FlowStore['patch']>[1], at: IsoTime): StoredFlow {
  const { name, remark, logging } = change;
  const words = { ...(name === undefined ? {} : { name }), ...(remark === undefined ? {} : { remark }) };
  const draft = { ...flow.draft, definition: { ...flow.draft.definition, ...words } };
  return { ...flow, ...words, ...(logging === undefined ? {} : { logging }), draft, updatedAt: at };
}

export function published(flow: StoredFlow, version: number, { definition, migrate, at }: Publish): StoredFlow {
  return {
    ...flow,
    ...(migrate ? { migrateTo: version } : {}),
    state: 'ONLINE',
    version,
    draft: { ...flow.draft, definition, changed: false },
    updatedAt: at,
  };
}

export function newVersion(code: string, version: number, { definition, remark, by, at }: Publish): VersionRecord {
  return { flow: code, version, definition, remark, publishedAt: at, by };
}

/** Back to an earlier version: nobody goes over to the one that was not good. */
export function online({ migrateTo: _, ...flow }: StoredFlow, version: number, at: IsoTime): StoredFlow {
  return { ...flow, state: 'ONLINE', version, updatedAt: at };
}

export function offline(flow: StoredFlow, at: IsoTime): StoredFlow {
  const { version: _, ...rest } = flow;
  return { ...rest, state: 'OFFLINE', updatedAt: at };
}

/** A version as it is kept: its state follows from the flow's. */
export type VersionRecord = Omit<FlowVersion, 'state'>;

export function versionOf(record: VersionRecord, flow: StoredFlow | undefined, deleted: boolean): FlowVersion {
  if (deleted || !flow) return { ...record, state: 'DELETED' };
  return { ...record, state: flow.state === 'ONLINE' && flow.version === record.version ? 'ONLINE' : 'OFFLINE' };
}

/** Returns true if a flow has this text in its code, name or remark, whatever the case, width or encoding. */
export function holdsText(flow: StoredFlow, text: string): boolean {
  const wanted = fold(text);
  // A text of invisible marks alone is in no name.
  if (wanted === '') return text === '';
  return [flow.code, flow.name, flow.remark].some((one) => fold(one).includes(wanted));
}
