// npm run check: types, lint and format, unused code, the architecture, and whether generated pages are up to date. Runs everything, then
// reports all failures.
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(fileURLToPath(import.meta.url), '../..');
// The build checks the types, and the other checks need it.
await run('types', ['scripts/run.mjs', '--build', 'host']);
const results = await Promise.all([
  run('types of the console', ['node_modules/typescript/bin/tsc', '-p', 'console']),
  run('lint and format', ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.']),
  run('unused code', ['node_modules/knip/bin/knip.js']),
  run('generated pages', ['dist/scripts/docs.js', '--check']),
  run('architecture', ['node_modules/mocha/bin/mocha.js', '--no-config', '--reporter', 'dot', 'dist/test/architecture.test.js']),
]);
const failed = results.filter((one) => one.code !== 0).map((one) => one.name);
if (failed.length) {
  process.stderr.write(`check: ${failed.join(', ')}\n`);
  process.exit(1);
}
process.stdout.write('check: ok\n');

function run(name, args) {
  return new Promise((done) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (part) => {
      output += part;
    });
    child.stderr.on('data', (part) => {
      output += part;
    });
    child.on('close', (code) => {
      if (code !== 0) process.stderr.write(`--- ${name}\n${output}\n`);
      if (code !== 0 && name === 'types') process.exit(1);
      done({ name, code });
    });
  });
}
