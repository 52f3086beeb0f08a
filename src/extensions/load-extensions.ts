import { adapters as ownAdapters } from '../../adapters/index.js';
import { plugins as ownPlugins } from '../../plugins/all.js';
import type { ChannelAdapter, Plugin } from '../contract/index.js';
import { mistakesInAdapter } from './judge-adapter.js';
import { mistakesInPlugin, takenTwice } from './judge-plugin.js';
import { loadPackage } from './load-package.js';

/** Plugins and adapters beside the built-in ones, for `createApp`. */
export interface Extensions {
  readonly plugins: readonly Plugin[];
  // biome-ignore lint/suspicious/noExplicitAny: a list of adapters holds every config type; each is checked where it is defined
  readonly adapters: readonly ChannelAdapter<any>[];
}

/** How long a package may take to load, in milliseconds. */
const PATIENCE = 15_000;

/**
 * Loads the packages in the settings. The default export of a package is a plugin (or an adapter), or a list of them. They are compared with
 * each other and with the built-in ones. Returns all mistakes at once.
 */
export async function loadExtensions(
  settings: { readonly PLUGINS?: readonly string[]; readonly ADAPTERS?: readonly string[] },
  { folder = process.cwd(), patience = PATIENCE } = {},
): Promise<Extensions | { readonly mistakes: readonly string[] }> {
  const mistakes: string[] = [];
  const load = async <T>(setting: 'PLUGINS' | 'ADAPTERS', judge: (one: unknown, taken: readonly T[]) => readonly string[]) => {
    const good: T[] = [];
    for (const name of settings[setting] ?? []) {
      const loaded = await loadPackage(name, { folder, patience });
      const list: readonly unknown[] = 'mistake' in loaded ? [] : Array.isArray(loaded.value) ? loaded.value : [loaded.value];
      if ('mistake' in loaded) mistakes.push(`${setting}: ${name}: ${loaded.mistake}`);
      else if (list.length === 0) mistakes.push(`${setting}: ${name}: the list is empty`);
      for (const one of list) {
        const found = judge(one, good);
        mistakes.push(...found.map((words) => `${setting}: ${name}: ${words}`));
        if (found.length === 0) good.push(one as T);
      }
    }
    return good;
  };
  const plugins = await load<Plugin>('PLUGINS', judgePlugin);
  const adapters = await load<Extensions['adapters'][number]>('ADAPTERS', judgeAdapter);
  return mistakes.length > 0 ? { mistakes } : { plugins, adapters };
}

/** Returns all mistakes in extensions that a program passes to `createApp`. */
export function mistakesIn({ plugins, adapters }: Extensions): readonly string[] {
  return [
    ...plugins.flatMap((one, i) => judgePlugin(one, plugins.slice(0, i)).map((words) => `plugins[${i}]: ${words}`)),
    ...adapters.flatMap((one, i) => judgeAdapter(one, adapters.slice(0, i)).map((words) => `adapters[${i}]: ${words}`)),
  ];
}

function judgePlugin(plugin: unknown, others: readonly Plugin[]): readonly string[] {
  const mistakes = mistakesInPlugin(plugin);
  return mistakes.length > 0 ? mistakes : takenTwice(plugin as Plugin, [...ownPlugins, ...others]);
}

function judgeAdapter(adapter: unknown, others: Extensions['adapters']): readonly string[] {
  const mistakes = mistakesInAdapter(adapter);
  if (mistakes.length > 0) return mistakes;
  const { type } = adapter as Extensions['adapters'][number];
  return [...ownAdapters, ...others].some((one) => one.type === type) ? [`the adapter ${type} exists already`] : [];
}
