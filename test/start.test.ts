import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';

const MAIN = resolve('dist/src/main.js');
const KEY = 'an-admin-key-of-a-test';
const LINK = /open in a browser, signed in once within ten minutes: (http:\/\/\S+)\/sign-in#(\S+)\n/;

describe('what a host prints at its start', () => {
  let folder: string;
  let host: ChildProcess | undefined;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'parley-start-'));
  });
  afterEach(async () => {
    host?.kill();
    if (host?.exitCode === null && host.signalCode === null) await once(host, 'exit');
    rmSync(folder, { recursive: true });
  });

  /** Starts a host and returns what it has printed up to a line. */
  function start(env: Readonly<Record<string, string>>, last: RegExp): Promise<string> {
    const ports = { PORT: '0', EMULATOR_WHATSAPP_PORT: '0', EMULATOR_VIBER_PORT: '0' };
    const child = spawn(process.execPath, [MAIN], {
      cwd: folder,
      env: { ...ports, LOG_LEVEL: 'silent', DATA_DIR: folder, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    host = child;
    return new Promise((done, fail) => {
      let out = '';
      child.stdout.on('data', (part) => {
        out += part;
        if (last.test(out)) done(out);
      });
      child.on('exit', () => fail(new Error(`the host did not start: ${out}`)));
    });
  }

  it('a link that signs in once, in front of the key', async () => {
    const out = await start({}, /next: run/);
    const [lead = '', url = '', code = ''] = LINK.exec(out) ?? [];
    expect(out.indexOf(lead)).to.be.lessThan(out.indexOf('the admin key, shown only once: pk_'));
    const signIn = () =>
      fetch(`${url}/api/sign-in`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ code }) });
    const answer = await signIn();
    expect(answer.status).to.equal(200);
    expect(await answer.json()).to.deep.include({ name: 'admin', role: 'admin' });
    expect((await signIn()).status).to.equal(401);
  });

  it('no link if others can reach it, or if it runs in production and its key is known', async () => {
    for (const env of [{ HOST: '0.0.0.0' }, { EMULATORS: 'false', PARLEY_ADMIN_KEY: KEY }]) {
      const out = await start({ ...env, DATA_DIR: join(folder, 'data') }, env.HOST === undefined ? /parley listens on .*\n/ : /next: run/);
      expect(out).to.not.match(/sign-in#/);
      host?.kill();
      if (host?.exitCode === null && host.signalCode === null) await once(host, 'exit');
    }
  });
});
