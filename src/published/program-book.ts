import { LRUCache } from 'lru-cache';
import {
  type FlowCode,
  type FlowVersion,
  type Log,
  type ProgramKey,
  programKey,
  type SessionState,
  type Store,
  type StoredFlow,
} from '../contract/index.js';
import { compileFlow, UnknownNodeType } from '../flow/compile.js';
import { inTimeZone } from '../flow/in-time-zone.js';
import type { NodeTypes, Program, Programs } from '../flow/program.js';
import { listeningTriggers, type OnlineFlow } from './match-trigger.js';

/** What is published, as one host knows it. */
export interface ProgramBook {
  /** Stays as it is for whoever holds it; a publish makes a new one. */
  snapshot(): ProgramSnapshot;
  /** Looks whether anything was published or taken offline, here or on another host, and loads it. */
  refresh(): Promise<void>;
  /**
   * Loads the versions that these runs stand in, and returns a snapshot that keeps them for as long as it is held. What is not in the
   * store stays missing, and the turn says so.
   */
  ensure(...standing: readonly Pick<SessionState, 'runs'>[]): Promise<ProgramSnapshot>;
  /** Versions that cannot run here, because this host does not have a node type that they need: which one, and whether they are ONLINE. */
  lacking(): readonly Lacking[];
  /** The same for versions by name, for a replay. */
  load(versions: Iterable<VersionName>): Promise<ProgramSnapshot>;
}
export interface ProgramSnapshot extends Programs {
  readonly onlineFlows: readonly OnlineFlow[];
  /** To which version the sessions of earlier ones go over. */
  readonly migrations: ReadonlyMap<FlowCode, number>;
  /** Flows with `logging: false`, as far as they are ONLINE or a session stands in them. */
  readonly unlogged: ReadonlySet<FlowCode>;
}

export interface Lacking {
  readonly version: ProgramKey;
  readonly type: string;
  readonly isOnline: boolean;
}

interface VersionName {
  readonly flow: FlowCode;
  readonly version: number;
}

/** How many versions are kept beside those that are ONLINE, the least recently used of which go first. */
const KEPT = 500;

/**
 * Opens the book over a store. `loaded` is called with each program before it is used, `dropped` when nobody has used it for long: it
 * may be loaded again.
 */
