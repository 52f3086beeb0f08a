import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { databaseOfItsOwn, dropDatabase } from '../../chaos/set-up.js';
import { blocksOf } from './blocks-of.js';
import { converse, LONGEST, type Running, start } from './start-line.js';

const README = readFileSync('README.md', 'utf8');
const mongo = process.env['MONGODB_URL'];

describe('the README', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-readme-'));
  const database = mongo === undefined ? undefined : databaseOfItsOwn(mongo);
  let host: Running | undefined;
  let ports: Readonly<Record<string, string>> = {};

  before(async () => {
    // A checkout as a newcomer has it; what is in it is the real one.
    for (const name of readdirSync('.')) if (!/^(\..*|data)$/.test(name)) symlinkSync(resolve(name), join(folder, name));
    mkdirSync(join(folder, 'home'));
    // An answer of 400 or more is a failure, which `curl -s` would not tell.
    writeFileSync(join(folder, 'home', '.curlrc'), 'fail-with-body\n');
  });
  after(async () => {
    await host?.stop();
    if (database !== undefined) await dropDatabase(database);
    rmSync(folder, { recursive: true, force: true });
  });

  const env = (own: Readonly<Record<string, string>> = ports) => ({
    PATH: process.env['PATH'] ?? '',
    HOME: join(folder, 'home'),
    CURL_HOME: join(folder, 'home'),
    PORT: own[3000] ?? '0',
    EMULATOR_WHATSAPP_PORT: own[3978] ?? '0',
    EMULATOR_VIBER_PORT: own[3979] ?? '0',
  });
  const run = (line: string) => start(line.replace('127.0.0.1:3000', `127.0.0.1:${ports[3000]}`), { cwd: folder, env: env() });
  /** A host takes free ports by itself and says which; whatever follows is told of them. */
  const runHost = async (line: string): Promise<Running> => {
    const started = start(line, { cwd: folder, env: env({}) });
    // At once, so that it is stopped at the end even if it never says where it listens.
    host = started;
    const [, port = ''] = await started.says(/listens on http:\/\/127\.0\.0\.1:(\d+)/);
    const isBare = line.includes('EMULATORS=false');
    const [, whatsapp = '', viber = ''] = isBare ? [] : await started.says(/WhatsApp is emulated on \S+:(\d+), Viber on \S+:(\d+)/);
    ports = { 3000: port, 3978: whatsapp, 3979: viber };
    return started;
  };

  /** What a reader would do with the commands, one after the other. */
  async function perform(line: string, transcript: string | undefined): Promise<void> {
    if (/^(\w+=\S+ )?npm start$/.test(line)) {
      await host?.stop();
      const started = await runHost(line.replace(/mongodb:\/\/\S+/, database ?? ''));
      await started.says(/npm run chat/);
      return;
    }
    const running = run(line);
    try {
      if (/^npm run chat\b/.test(line)) await converse(running, transcript ?? '');
      else expect(await running.ended, `${line}\n${running.said()}`).to.equal(0);
    } finally {
      await running.stop();
    }
  }

  const blocks = blocksOf(README);
  for (const [i, { kind, text, before: prose }] of blocks.entries()) {
    const [, file] = kind === 'json' ? (/`([\w-]+\.json)`[^`]*$/.exec(prose) ?? []) : [];
    if (file !== undefined) it(`gives ${file}`, () => writeFileSync(join(folder, file), text));
    if (kind !== 'sh') continue;
    for (const line of text
      .replaceAll(/\\\n\s*|\n {8}/g, ' ')
      .trim()
      .split('\n')) {
      const needsMongo = line.includes('MONGODB_URL=');
      if (needsMongo && database === undefined) {
        process.stdout.write(`not run, as MONGODB_URL is not set: ${line}\n`);
        continue;
      }
      const next = blocks[i + 1];
      it(line, () => perform(line, next?.kind === 'text' ? next.text : undefined)).timeout(LONGEST * 2);
    }
  }
});
