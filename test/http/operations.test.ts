import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { startWhatsAppEmulator, type WhatsAppEmulator } from '../../adapters/whatsapp/emulator/index.js';
import { silentLog } from '../../src/contract/host/index.js';
import { openEmbeddedStore } from '../../src/store/embedded/open.js';
import { aGreeting } from '../support/builders.js';
import { manualClock } from '../support/manual-clock.js';
import { ACCOUNT, until } from '../support/small-world.js';
import { startTestApp, TEST_KEY, type TestApp } from '../support/test-app.js';

const greeting = aGreeting();
const ADA = '491511000001';

describe('what an operator does for people', () => {
  let host: TestApp;
  let emulator: WhatsAppEmulator;
  beforeEach(async () => {
    host = await startTestApp();
    emulator = await startWhatsAppEmulator({ ...ACCOUNT, webhookUrl: `${host.url}/webhooks/wa` });
    await host.call('POST', '/api/channels', { id: 'wa', adapter: 'whatsapp', name: 'WA', config: { ...ACCOUNT, baseUrl: emulator.url } });
    await host.call('POST', '/api/flows', greeting);
    await host.call('PUT', '/api/flows/greeting/channels', { channels: ['wa'] });
    await host.call('POST', '/api/flows/greeting/publish', {});
  });
  afterEach(async () => {
    await host.app.stop();
    await emulator.close();
  });

  const dead = async () => (await host.call('GET', '/api/effects?status=dead')).json.items;

  it('what could not be sent is listed with the reason, and sent again by hand, once', async () => {
    emulator.next({ error: 131_026 });
    await emulator.say({ from: ADA, name: 'Ada', text: 'hi' });
    await until(async () => (await dead()).length === 1);
    const [given] = await dead();
    expect([given.channel, given.error.code, given.error.kind]).to.deep.equal(['wa', '131026', 'rejected']);
    const again = await host.call('POST', `/api/effects/${given.id}/resend`);
    expect([again.status, again.json.repeated]).to.deep.equal([200, false]);
    await until(() => emulator.heard.length === 1);
    expect(await dead()).to.deep.equal([]);
    const repeat = await host.call('POST', `/api/effects/${given.id}/resend`);
    expect(repeat.json).to.deep.equal({ effect: again.json.effect, repeated: true });
    expect((await host.call('POST', `/api/effects/${again.json.effect}/resend`)).json.code).to.equal('effect/not-dead');
    expect((await host.call('POST', '/api/effects/nothing.1.1/resend')).json.code).to.equal('effect/unknown');
    const { items } = (await host.call('GET', '/api/audit')).json;
    expect(items.filter((one: { action: string }) => one.action === 'effect.resend')).to.have.length(1);
    expect(emulator.heard.map(({ text }) => text)).to.deep.equal(['hello']);
  });

  it('the store is copied while it is used, and the copy is a store; kept in memory it is not, in words', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-backup-'));
    const other = await startTestApp({ DATA_DIR: join(folder, 'data') });
    await other.call('POST', '/api/flows', greeting);
    const answer = await fetch(`${other.url}/api/backup`, { method: 'POST', headers: { authorization: `Bearer ${TEST_KEY}` } });
    expect([answer.status, answer.headers.get('content-type')]).to.deep.equal([200, 'application/vnd.sqlite3']);
    // It has no name any more while it is read: whatever ends the host, nothing is left.
    expect(readdirSync(join(folder, 'data')).filter((name) => name.startsWith('backup-'))).to.deep.equal([]);
    const file = join(folder, 'copy.db');
    writeFileSync(file, Buffer.from(await answer.arrayBuffer()));
    await other.app.stop();
    const copy = await openEmbeddedStore({ file }, silentLog);
    expect((await copy.flows.get('greeting'))?.name).to.equal(greeting.name);
    await copy.close();
    rmSync(folder, { recursive: true });
    expect((await host.call('POST', '/api/backup')).json.code).to.equal('backup/not-embedded');
  });

  it('what a host left that ended while it copied the store is removed at the next start, and nothing of anybody else’s', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-backup-'));
    for (const name of ['backup-fetched-Ab3xYz', 'backup-monday']) {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, 'parley.db.part'), 'half a store');
    }
    const other = await startTestApp({ DATA_DIR: folder });
    await other.app.stop();
    expect(readdirSync(folder).filter((name) => name.startsWith('backup-'))).to.deep.equal(['backup-monday']);
    rmSync(folder, { recursive: true });
  });

  it('a host whose data file was replaced is not ready, and says so in its log once', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-replaced-'));
    const errors: string[] = [];
    const clock = manualClock();
    const log = { ...silentLog, error: (_: object, words: string) => void errors.push(words) };
    const other = await startTestApp({ DATA_DIR: folder }, log, { clock });
    const file = join(folder, 'parley.db');
    const ready = async () => {
      clock.advance(1_000);
      return (await fetch(`${other.url}/health/ready`)).status;
    };
    expect(await ready()).to.equal(200);
    renameSync(file, `${file}.away`);
    expect(await ready()).to.equal(503);
    copyFileSync(`${file}.away`, file);
    expect([await ready(), errors.length]).to.deep.equal([503, 1]);
    rmSync(file);
    renameSync(`${file}.away`, file);
    expect(await ready()).to.equal(200);
    await other.app.stop();
    rmSync(folder, { recursive: true });
  });

  it('a person is forgotten for good, and begins anew when they write again', async () => {
    await emulator.say({ from: ADA, name: 'Ada', text: 'hi' });
    await until(() => emulator.heard.length === 1);
    const find = async () => (await host.call('GET', `/api/contacts?identity=whatsapp:${ADA}`)).json.items;
    const [{ id }] = await find();
    expect((await host.call('DELETE', `/api/contacts/${id}`)).status).to.equal(204);
    expect(await find()).to.deep.equal([]);
    for (const path of [`/api/contacts/${id}`, `/api/sessions/${id}`, `/api/sessions/${id}/messages`, `/api/sessions/${id}/turns`])
      expect((await host.call('GET', path)).status, path).to.equal(404);
    expect((await host.call('GET', '/api/sessions')).json.items).to.deep.equal([]);
    expect((await host.call('GET', '/api/audit')).text).to.not.include(ADA);
    await emulator.say({ from: ADA, name: 'Ada', text: 'hi again' });
    await until(() => emulator.heard.length === 2);
    const [anew] = await find();
    expect(anew.id).to.not.equal(id);
    expect((await host.call('DELETE', '/api/contacts/nobody')).json.code).to.equal('contact/unknown');
  });
});
