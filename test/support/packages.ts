import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** A folder outside of this repository, in which somebody has installed Parley. */
export interface HostFolder {
  readonly path: string;
  /** Writes files by their paths in the folder. */
  write(files: Readonly<Record<string, string>>): void;
  remove(): void;
}

/** Makes such a folder. `parley` in its `node_modules` is this checkout, unless `parley` is false. */
export function makeHostFolder({ parley = true } = {}): HostFolder {
  const path = mkdtempSync(join(tmpdir(), 'parley-others-'));
  mkdirSync(join(path, 'node_modules'));
  if (parley) symlinkSync(resolve('.'), join(path, 'node_modules', 'parley'));
  return {
    path,
    write(files) {
      for (const [file, text] of Object.entries(files)) {
        mkdirSync(dirname(join(path, file)), { recursive: true });
        writeFileSync(join(path, file), text);
      }
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

/** Returns the files of a package with one module, in `node_modules`. */
export function aPackage(
  name: string,
  code: string,
  more: object = { exports: { import: './index.js' } },
): Readonly<Record<string, string>> {
  return {
    [`node_modules/${name}/package.json`]: JSON.stringify({ name, version: '1.0.0', type: 'module', ...more }),
    [`node_modules/${name}/index.js`]: code,
  };
}

/** Returns the code of a plugin that does nothing. `node` overrides members of its node type. */
export function pluginCode(node: string, rest = ''): string {
  return `import { closed } from 'parley/params';
export default { node: { type: 'dice', version: 1, title: 'Dice', sentence: 'Rolls a dice.', group: 'core', params: closed({}), ports: [{ name: 'next' }], enter: () => ({ then: { exit: 'next' } }), ${node} }, ${rest} };
`;
}
