import { adapters as ownAdapters } from '../../adapters/index.js';
import { plugins as ownPlugins } from '../../plugins/all.js';
import { constantsIn, settingsGiven } from '../config/load.js';
import type { ChannelAdapter, Problem } from '../contract/index.js';
import { channelLimits } from '../flow/channel-limits.js';
import { type CheckWorld, checkFlow } from '../flow/check.js';
import { createNodeTypes } from '../flow/node-types.js';
import { isTimeZone } from '../text/date.js';
import type { Terminal } from './command.js';
import { openExtensions } from './extensions.js';

/** Returns what a check knows without a host: node types and limits, those of PLUGINS and ADAPTERS included, but no secrets and no other flows. */
export async function worldHere(
  terminal: Pick<Terminal, 'env' | 'dotenv'>,
): Promise<CheckWorld & { readonly adapters: readonly ChannelAdapter[]; readonly values: Readonly<Record<string, string>> }> {
  const { plugins, adapters } = await openExtensions(terminal);
  const given = settingsGiven(terminal.env, terminal.dotenv);
  const { TIME_ZONE } = given;
  const allAdapters = [...ownAdapters, ...adapters];
  return {
    nodeTypes: createNodeTypes([...ownPlugins, ...plugins]),
    adapters: allAdapters,
    values: constantsIn(given),
    ...(TIME_ZONE !== undefined && isTimeZone(TIME_ZONE) ? { timeZone: TIME_ZONE } : {}),
    limits: channelLimits({ loaded: allAdapters }),
  };
}

/** Checks a flow as far as that is possible without a host. */
export async function checkHere(body: unknown, terminal: Pick<Terminal, 'env' | 'dotenv'>): Promise<readonly Problem[]> {
  return checkFlow(body, await worldHere(terminal));
}
