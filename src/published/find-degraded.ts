import type { Log } from '../contract/host/index.js';
import { type FlowCode, programKey } from '../contract/index.js';
import type { Store } from '../contract/store/index.js';
import type { ProgramBook } from './program-book.js';

/** A version that cannot run on this host because a node type is missing, and the number of sessions that stand in it. */
export interface Degraded {
  readonly version: string;
  readonly type: string;
  readonly waiting: number;
}
export interface Degradation {
  readonly degraded: readonly Degraded[];
  /** True if one of them is ONLINE, or holds more than 1 % of the waiting sessions. */
  readonly isGrave: boolean;
}

interface DegradedParts {
  readonly store: Store;
  readonly programs: Pick<ProgramBook, 'load' | 'lacking'>;
}

/** The share of waiting sessions above which one version is grave. */
const GRAVE_PART = 0.01;

/** Finds versions that cannot run here although they are ONLINE or sessions stand in them. `known` looks only at versions loaded so far, which costs nothing if all of them can run. */
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

/** Logs versions that cannot run here. To be called once a minute. */
export async function logDegraded(parts: DegradedParts & { readonly log: Log }): Promise<void> {
  const { degraded } = await findDegraded(parts);
  if (degraded.length > 0)
    parts.log.error({ degraded }, 'flows cannot run here because node types are missing; their runs stay as they are');
}
