import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CommandError, defineCommand } from './command.js';
import { adapterFiles } from './new/adapter-files.js';
import { packageFiles } from './new/package-files.js';
import { BY_NAME } from './new/parley-from.js';
import { pluginFiles } from './new/plugin-files.js';
import { oneOf } from './read-arguments.js';

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Begins a package with a node type or an adapter: its test fails until it is written. */
export const newPackage = defineCommand({
  summary: 'begin a package with a node type or an adapter',
  usage: ['plugin <name>', 'adapter <name> [--platform whatsapp | viber]'],
  about:
    'Makes the folder <name>: a package with a node type or an adapter of that name, whose "npm test" fails until it is written.\ndocs/extending.md goes through it.',
  options: { platform: { value: 'platform', help: 'what the people of an adapter hold in the hand: whatsapp (when absent) or viber' } },
  words: { least: 2, most: 2, lacks: 'a plugin or an adapter, and of which name?' },
  examples: ['parley new plugin my-node', 'parley new adapter my-provider --platform viber'],
  fails: 'there is something of that name already',
  async run({ words: [kind = '', name = ''], options: { platform = 'whatsapp' } }, terminal) {
    const what = oneOf(kind, 'what is begun', ['plugin', 'adapter']);
    const on = oneOf(platform, '--platform', ['whatsapp', 'viber']);
    if (!NAME.test(name)) throw new CommandError('a name is in kebab-case: my-node', 2);
    if (existsSync(name)) throw new CommandError(`${name} is there already`);
    const files = what === 'plugin' ? pluginFiles(name, BY_NAME) : adapterFiles(name, on, BY_NAME);
    for (const [file, text] of Object.entries(packageFiles(what, name, { files, version: versionOfParley() }))) {
      mkdirSync(dirname(join(name, file)), { recursive: true });
      writeFileSync(join(name, file), text);
    }
    if (what === 'adapter') mkdirSync(join(name, 'fixtures'));
    const setting = what === 'plugin' ? 'PLUGINS' : 'ADAPTERS';
    terminal.out(
      `${name} is made. Write it until "npm test" there is content; then "${setting}=./${name}" in .env brings it into the host.\n`,
    );
    return 0;
  },
});

function versionOfParley(): string {
  const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { readonly version: string };
  return version;
}