export function openProgramBook(parts: {
  readonly store: Store;
  readonly nodeTypes: NodeTypes;
  readonly loaded: (program: Program) => void;
  readonly dropped?: (program: Program) => void;
  readonly log: Log;
  readonly kept?: number;
  /** Of flows that name none. */
  readonly timeZone?: string;
}): ProgramBook {
  const programs = new LRUCache<ProgramKey, Program>({
    max: parts.kept ?? KEPT,
    dispose: (program, key) => {
      if (!pinned.has(key)) parts.dropped?.(program);
    },
  });
  /** The versions that are ONLINE, and those that sessions migrate to. */
  let pinned: ReadonlyMap<ProgramKey, Program> = new Map();
  const lacking = new Map<ProgramKey, string>();
  let published: ReadonlySet<ProgramKey> = new Set();
  let onlineKeys = new Map<string, ProgramKey>();
  let onlineFlows: readonly OnlineFlow[] = [];
  let migrations: ReadonlyMap<FlowCode, number> = new Map();
  /** Flows that are not ONLINE and in which sessions still stand: does their owner want them logged? */
  const offline = new Map<FlowCode, boolean>();
  let unlogged: ReadonlySet<FlowCode> = new Set();
  let known = -1;
  let refreshing: Promise<void> | undefined;
  let current = snapshotNow();

  function find(key: ProgramKey): Program | undefined {
    return pinned.get(key) ?? programs.get(key);
  }

  function snapshotNow(): ProgramSnapshot {
    const [keys, always] = [onlineKeys, pinned];
    return {
      get: find,
      lacks: (key) => lacking.get(key),
      online: (code) => always.get(keys.get(code) ?? ''),
      onlineFlows,
      migrations,
      unlogged,
    };
  }

  /** The snapshot of now, which holds these programs even if the book lets them go meanwhile. */
  function holding(held: ReadonlyMap<ProgramKey, Program>): ProgramSnapshot {
    return { ...current, get: (key) => held.get(key) ?? find(key) };
  }

  function load(version: FlowVersion): Program | undefined {
    const key = programKey(version.flow, version.version);
    const known = find(key);
    if (known) return known;
    try {
      const program = compileFlow(inTimeZone(version.definition, parts.timeZone), version.version, parts.nodeTypes);
      programs.set(key, program);
      parts.loaded(program);
      return program;
    } catch (error) {
      if (error instanceof UnknownNodeType) lacking.set(key, error.type);
      parts.log.error(
        { program: key, error: error instanceof Error ? error.message : String(error) },
        'a published version cannot be loaded',
      );
      return undefined;
    }
  }

  async function findOrLoad(flow: FlowCode, number: number): Promise<Program | undefined> {
    const key = programKey(flow, number);
    const known = find(key);
    if (known || lacking.has(key)) return known;
    const version = await parts.store.flows.version(flow, number);
    return version && load(version);
  }

  async function loadAll(versions: Iterable<VersionName>): Promise<ProgramSnapshot> {
    const held = new Map<ProgramKey, Program>();
    for (const { flow, version } of versions) {
      const program = await findOrLoad(flow, version);
      if (program) held.set(program.key, program);
      await lookAtLogging(flow);
    }
    return holding(held);
  }

  /** What is ONLINE is known already. */
  async function lookAtLogging(flow: FlowCode): Promise<void> {
    if (onlineKeys.has(flow) || offline.has(flow)) return;
    const isLogged = (await parts.store.flows.get(flow))?.logging !== false;
    offline.set(flow, isLogged);
    if (isLogged) return;
    unlogged = new Set([...unlogged, flow]);
    current = snapshotNow();
  }

  async function refresh(): Promise<void> {
    const revision = await parts.store.flows.revision();
    if (revision === known) return;
    const kept = new Map<ProgramKey, Program>();
    const all = await parts.store.flows.online();
    published = new Set(all.map(({ version }) => programKey(version.flow, version.version)));
    const online = all.filter(({ version }) => {
      const program = load(version);
      if (program) kept.set(program.key, program);
      return program !== undefined;
    });
    onlineKeys = new Map(online.map(({ version }) => [version.flow, programKey(version.flow, version.version)]));
    onlineFlows = online.map(({ flow, version }) => onlineFlow(flow, version));
    const over = online.flatMap(({ flow }) => (flow.migrateTo === undefined ? [] : [{ flow: flow.code, to: flow.migrateTo }]));
    for (const { flow, to } of over) {
      const program = await findOrLoad(flow, to);
      if (program) kept.set(program.key, program);
    }
    // What was pinned until now is kept like any other version, and goes when nobody uses it.
    for (const [key, program] of pinned) if (!kept.has(key)) programs.set(key, program);
    pinned = kept;
    migrations = new Map(over.map(({ flow, to }) => [flow, to]));
    unlogged = new Set(online.flatMap(({ flow }) => (flow.logging ? [] : [flow.code])));
    offline.clear();
    current = snapshotNow();
    known = revision;
  }

  return {
    snapshot: () => current,
    // A second asker must not be answered by a look that began before what it wants to see.
    async refresh() {
      const before = refreshing;
      const mine = (async () => {
        await before?.catch(() => {});
        await refresh();
      })();
      refreshing = mine;
      await mine;
    },
    load: loadAll,
    lacking: () => [...lacking].map(([version, type]) => ({ version, type, isOnline: published.has(version) })),
    ensure: (...standing) => loadAll(standing.flatMap(versionsIn)),
  };
}

function versionsIn({ runs }: Pick<SessionState, 'runs'>): readonly VersionName[] {
  return runs.flatMap(({ stack }) => stack.flatMap((frame) => (frame.kind === 'flow' ? [frame] : [])));
}

/** A flow's triggers and bindings, ready for matching. */
export function onlineFlow(flow: Pick<StoredFlow, 'code' | 'channels'>, version: Pick<FlowVersion, 'version' | 'definition'>): OnlineFlow {
  return { code: flow.code, version: version.version, channels: flow.channels, triggers: listeningTriggers(version.definition.triggers) };
}
