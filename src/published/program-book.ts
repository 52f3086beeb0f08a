import { LRUCache } from 'lru-cache';
import type { Log } from '../contract/host/index.js';
import { type FlowCode, type ProgramKey, programKey, type SessionState } from '../contract/index.js';
import type { FlowVersion, Store, StoredFlow } from '../contract/store/index.js';
import { compileFlow, UnknownNodeType } from '../flow/compile.js';
import { inTimeZone } from '../flow/in-time-zone.js';
import type { NodeTypes, Program, Programs } from '../flow/program.js';
import { listeningTriggers, type OnlineFlow } from './match-trigger.js';

/** The published versions that a host knows, compiled. */
export interface ProgramBook {
  /** Returns the current snapshot. A publish makes a new one and leaves this one as it is. */
  snapshot(): ProgramSnapshot;
  /** Loads what was published or taken offline since the last call, here or on another host. */
  refresh(): Promise<void>;
  /**
   * Returns a snapshot with the versions that these runs stand in, which keeps them as long as it is held. A promise if one of them has to
   * be loaded. A version that is not in the store is missing in the snapshot, which the turn reports.
   */
  ensure(standing: Pick<SessionState, 'runs'>): ProgramSnapshot | Promise<ProgramSnapshot>;
  /** Returns the versions met so far that cannot run here because a node type is missing. */
  lacking(): readonly Lacking[];
  /** How many programs are kept. */
  readonly size: number;
  /** Loads versions by their names, for a replay. */
  load(versions: Iterable<VersionName>): Promise<ProgramSnapshot>;
}
export interface ProgramSnapshot extends Programs {
  readonly onlineFlows: readonly OnlineFlow[];
  /** The version that sessions in earlier versions of a flow move to. */
  readonly migrations: ReadonlyMap<FlowCode, number>;
  /** The flows with `logging: false` that are ONLINE, or that a loaded session stands in. */
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

/** The maximum number of versions kept in memory beside those that are ONLINE. The least recently used go first. */
const MAX_KEPT = 500;

/**
 * Opens the book over a store. `loaded` is called with each program before it is used, and `dropped` with one that was not used for long,
 * which may be loaded again later.
 */
export function openProgramBook(parts: {
  readonly store: Store;
  readonly nodeTypes: NodeTypes;
  /** Loads node types before a program is made of them; by default all are there. */
  readonly loadTypes?: (types: readonly string[]) => Promise<void>;
  readonly loaded: (program: Program) => void;
  readonly dropped?: (program: Program) => void;
  readonly log: Log;
  readonly kept?: number;
  /** The time zone of flows that name none. */
  readonly timeZone?: string;
}): ProgramBook {
  const programs = new LRUCache<ProgramKey, Program>({
    max: parts.kept ?? MAX_KEPT,
    dispose: (program, key) => {
      if (!pinned.has(key)) parts.dropped?.(program);
    },
  });
  /** The versions that are ONLINE, and those that sessions move to. */
  let pinned: ReadonlyMap<ProgramKey, Program> = new Map();
  const lacking = new Map<ProgramKey, string>();
  let published: ReadonlySet<ProgramKey> = new Set();
  let onlineKeys = new Map<string, ProgramKey>();
  let onlineFlows: readonly OnlineFlow[] = [];
  let migrations: ReadonlyMap<FlowCode, number> = new Map();
  /** Whether to log flows that are not ONLINE but that sessions still stand in. */
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

  /** The current snapshot, extended by programs that it keeps even if the book drops them. */
  function holding(held: ReadonlyMap<ProgramKey, Program>): ProgramSnapshot {
    return { ...current, get: (key) => held.get(key) ?? find(key) };
  }

  /** Returns the snapshot with these versions; undefined if one of them is not loaded, or its logging not known. */
  function heldNow(versions: readonly VersionName[]): ProgramSnapshot | undefined {
    const held = new Map<ProgramKey, Program>();
    for (const { flow, version } of versions) {
      const program = find(programKey(flow, version));
      if (!program || !isLoggingKnown(flow)) return undefined;
      held.set(program.key, program);
    }
    return holding(held);
  }

  /** Returns the program of a version; undefined if it cannot run here. Throws if its node types cannot be loaded, so it is tried again. */
  async function load(version: FlowVersion): Promise<Program | undefined> {
    const key = programKey(version.flow, version.version);
    if (!find(key)) await parts.loadTypes?.(version.definition.nodes.map(({ type }) => type));
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
        'a published version could not be loaded',
      );
      return undefined;
    }
  }

  async function findOrLoad(flow: FlowCode, number: number): Promise<Program | undefined> {
    const key = programKey(flow, number);
    const known = find(key);
    if (known || lacking.has(key)) return known;
    const version = await parts.store.flows.version(flow, number);
    return version && (await load(version));
  }

  async function loadAll(versions: Iterable<VersionName>): Promise<ProgramSnapshot> {
    const held = new Map<ProgramKey, Program>();
    for (const { flow, version } of versions) {
      const program = await findOrLoad(flow, version);
      if (program) held.set(program.key, program);
      await learnLogging(flow);
    }
    return holding(held);
  }

  function isLoggingKnown(flow: FlowCode): boolean {
    return onlineKeys.has(flow) || offline.has(flow);
  }

  /** Finds out whether a flow is logged that is not ONLINE. */
  async function learnLogging(flow: FlowCode): Promise<void> {
    if (isLoggingKnown(flow)) return;
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
    for (const { version } of all) {
      const program = await load(version);
      if (program) kept.set(program.key, program);
    }
    const online = all.filter(({ version }) => kept.has(programKey(version.flow, version.version)));
    onlineKeys = new Map(online.map(({ version }) => [version.flow, programKey(version.flow, version.version)]));
    onlineFlows = online.map(({ flow, version }) => onlineFlow(flow, version));
    const over = online.flatMap(({ flow }) => (flow.migrateTo === undefined ? [] : [{ flow: flow.code, to: flow.migrateTo }]));
    for (const { flow, to } of over) {
      const program = await findOrLoad(flow, to);
      if (program) kept.set(program.key, program);
    }
    // Versions that are no longer ONLINE are now kept like any other, and dropped when they are not used.
    for (const [key, program] of pinned) if (!kept.has(key)) programs.set(key, program);
    pinned = kept;
    migrations = new Map(over.map(({ flow, to }) => [flow, to]));
    unlogged = new Set(online.flatMap(({ flow }) => (flow.logging ? [] : [flow.code])));
    offline.clear();
    current = snapshotNow();
    known = revision;
  }

  return {
    get size() {
      return pinned.size + programs.size;
    },
    snapshot: () => current,
    // A refresh that is under way may have begun before the change that this call is about, so wait for it and refresh again.
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
    ensure(standing) {
      const versions = versionsIn(standing);
      return heldNow(versions) ?? loadAll(versions);
    },
  };
}

function versionsIn({ runs }: Pick<SessionState, 'runs'>): readonly VersionName[] {
  const versions: VersionName[] = [];
  for (const { stack } of runs) for (const frame of stack) if (frame.kind === 'flow') versions.push(frame);
  return versions;
}

/** Returns the triggers and channels of a flow, ready for matching. */
export function onlineFlow(flow: Pick<StoredFlow, 'code' | 'channels'>, version: Pick<FlowVersion, 'version' | 'definition'>): OnlineFlow {
  return { code: flow.code, version: version.version, channels: flow.channels, triggers: listeningTriggers(version.definition.triggers) };
}
