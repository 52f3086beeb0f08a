import type { Plugin } from './contract/index.js';
import { createNodeTypes } from './flow/node-types.js';
import type { NodeTypes } from './flow/program.js';
import { openServices, type ServiceParts } from './open-services.js';
import type { Services } from './outbox/perform-call.js';

/** The plugins of a host. Those of Parley are loaded by the first flow that has one of their nodes, and all of them by the API. */
export interface OpenedPlugins {
  /** The node types that are loaded. */
  readonly nodeTypes: NodeTypes;
  /** Loads the plugins of these node types that are not loaded yet. Types that do not exist are passed by. */
  load(types: Iterable<string>): Promise<void>;
  loadAll(): Promise<void>;
  readonly services: Services;
  /** Lets go of what services keep. Never rejects. */
  close(): Promise<void>;
}

export interface PluginParts extends ServiceParts {
  /** The plugins that are loaded when they are needed, by their node types. */
  readonly onDemand: Readonly<Record<string, () => Promise<{ readonly default: Plugin }>>>;
}

/** Opens the plugins of one host: `plugins` are there already. */
export function openPlugins({ onDemand, ...parts }: PluginParts): OpenedPlugins {
  const types = Object.keys(onDemand);
  const nodeTypes = createNodeTypes(parts.plugins, types);
  const { services, add, close } = openServices(parts);
  const loading = new Map<string, Promise<void>>();

  async function loadOne(type: string): Promise<void> {
    const plugin = (await onDemand[type]?.())?.default;
    if (!plugin) return;
    nodeTypes.add(plugin);
    add(plugin);
  }
  /** Loads a plugin once. If it cannot be loaded, the next call tries again. */
  function loadOnce(type: string): Promise<void> {
    const known = loading.get(type);
    if (known) return known;
    const begun = loadOne(type);
    loading.set(type, begun);
    begun.catch(() => loading.delete(type));
    return begun;
  }
  const load = async (some: Iterable<string>): Promise<void> => {
    await Promise.all([...some].flatMap((type) => (Object.hasOwn(onDemand, type) ? [loadOnce(type)] : [])));
  };
  const loadAll = () => load(types);

  return {
    nodeTypes,
    load,
    loadAll,
    services: {
      // A call of an earlier process may be due before any flow with its node is needed.
      get: (name) => services.get(name) ?? loadAll().then(() => services.get(name)),
    },
    close,
  };
}
