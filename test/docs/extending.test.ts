import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { blocksOf } from './blocks-of.js';
import { converse, LONGEST, type Running, start } from './start-line.js';

const PAGE = readFileSync('docs/extending.md', 'utf8');
const FILE = /`((?:src\/|fixtures\/)?[\w-]+\.(?:ts|json|md)|\.env)`/g;

describe('docs/extending.md', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-extending-'));
  const home = join(folder, 'home');
  let cwd = folder;
  let host: Running | undefined;
  /** Free ones that the host takes, then those that it has said. */
  const FREE = { PORT: '0', EMULATOR_WHATSAPP_PORT: '0', EMULATOR_VIBER_PORT: '0' };
  let ports: Readonly<Record<string, string>> = FREE;

  before(async () => {
    mkdirSync(home);
    // An answer of 400 or more is a failure, which `curl -s` would not tell.
    writeFileSync(join(home, '.curlrc'), 'fail-with-body\n');
  });
  after(async () => {
    await host?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const run = (line: string) =>
    start(line.replace('127.0.0.1:3000', `127.0.0.1:${ports['PORT']}`), {
      cwd,
      env: { PATH: process.env['PATH'] ?? '', HOME: home, CURL_HOME: home, ...ports },
    });

  /** What a reader would do, but for the registry: what Parley needs is linked from this checkout, Parley itself is the packed one. */
  async function perform(line: string, transcript: string): Promise<void> {
    const [command = '', remark = ''] = line.split(/\s+#\s+/);
    if (command === 'npm run pack') return pack(join(folder, 'parley'));
    if (command.startsWith('npm install')) return install(cwd, join(folder, 'parley'));
    if (command === 'npx parley start') {
      await host?.stop();
      ports = FREE;
      host = run(command);
      const [, port = ''] = await host.says(/listens on http:\/\/127\.0\.0\.1:(\d+)/);
      const [, whatsapp = '', viber = ''] = await host.says(/WhatsApp is emulated on \S+:(\d+), Viber on \S+:(\d+)/);
      ports = { PORT: port, EMULATOR_WHATSAPP_PORT: whatsapp, EMULATOR_VIBER_PORT: viber };
      await host.says(/npm run chat/);
      return;
    }
    const running = run(`${command} && pwd > ${folder}/cwd`);
    try {
      if (command === 'npx parley chat') return await converse(running, transcript);
      expect((await running.ended) === 0, `${line}\n${running.said()}`).to.equal(!remark.startsWith('fails'));
    } finally {
      await running.stop();
    }
    if (command.includes('cd ')) cwd = readFileSync(join(folder, 'cwd'), 'utf8').trim();
  }

  const blocks = blocksOf(PAGE);
  for (const [i, { kind, text, before: prose }] of blocks.entries()) {
    const file = [...prose.matchAll(FILE)].at(-1)?.[1];
    if (kind !== 'sh' && kind !== 'text')
      it(`gives ${file}`, () => {
        writeFileSync(join(cwd, file ?? ''), text);
      });
    if (kind !== 'sh') continue;
    for (const line of text
      .replaceAll(/\\\n\s*/g, ' ')
      .trim()
      .split('\n'))
      it(line, () => perform(line, blocks[i + 1]?.text ?? '')).timeout(LONGEST * 2);
  }

  it('has types for a program that makes its host by itself, strict and with every declaration looked at', async () => {
    const at = join(folder, 'my-host');
    const compilerOptions = { strict: true, module: 'NodeNext', target: 'ES2023', skipLibCheck: false, noEmit: true };
    writeFileSync(join(at, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['own.mts'] }));
    writeFileSync(join(at, 'own.mts'), OWN_PROGRAM);
    cwd = at;
    const running = run('npx tsc -p .');
    expect(await running.ended, running.said()).to.equal(0);
  }).timeout(LONGEST);

  it('leaves a package that others can install: what was compiled, and no tests', () => {
    const said = execFileSync('npm', ['pack', '--dry-run', '--json'], { cwd: join(folder, 'my-host', 'ask-number'), encoding: 'utf8' });
    const [{ files }] = JSON.parse(said) as [{ readonly files: readonly { readonly path: string }[] }];
    const paths = files.map(({ path }) => path);
    expect(paths).to.include.members(['dist/index.js', 'dist/index.d.ts', 'README.md', 'package.json']);
    expect(paths.filter((path) => path.includes('test') || path.includes('src'))).to.deep.equal([]);
  }).timeout(LONGEST);
});

const OWN_PROGRAM = `import { type App, createApp, loadConfig, loadExtensions, WhatsAppAdapter } from 'parley';
import { BUDGET } from 'parley/contract';

const config = loadConfig(process.env);
if ('mistakes' in config) throw new Error(config.mistakes.join());
const extensions = await loadExtensions(config);
if ('mistakes' in extensions) throw new Error(extensions.mistakes.join());
const app: App = await createApp(config, extensions);
app.use({ onTurn: async (context, next) => { await next(); console.log(context.activity.type, BUDGET.held); } });
// @ts-expect-error: the types are there, and are not any
const wrong: number = await app.listen();
console.log(WhatsAppAdapter.name, wrong);
`;

function pack(into: string): void {
  mkdirSync(into);
  execFileSync('npm', ['pack', '--pack-destination', into], { stdio: 'ignore' });
}

function install(at: string, packed: string): void {
  const modules = join(at, 'node_modules');
  mkdirSync(join(modules, '.bin'), { recursive: true });
  for (const name of readdirSync('node_modules'))
    if (!name.startsWith('.')) symlinkSync(resolve('node_modules', name), join(modules, name));
  const [file = ''] = readdirSync(packed);
  mkdirSync(join(modules, 'parley'));
  execFileSync('tar', ['-xzf', join(packed, file), '-C', join(modules, 'parley'), '--strip-components=1']);
  const { bin } = JSON.parse(readFileSync(join(modules, 'parley', 'package.json'), 'utf8')) as {
    readonly bin: { readonly parley: string };
  };
  symlinkSync(join('..', 'parley', bin.parley), join(modules, '.bin', 'parley'));
  execFileSync('chmod', ['+x', join(modules, 'parley', bin.parley)]);
  symlinkSync(resolve('node_modules/.bin/tsc'), join(modules, '.bin', 'tsc'));
}
