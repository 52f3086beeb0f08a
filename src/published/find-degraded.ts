import type { FlowCode, Log, Store } from '../contract/index.js';
import { programKey } from '../contract/index.js';
import type { ProgramBook } from './program-book.js';

/** A version that cannot run on this host, for want of a node type, and how many sessions stand in it. */
export interface Degraded {
  readonly version: string;
  readonly type: string;
  readonly waiting: number;
}
export interface Degradation {
  readonly degraded: readonly Degraded[];
  /** One of them is ONLINE, or more than one in a hundred of the waiting sessions stand in it. */
  readonly isGrave: boolean;
}

interface DegradedParts {
  readonly store: Store;
  readonly programs: Pick<ProgramBook, 'load' | 'lacking'>;
}

/** More than this part of the waiting sessions in one version is grave. */
const GRAVE_PART = 0.01;

/** What of the flows in which people wait cannot run here. `known`: of versions that were met so far, which costs nothing where all can run. */
export async function findDegraded({ store, programs }: DegradedParts, known?: 'known'): Promise<Degradation> {
  if (known && programs.lacking().length === 0) return { degraded: [], isGrave: false };
  const standing = await store.sessions.waiting();
  await programs.load(standing);
  const counts = new Map(standing.map(({ flow, version, waiting }) => [programKey(flow as FlowCode, version), waiting]));
  const total = standing.reduce((sum, { waiting }) => sum + waiting, 0);
  const found = programs.lacking().map((one) => ({ ...one, waiting: counts.get(one.version) ?? 0 }));
  const felt = found.filter(({ waiting, isOnline }) => waiting > 0 || isOnline);
  return {
    degraded: felt.map(({ version, type, waiting }) => ({ version, type, waiting })),
    isGrave: felt.some(({ waiting, isOnline }) => isOnline || waiting > total * GRAVE_PART),
  };
}

/** Tells it in the log; to be called once a minute. */
export async function tellDegraded(parts: DegradedParts & { readonly log: Log }): Promise<void> {
  const { degraded } = await findDegraded(parts);
  if (degraded.length > 0)
    parts.log.error({ degraded }, 'flows cannot run here, because node types are missing; their runs are left as they are');
}
