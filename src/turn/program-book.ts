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
import { compileFlow } from '../flow/compile.js';
import type { NodeTypes, Program, Programs } from '../flow/program.js';
import { listeningTriggers, type OnlineFlow } from './match-trigger.js';

/** What is published, as one host knows it. */
export interface ProgramBook {
  /** Stays as it is for whoever holds it; a publish makes a new one. */
  snapshot(): ProgramSnapshot;
  /** Looks whether anything was published or taken offline, here or on another host, and loads it. */
  refresh(): Promise<void>;
  /** Loads the versions that a session stands in. What is not in the store stays missing, and the turn says so. */
  ensure(state: SessionState): Promise<void>;
  /** Loads versions by name, for a replay. */
  load(versions: readonly { readonly flow: FlowCode; readonly version: number }[]): Promise<void>;
}
export interface ProgramSnapshot extends Programs {
  readonly onlineFlows: readonly OnlineFlow[];
  /** To which version the sessions of earlier ones go over. */
  readonly migrations: ReadonlyMap<FlowCode, number>;
}

/** Opens the book over a store; `loaded` is told of each program once, before it is used. */
export function openProgramBook(parts: {
  readonly store: Store;
  readonly nodeTypes: NodeTypes;
  readonly loaded: (program: Program) => void;
  readonly log: Log;
}): ProgramBook {
  const programs = new Map<ProgramKey, Program>();
  let onlineKeys = new Map<string, ProgramKey>();
  let onlineFlows: readonly OnlineFlow[] = [];
  let migrations: ReadonlyMap<FlowCode, number> = new Map();
  let known = -1;
  let refreshing: Promise<void> | undefined;
  let current = snapshotNow();

  function snapshotNow(): ProgramSnapshot {
    const keys = onlineKeys;
    return {
      get: (key) => programs.get(key),
      online: (code) => programs.get(keys.get(code) ?? ''),
      onlineFlows,
      migrations,
    };
  }

  function load(version: FlowVersion): Program | undefined {
    const key = programKey(version.flow, version.version);
    const known = programs.get(key);
    if (known) return known;
    try {
      const program = compileFlow(version.definition, version.version, parts.nodeTypes);
      programs.set(key, program);
      parts.loaded(program);
      return program;
    } catch (error) {
      parts.log.error(
        { program: key, error: error instanceof Error ? error.message : String(error) },
        'a published version cannot be loaded',
      );
      return undefined;
    }
  }

  async function loadMissing(flow: FlowCode, number: number): Promise<void> {
    if (programs.has(programKey(flow, number))) return;
    const version = await parts.store.flows.version(flow, number);
    if (version) load(version);
  }

  async function refresh(): Promise<void> {
    const revision = await parts.store.flows.revision();
    if (revision === known) return;
    const online = (await parts.store.flows.online()).filter(({ version }) => load(version) !== undefined);
    onlineKeys = new Map(online.map(({ version }) => [version.flow, programKey(version.flow, version.version)]));
    onlineFlows = online.map(({ flow, version }) => onlineFlow(flow, version));
    const over = online.flatMap(({ flow }) => (flow.migrateTo === undefined ? [] : [{ flow: flow.code, to: flow.migrateTo }]));
    for (const { flow, to } of over) await loadMissing(flow, to);
    migrations = new Map(over.map(({ flow, to }) => [flow, to]));
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
    async load(versions) {
      for (const { flow, version } of versions) await loadMissing(flow, version);
    },
    async ensure(state) {
      for (const run of state.runs) {
        for (const frame of run.stack) {
          if (frame.kind === 'flow') await loadMissing(frame.flow, frame.version);
        }
      }
    },
  };
}

/** A flow's triggers and bindings, ready for matching. */
export function onlineFlow(flow: Pick<StoredFlow, 'code' | 'channels'>, version: Pick<FlowVersion, 'version' | 'definition'>): OnlineFlow {
  return { code: flow.code, version: version.version, channels: flow.channels, triggers: listeningTriggers(version.definition.triggers) };
}
