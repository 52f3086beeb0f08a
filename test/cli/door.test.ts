import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { commands } from '../../src/cli/commands.js';
import { aFlow } from '../support/builders.js';
import { commandsOn, runCommand } from '../support/run-command.js';
import { startTestApp, TEST_KEY, type TestApp } from '../support/test-app.js';

describe('the parley command at the door', () => {
  let host: TestApp;
  before(async () => {
    host = await startTestApp();
  });
  after(() => host.app.stop());

  it('every word has a help that begins with its usage and ends with its exit codes, and names each of its options', async () => {
    for (const [name, { options, examples }] of Object.entries(commands)) {
      const { code, out, err } = await runCommand([name, '--help']);
      expect([code, err], name).to.deep.equal([0, '']);
      expect(out)
        .to.match(new RegExp(`^usage: parley ${name}\\b`))
        .and.to.match(/\n {2}0 {2}success\n {2}1 {2}.*\n {2}2 {2}wrong usage\n$/s);
      for (const option of Object.keys(options)) expect(out, name).to.include(`\n  --${option}`);
      for (const example of examples) expect(example, name).to.match(new RegExp(`(^| )parley ${name}\\b`));
      expect(Math.max(...out.split('\n').map((line) => line.length)), name).to.be.below(125);
    }
  });

  it('no example shows a key', () => {
    for (const [name, { examples }] of Object.entries(commands)) expect(examples.join('\n'), name).to.not.match(/--key|KEY=/);
  });

  it('an unknown word, an unknown option and one word too many are asked in the wrong way, and said in words', async () => {
    expect(await runCommand(['dance'])).to.include({ code: 2, out: '' });
    for (const name of Object.keys(commands)) {
      const { code, out, err } = await runCommand([name, '--fast']);
      expect([code, out], name).to.deep.equal([2, '']);
      expect(err).to.equal(`parley ${name}: Unknown option '--fast'\nSee "parley ${name} --help".\n`);
    }
    for (const name of ['check', 'publish', 'offline', 'rollback', 'trigger', 'backup']) {
      expect((await runCommand([name])).code, name).to.equal(2);
      expect((await runCommand([name, 'a', 'b', 'c'])).code, name).to.equal(2);
    }
  });

  it('the host and the key come from the options, else from PARLEY_URL and PARLEY_KEY, else from the settings and .env', async () => {
    const { port, hostname } = new URL(host.url);
    const settings = `HOST=${hostname}\nPORT=${port}\nPARLEY_ADMIN_KEY=${TEST_KEY}\n`;
    expect((await runCommand(['flows'], { dotenv: settings })).code).to.equal(0);
    expect((await runCommand(['flows'], { dotenv: settings, env: { PARLEY_ADMIN_KEY: 'another-key-0123456789' } })).code).to.equal(1);
    expect((await runCommand(['flows'], { dotenv: settings.replace(hostname, '0.0.0.0'), env: { PARLEY_KEY: TEST_KEY } })).code).to.equal(
      0,
    );
    const wrong = { PARLEY_URL: 'http://127.0.0.1:9', PARLEY_KEY: 'k' };
    expect((await runCommand(['flows', '--url', `${host.url}/`, '--key', TEST_KEY], { env: wrong })).code).to.equal(0);
  });

  it('no key, a key that cannot be one, and an address that is none are asked in the wrong way', async () => {
    expect(await runCommand(['flows'])).to.include({ code: 2 });
    expect((await runCommand(['flows'])).err).to.include('a key is missing');
    const odd = await runCommand(['flows', '--key', 'schlüssel…']);
    expect([odd.code, odd.err.includes('schlüssel')]).to.deep.equal([2, false]);
    expect(await runCommand(['flows', '--key', 'k', '--url', 'localhost:3000'])).to.include({ code: 2 });
    expect(await runCommand(['flows', '--key', 'k', '--url', 'somewhere'])).to.include({ code: 2 });
  });

  it('a host that is not there, a wrong key, another server and an older host are told in words', async () => {
    expect((await commandsOn('http://127.0.0.1:9')(['flows'])).err).to.match(
      /^parley flows: no host answers on http:\/\/127\.0\.0\.1:9 \(/,
    );
    expect((await commandsOn(host.url, 'not-the-key-0123456789')(['flows'])).err).to.equal(
      'parley flows: Unknown key. Check PARLEY_KEY, PARLEY_ADMIN_KEY or --key.\n',
    );
    const other = createServer((request, response) => {
      if (request.url?.startsWith('/api/flows')) response.end('<h1>Hello</h1>');
      else {
        response.statusCode = 404;
        response.end(JSON.stringify({ status: 404, code: 'http/unknown-route', detail: 'There is no such thing.' }));
      }
    });
    await new Promise<void>((ready) => void other.listen(0, '127.0.0.1', ready));
    const on = commandsOn(`http://127.0.0.1:${(other.address() as AddressInfo).port}`);
    expect((await on(['flows'])).err).to.match(/is not a Parley host: its answer is not JSON\n$/);
    expect((await on(['backup', 'never-written.db'])).err).to.equal(
      'parley backup: the host does not know /api/backup: it is older than this command\n',
    );
    other.close();
  });

  it('a key that may not do it is told which would', async () => {
    const { json } = await host.call('POST', '/api/keys', { name: 'eyes', role: 'viewer' });
    const { code, err } = await commandsOn(host.url, json.key)(['offline', 'x']);
    expect([code, err]).to.deep.equal([
      1,
      'parley offline: The call needs a key of role admin or editor. The role of this key is viewer.\n',
    ]);
  });

  it('chat looks for the emulator where .env says that it is, and the environment wins', async () => {
    const dotenv = 'EMULATOR_WHATSAPP_PORT=1\n';
    const { err } = await runCommand(['chat'], { dotenv });
    expect(err).to.include('http://127.0.0.1:1:');
    expect((await runCommand(['chat'], { dotenv, env: { EMULATOR_WHATSAPP_PORT: '2' } })).err).to.include('http://127.0.0.1:2:');
  });

  it('check takes the time zone from .env, and the environment takes precedence', async () => {
    const waits = aFlow('waits', {
      nodes: [
        { id: 'start', type: 'start', version: 1, params: {} },
        { id: 'pause', type: 'wait', version: 1, params: { until: { time: '09:00' } } },
        { id: 'end', type: 'end', version: 1, params: {} },
      ],
      edges: [
        { from: 'start', port: 'next', to: 'pause' },
        { from: 'pause', port: 'next', to: 'end' },
      ],
    });
    const stdin = JSON.stringify(waits);
    const codes = async (dotenv: string, env: Readonly<Record<string, string>> = {}) =>
      (JSON.parse((await runCommand(['check', '-', '--json'], { dotenv, env, stdin })).out) as { code: string }[]).map(({ code }) => code);
    expect(await codes('')).to.include('flow/no-time-zone');
    expect(await codes('TIME_ZONE=Europe/Berlin\n')).to.not.include('flow/no-time-zone');
    expect(await codes('TIME_ZONE=Mars/Olympus\n')).to.include('flow/no-time-zone');
    expect(await codes('TIME_ZONE=Europe/Berlin\n', { TIME_ZONE: 'Mars/Olympus' })).to.include('flow/no-time-zone');
  });
});
