import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { freePort } from '../../chaos/hosts.js';
import { databaseOfItsOwn, dropDatabase } from '../../chaos/set-up.js';

interface Block {
  readonly kind: string;
  readonly text: string;
  /** The prose before it. */
  readonly before: string;
}

const LONGEST = 20_000;
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
    ports = {
      3000: String(await freePort()),
      3978: String(await freePort()),
      3979: String(await freePort()),
    };
  });
  after(async () => {
    await host?.stop();
    if (database !== undefined) await dropDatabase(database);
    rmSync(folder, { recursive: true, force: true });
  });

  const env = () => ({
    PATH: process.env['PATH'] ?? '',
    HOME: join(folder, 'home'),
    CURL_HOME: join(folder, 'home'),
    PORT: ports[3000] ?? '',
    EMULATOR_WHATSAPP_PORT: ports[3978] ?? '',
    EMULATOR_VIBER_PORT: ports[3979] ?? '',
  });
  const run = (line: string) => start(line.replace('127.0.0.1:3000', `127.0.0.1:${ports[3000]}`), { cwd: folder, env: env() });

  /** What a reader would do with the commands, one after the other. */
  async function perform(line: string, transcript: string | undefined): Promise<void> {
    if (/^(\w+=\S+ )?npm start$/.test(line)) {
      await host?.stop();
      host = run(line.replace(/mongodb:\/\/\S+/, database ?? ''));
      await host.says(/listens on/);
      await host.says(/npm run chat/);
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

/** The lines of a transcript that begin with `> ` are typed; the others are to be seen before the next is. */
async function converse(phone: Running, transcript: string): Promise<void> {
  for (const line of transcript.trim().split('\n')) {
    if (line.startsWith('> ')) phone.type(line.slice(2));
    else await phone.says(new RegExp(line.trim().replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')));
  }
}

function blocksOf(page: string): readonly Block[] {
  let end = 0;
  return [...page.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(({ 0: whole, 1: kind = '', 2: text = '', index }) => {
    const before = page.slice(end, index);
    end = index + whole.length;
    return { kind, text, before };
  });
}

interface Running {
  readonly ended: Promise<number | null>;
  said(): string;
  /** Resolves when it has been said; what was said is then behind us. */
  says(words: RegExp): Promise<void>;
  type(line: string): void;
  stop(): Promise<void>;
}

/** A command in a shell, with all that it starts. */
function start(line: string, at: { readonly cwd: string; readonly env: Readonly<Record<string, string>> }): Running {
  const child: ChildProcess = spawn('bash', ['-c', line], { ...at, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  let seen = 0;
  let look = () => {};
  const hear = (part: Buffer) => {
    said += part.toString();
    look();
  };
  child.stdout?.on('data', hear);
  child.stderr?.on('data', hear);
  const ended = new Promise<number | null>((done) => child.once('close', done));
  return {
    ended,
    said: () => said,
    says: (words) =>
      new Promise((resolve, reject) => {
        const late = setTimeout(() => reject(new Error(`"${line}" did not say ${words} but:\n${said}`)), LONGEST);
        look = () => {
          const found = words.exec(said.slice(seen));
          if (!found) return;
          seen += found.index + found[0].length;
          clearTimeout(late);
          look = () => {};
          resolve();
        };
        look();
      }),
    type: (words) => child.stdin?.write(`${words}\n`),
    async stop() {
      if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
      await ended;
    },
  };
}
