import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CommandError, defineCommand } from './command.js';
import { adapterFiles } from './new/adapter-files.js';
import { packageFiles } from './new/package-files.js';
import { BY_NAME } from './new/parley-from.js';
import { pluginFiles } from './new/plugin-files.js';
import { oneOf } from './read-arguments.js';

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Creates a package for a node type or an adapter, whose test fails until it is written. */
export const newPackage = defineCommand({
  summary: 'create a package for a node type or an adapter',
  usage: ['plugin <name>', 'adapter <name> [--platform whatsapp | viber]'],
  about:
    'Creates the folder <name> with a package for a node type or an adapter of that name. Its "npm test" fails until it is written.\nSee docs/extending.md.',
  options: { platform: { value: 'platform', help: 'the platform of an adapter: whatsapp (default) or viber' } },
  words: { min: 2, max: 2, missing: 'plugin or adapter, and which name?' },
  examples: ['parley new plugin my-node', 'parley new adapter my-provider --platform viber'],
  fails: 'a file or folder of that name exists',
  async run({ words: [kind = '', name = ''], options: { platform = 'whatsapp' } }, terminal) {
    const what = oneOf(kind, 'new', ['plugin', 'adapter']);
    const on = oneOf(platform, '--platform', ['whatsapp', 'viber']);
    if (!NAME.test(name)) throw new CommandError('the name must be in kebab case: my-node', 2);
    if (existsSync(name)) throw new CommandError(`${name} exists already`);
    const files = what === 'plugin' ? pluginFiles(name, BY_NAME) : adapterFiles(name, on, BY_NAME);
    for (const [file, text] of Object.entries(packageFiles(what, name, { files, version: versionOfParley() }))) {
      mkdirSync(dirname(join(name, file)), { recursive: true });
      writeFileSync(join(name, file), text);
    }
    if (what === 'adapter') mkdirSync(join(name, 'fixtures'));
    const setting = what === 'plugin' ? 'PLUGINS' : 'ADAPTERS';
    terminal.out(
      `${name} is created. Write it until its "npm test" passes, then add "${setting}=./${name}" to .env to load it into the host.\n`,
    );
    return 0;
  },
});

function versionOfParley(): string {
  const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { readonly version: string };
  return version;
}
