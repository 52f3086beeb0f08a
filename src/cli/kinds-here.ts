import { adapters as ownAdapters } from '../../adapters/index.js';
import { plugins as ownPlugins } from '../../plugins/index.js';
import type { CheckWorld } from '../flow/check.js';
import { createNodeTypes } from '../flow/node-types.js';
import type { Terminal } from './command.js';
import { openExtensions } from './extensions.js';

/** The node types and the platforms' limits that are known without a host: Parley's own, and those of PLUGINS and ADAPTERS. */
export async function kindsHere(terminal: Pick<Terminal, 'env' | 'dotenv'>): Promise<Pick<CheckWorld, 'nodeTypes' | 'limits'>> {
  const { plugins, adapters } = await openExtensions(terminal);
  const allAdapters = [...ownAdapters, ...adapters];
  return {
    nodeTypes: createNodeTypes([...ownPlugins, ...plugins]),
    limits: (platform) => allAdapters.find((one) => one.platform === platform)?.limits,
  };
}
