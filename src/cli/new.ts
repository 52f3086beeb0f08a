import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { argsOf, CommandError } from './api.js';
import type { Command } from './command.js';
import { adapterFiles } from './new/adapter-files.js';
import { packageFiles } from './new/package-files.js';
import { BY_NAME } from './new/parley-from.js';
import { pluginFiles } from './new/plugin-files.js';

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Begins a package with a node type or an adapter: its test fails until it is written. */
export const newPackage: Command = {
  summary: 'begin a package with a node type or an adapter',
  usage: `usage: parley new plugin <name>
       parley new adapter <name> [--platform whatsapp | viber]

Makes the folder <name>: a package with a node type or an adapter of that name, whose "npm test" fails until it is written.
docs/extending.md goes through it.`,
  async run(args) {
    const { values, positionals } = argsOf({
      args: [...args],
      allowPositionals: true,
      options: { platform: { type: 'string', default: 'whatsapp' } },
    });
    const [kind, name = ''] = positionals;
    const { platform } = values;
    if (kind !== 'plugin' && kind !== 'adapter') throw new CommandError('a plugin or an adapter?', 2);
    if (!NAME.test(name)) throw new CommandError('a name is in kebab-case: my-node', 2);
    if (platform !== 'whatsapp' && platform !== 'viber') throw new CommandError('a platform is whatsapp or viber', 2);
    if (existsSync(name)) throw new CommandError(`${name} is there already`);
    const files = kind === 'plugin' ? pluginFiles(name, BY_NAME) : adapterFiles(name, platform, BY_NAME);
    for (const [file, text] of Object.entries(packageFiles(kind, name, { files, version: versionOfParley() }))) {
      mkdirSync(dirname(join(name, file)), { recursive: true });
      writeFileSync(join(name, file), text);
    }
    if (kind === 'adapter') mkdirSync(join(name, 'fixtures'));
    const setting = kind === 'plugin' ? 'PLUGINS' : 'ADAPTERS';
    process.stdout.write(
      `${name} is made. Write it until "npm test" there is content; then "${setting}=./${name}" in .env brings it into the host.\n`,
    );
    return 0;
  },
};

function versionOfParley(): string {
  const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { readonly version: string };
  return version;
}
