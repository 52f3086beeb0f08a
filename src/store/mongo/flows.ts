import type { Connection } from 'mongoose';
import type { FlowCode, FlowStore, StoredFlow } from '../../contract/index.js';
import {
  holdsText,
  newFlow,
  newVersion,
  offline,
  online,
  patched,
  published,
  type VersionRecord,
  versionOf,
  withDraft,
} from '../flow-record.js';
import { isTaken, modelOf, reading, untilDecided } from './connection.js';
import type { Counter } from './meta.js';

interface FlowDocument {
  readonly _id: string;
  readonly rev: number;
  readonly state: 'ONLINE' | 'OFFLINE';
  readonly flow: string;
}
interface VersionDocument {
  readonly _id: string;
  readonly flow: string;
  readonly version: number;
  readonly isDeleted: boolean;
  readonly record: string;
}
/** A change of a flow: what becomes of it, or an answer without a change. */
type Change<T> = { readonly flow: StoredFlow; readonly value: T } | { readonly value: T };

export function mongoFlows(connection: Connection, counter: Counter): FlowStore & { createIndexes(): Promise<void> } {
  const flows = modelOf<FlowDocument>(connection, 'flows', { rev: { type: Number }, state: { type: String }, flow: { type: String } });
  const versions = modelOf<VersionDocument>(connection, 'versions', {
    flow: { type: String },
    version: { type: Number },
    isDeleted: { type: Boolean },
    record: { type: String },
  });

  const find = (code: FlowCode) => flows.findById(code).lean<FlowDocument>();
  const get = async (code: FlowCode) => {
    const found = await find(code);
    return found ? flowOf(found) : undefined;
  };
  const findVersion = (code: FlowCode, version: number) => versions.findById(`${code}@${version}`).lean<VersionDocument>();
  const shown = (found: VersionDocument, flow: StoredFlow | undefined) =>
    versionOf(JSON.parse(found.record) as VersionRecord, flow, found.isDeleted);

  /** Reads, decides, and writes only if nobody else has written meanwhile. */
  const change = <T>(code: FlowCode, decide: (flow: StoredFlow) => Change<T> | Promise<Change<T>>): Promise<T | undefined> =>
    untilDecided<T | undefined>(async () => {
      const before = await find(code);
      if (!before) return { value: undefined };
      const decided = await decide(flowOf(before));
      if (!('flow' in decided)) return { value: decided.value };
      const { flow, value } = decided;
      const { matchedCount } = await flows.updateOne(
        { _id: code, rev: before.rev },
        { $set: { rev: before.rev + 1, state: flow.state, flow: JSON.stringify(flow) } },
      );
      return matchedCount === 1 ? { value } : undefined;
    });
  const raised = async <T>(value: Promise<T>): Promise<T> => {
    const made = await value;
    await counter.raise();
    return made;
  };

  return {
    async createIndexes() {
      await flows.collection.createIndex({ state: 1 });
      await versions.collection.createIndex({ flow: 1, version: 1 });
    },
    create: ({ definition, at }) =>
      reading(async () => {
        const flow = newFlow(definition, at);
        try {
          await flows.collection.insertOne({ _id: flow.code, rev: 1, state: flow.state, flow: JSON.stringify(flow) } as never);
          return flow;
        } catch (error) {
          if (isTaken(error)) return 'taken';
          throw error;
        }
      }),
    get: (code) => reading(() => get(code)),
    list: ({ after = '', limit, text, state }) =>
      reading(async () => {
        const found: StoredFlow[] = [];
        let from = after;
        while (found.length < limit) {
          const page = await flows
            .find({ _id: { $gt: from }, ...(state === undefined ? {} : { state }) })
            .sort({ _id: 1 })
            .limit(200)
            .lean<FlowDocument[]>();
          found.push(...page.map(flowOf).filter((flow) => text === undefined || holdsText(flow, text)));
          from = page.at(-1)?._id ?? from;
          if (page.length < 200) break;
        }
        return found.slice(0, limit);
      }),
    saveDraft: (code, definition, base, at) =>
      change<{ readonly saved: boolean; readonly revision: number }>(code, (flow) => {
        if (flow.draft.revision !== base) return { value: { saved: false, revision: flow.draft.revision } };
        const next = withDraft(flow, definition, at);
        return { flow: next, value: { saved: true, revision: next.draft.revision } };
      }),
    patch(code, patch, at) {
      const made = change(code, (flow) => kept(patched(flow, patch, at)));
      return patch.logging === undefined ? made : raised(made);
    },
    bind: (code, channels, at) =>
      change<'online' | StoredFlow>(code, (flow) =>
        flow.state === 'ONLINE' ? { value: 'online' } : kept({ ...flow, channels, updatedAt: at }),
      ),
    publish: (code, publish) =>
      raised(
        change<'conflict' | { readonly version: number }>(code, async (flow) => {
          if (flow.draft.revision !== publish.revision) return { value: 'conflict' };
          const [newest] = await versions.find({ flow: code }).sort({ version: -1 }).limit(1).lean<VersionDocument[]>();
          const version = (newest?.version ?? 0) + 1;
          // The version first: a flow never names one that is not there.
          await versions.collection.insertOne({
            _id: `${code}@${version}`,
            flow: code,
            version,
            isDeleted: false,
            record: JSON.stringify(newVersion(code, version, publish)),
          } as never);
          return { flow: published(flow, version, publish), value: { version } };
        }),
      ),
    rollback: (code, wanted, at) =>
      raised(
        change<'no-version' | StoredFlow>(code, async (flow) => {
          const found = await findVersion(code, wanted);
          return found && !found.isDeleted ? kept(online(flow, wanted, at)) : { value: 'no-version' };
        }),
      ),
    takeOffline: (code, at) => raised(change(code, (flow) => kept(offline(flow, at)))),
    remove: (code) =>
      raised(
        reading(async () => {
          const found = await find(code);
          if (!found) return undefined;
          const { deletedCount } = await flows.deleteOne({ _id: code, state: 'OFFLINE' });
          if (deletedCount === 0) return 'online';
          await versions.updateMany({ flow: code }, { $set: { isDeleted: true } });
          return 'removed';
        }),
      ),
    version: (code, wanted) =>
      reading(async () => {
        const found = await findVersion(code, wanted);
        return found ? shown(found, await get(code)) : undefined;
      }),
    versions: (code, { after = 0, limit }) =>
      reading(async () => {
        const flow = await get(code);
        const found = await versions
          .find({ flow: code, version: { $gt: after } })
          .sort({ version: 1 })
          .limit(limit)
          .lean<VersionDocument[]>();
        return found.map((one) => shown(one, flow));
      }),
    revision: () => counter.value(),
    online: () =>
      reading(async () => {
        const found = (await flows.find({ state: 'ONLINE' }).sort({ _id: 1 }).lean<FlowDocument[]>()).map(flowOf);
        const ids = found.map(({ code, version }) => `${code}@${version}`);
        const byId = new Map((await versions.find({ _id: { $in: ids } }).lean<VersionDocument[]>()).map((one) => [one._id, one]));
        return found.flatMap((flow) => {
          const version = byId.get(`${flow.code}@${flow.version}`);
          return version ? [{ flow, version: shown(version, flow) }] : [];
        });
      }),
  };
}

function kept(flow: StoredFlow): { readonly flow: StoredFlow; readonly value: StoredFlow } {
  return { flow, value: flow };
}

function flowOf({ flow }: FlowDocument): StoredFlow {
  return JSON.parse(flow) as StoredFlow;
}
