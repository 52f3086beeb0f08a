import { loadConfig, settingsGiven } from '../config/load.js';
import { type Extensions, loadExtensions } from '../extensions/load-extensions.js';
import { CommandError, type Terminal } from './command.js';

/** Loads the node types and adapters that PLUGINS and ADAPTERS name. Other settings are not read. */
export async function openExtensions({ env, dotenv }: Pick<Terminal, 'env' | 'dotenv'>): Promise<Extensions> {
  const { PLUGINS, ADAPTERS } = settingsGiven(env, dotenv);
  const config = loadConfig({ PLUGINS, ADAPTERS });
  const extensions = 'mistakes' in config ? config : await loadExtensions(config);
  if ('mistakes' in extensions) throw new CommandError(`invalid settings${extensions.mistakes.map((one) => `\n  ${one}`).join('')}`, 2);
  return extensions;
}
