import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { createApp } from '../../src/app.js';
import { loadConfig } from '../../src/config/load.js';
import { silentLog } from '../../src/contract/host/index.js';
import { openEmbeddedStore } from '../../src/store/embedded/open.js';
import { aFlow } from '../support/builders.js';
import { commandsOn, runCommand } from '../support/run-command.js';
import { until } from '../support/small-world.js';
import { startTestApp, TEST_KEY } from '../support/test-app.js';

describe('parley backup', () => {
  let folder: string;
  let servers: Server[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'parley-'));
    servers = [];
  });
  afterEach(() => {
    for (const one of servers) one.close();
    rmSync(folder, { recursive: true });
  });
  const HEAD = Buffer.from('SQLite format 3\0');
  const hostThat = async (answers: RequestListener) => {
    const server = createServer(answers);
    servers.push(server);
    await new Promise<void>((ready) => void server.listen(0, '127.0.0.1', ready));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };

  it('writes the store of a running host into a file that can be opened, and that its owner alone may read', async () => {
    const config = loadConfig({ PORT: '0', EMULATORS: 'false', PARLEY_ADMIN_KEY: TEST_KEY, DATA_DIR: join(folder, 'data') });
    if ('mistakes' in config) throw new Error(config.mistakes.join());
    const app = await createApp(config);
    const file = join(folder, 'copy.db');
    try {
      const run = commandsOn(await app.listen());
      await run(['publish', '-'], JSON.stringify(aFlow('kept')));
      const { code, out } = await run(['backup', file]);
      expect([code, out]).to.deep.equal([0, `${file}: ${statSync(file).size} bytes\n`]);
      expect(statSync(file).mode & 0o777).to.equal(0o600);
      expect((await run(['backup', file])).err).to.equal(`parley backup: ${file} exists already. Use --force to overwrite it\n`);
      expect((await run(['backup', file, '--force'])).code).to.equal(0);
    } finally {
      await app.stop();
    }
    const store = await openEmbeddedStore({ file }, silentLog);
    expect((await store.flows.get('kept'))?.state).to.equal('ONLINE');
    await store.close();
  });

  it('a host whose store is not in a file says so', async () => {
    const host = await startTestApp();
    const { code, err } = await commandsOn(host.url)(['backup', join(folder, 'copy.db')]);
    await host.app.stop();
    expect([code, err]).to.deep.equal([1, 'parley backup: The host does not store its data in a file, so it has nothing to copy.\n']);
    expect(readdirSync(folder)).to.deep.equal([]);
  });

  it('what is cut short, in either way of saying how long it is, or no database, leaves nothing behind', async () => {
    const cut: readonly RequestListener[] = [
      (_request, response) => {
        response.writeHead(200, { 'content-length': '100000' }).write(HEAD, () => response.destroy());
      },
      (_request, response) => {
        response.writeHead(200).write(HEAD, () => response.destroy());
      },
      (_request, response) => void response.end('<h1>a page of 16 letters and more</h1>'),
      (_request, response) => void response.end(),
    ];
    for (const answers of cut) {
      const { code, err } = await commandsOn(await hostThat(answers))(['backup', join(folder, 'copy.db')]);
      expect([code, err]).to.satisfy(
        ([one, said]: [number, string]) =>
          one === 1 && /^parley backup: (the connection to the host was lost|the answer is not a SQLite)/.test(said),
        err,
      );
      expect(readdirSync(folder)).to.deep.equal([]);
    }
  });

  it('a file that is there stays as it was until the whole copy has come', async () => {
    const file = join(folder, 'copy.db');
    writeFileSync(file, 'the old one');
    const url = await hostThat((_request, response) => void response.write(HEAD, () => response.destroy()));
    expect((await commandsOn(url)(['backup', file, '--force'])).code).to.equal(1);
    expect([readFileSync(file, 'utf8'), readdirSync(folder)]).to.deep.equal(['the old one', ['copy.db']]);
  });

  it('one that has come to be there meanwhile is not overwritten', async () => {
    const file = join(folder, 'copy.db');
    const url = await hostThat((_request, response) => {
      writeFileSync(file, 'somebody else');
      response.end(HEAD);
    });
    expect((await commandsOn(url)(['backup', file])).code).to.equal(1);
    expect([readFileSync(file, 'utf8'), readdirSync(folder)]).to.deep.equal(['somebody else', ['copy.db']]);
  });

  it('reports a folder that was removed meanwhile', async () => {
    const inner = join(folder, 'inner');
    mkdirSync(inner);
    const url = await hostThat(async (_request, response) => {
      response.write(HEAD);
      await until(() => readdirSync(inner).length > 0);
      rmSync(inner, { recursive: true });
      response.end();
    });
    const { code, err } = await commandsOn(url)(['backup', join(inner, 'copy.db')]);
    expect(code).to.equal(1);
    expect(err).to.match(/^parley backup: cannot write .*: no such file\n$/);
  });

  it('who wants no more while it runs has nothing left behind', async () => {
    const stop = new AbortController();
    const url = await hostThat((_request, response) => void response.write(HEAD, () => stop.abort()));
    const { code, err } = await runCommand(['backup', join(folder, 'copy.db'), '--url', url, '--key', 'k'], { interrupted: stop.signal });
    expect([code, err]).to.deep.equal([1, 'parley backup: interrupted, nothing was written\n']);
    expect(readdirSync(folder)).to.deep.equal([]);
  });

  it('a folder that is not there is told before anything is kept', async () => {
    const url = await hostThat((_request, response) => void response.end(HEAD));
    const { code, err } = await commandsOn(url)(['backup', join(folder, 'nowhere', 'copy.db')]);
    expect([code, err]).to.satisfy(([one, said]: [number, string]) => one === 1 && /cannot write .*: no such file\n$/.test(said));
    expect(existsSync(join(folder, 'nowhere'))).to.equal(false);
  });
});
