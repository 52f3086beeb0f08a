// npm run new -- plugin <type> | adapter <name> [--platform whatsapp|viber]: creates the folder of a node type or of the adapter of a provider,
// and adds it to its list. The tests fail until everything is written.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { adapterFiles } from '../src/cli/new/adapter-files.js';
import { INSIDE } from '../src/cli/new/parley-from.js';
import { pluginFiles } from '../src/cli/new/plugin-files.js';
import { withAdapter, withPlugin } from './new/list-entry.js';

const USAGE = 'usage: npm run new -- plugin <type>\n       npm run new -- adapter <name> [--platform whatsapp | viber]\n';
const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

const { values, positionals } = parseArgs({ allowPositionals: true, options: { platform: { type: 'string', default: 'whatsapp' } } });
const [kind, name = ''] = positionals;
const { platform } = values;
if ((kind !== 'plugin' && kind !== 'adapter') || !NAME.test(name) || (platform !== 'whatsapp' && platform !== 'viber')) {
  process.stderr.write(`${USAGE}Names are in kebab-case: my-node.\n`);
  process.exit(2);
}
const folder = `${kind}s/${name}`;
if (existsSync(folder)) {
  process.stderr.write(`${folder} already exists\n`);
  process.exit(1);
}
const files = kind === 'plugin' ? pluginFiles(name, INSIDE) : adapterFiles(name, platform, INSIDE);
for (const [file, text] of Object.entries(files)) {
  mkdirSync(dirname(`${folder}/${file}`), { recursive: true });
  writeFileSync(`${folder}/${file}`, text);
}
const list = `${kind}s/index.ts`;
writeFileSync(list, (kind === 'plugin' ? withPlugin : withAdapter)(readFileSync(list, 'utf8'), name));
if (kind === 'adapter') mkdirSync(`${folder}/fixtures`);
spawnSync(process.execPath, ['node_modules/@biomejs/biome/bin/biome', 'check', '--write', folder, list], { stdio: 'ignore' });
process.stdout.write(
  `Created ${folder} and added it to ${list}. Write it until "npm test" passes, then run "npm run build && node dist/scripts/docs.js" for the reference pages.\n`,
);
