import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Plugin } from 'vite';
import { ICON_NAMES } from '../src/look/icon-names.js';

interface IconSet {
  readonly icons: Readonly<Record<string, { readonly body: string }>>;
}

/** Gives the module `virtual:icons`: the drawings of the icons that `look/icon-names.ts` lists, so that the other six thousand stay outside. */
export function icons(): Plugin {
  const id = 'virtual:icons';
  return {
    name: 'icons',
    resolveId: (source) => (source === id ? `\0${id}` : undefined),
    load(loaded) {
      if (loaded !== `\0${id}`) return undefined;
      const path = createRequire(import.meta.url).resolve('@iconify-json/tabler/icons.json');
      const set = JSON.parse(readFileSync(path, 'utf8')) as IconSet;
      return `export default ${JSON.stringify(Object.fromEntries(ICON_NAMES.map((name) => [name, bodyOf(set, name)])))}`;
    },
  };
}

function bodyOf(set: IconSet, name: string): string {
  const icon = set.icons[name];
  if (!icon) throw new Error(`look/icon-names.ts lists "${name}", which is no icon of Tabler's`);
  return icon.body;
}
