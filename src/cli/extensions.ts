import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'dotenv';
import { loadConfig } from '../config/load.js';
import { type Extensions, loadExtensions } from '../extensions/load-extensions.js';
import { CommandError } from './api.js';

/** The node types and adapters that PLUGINS and ADAPTERS name; no other setting is looked at. */
export async function openExtensions(): Promise<Extensions> {
  const dotenv = existsSync('.env') ? parse(readFileSync('.env', 'utf8')) : {};
  const { PLUGINS, ADAPTERS } = process.env;
  const config = loadConfig({ PLUGINS: PLUGINS || dotenv['PLUGINS'], ADAPTERS: ADAPTERS || dotenv['ADAPTERS'] });
  const extensions = 'mistakes' in config ? config : await loadExtensions(config);
  if ('mistakes' in extensions)
    throw new CommandError(`the settings are not right${extensions.mistakes.map((one) => `\n  ${one}`).join('')}`, 2);
  return extensions;
}
