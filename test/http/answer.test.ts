import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { startWhatsAppEmulator, type WhatsAppEmulator } from '../../adapters/whatsapp/emulator/index.js';
import { aFlow } from '../support/builders.js';
import { manualClock } from '../support/manual-clock.js';
import { ACCOUNT, until } from '../support/small-world.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const FROM = '4915112345678';
const agent = aFlow('agent', {
  triggers: [{ type: 'TriggeredByWhatsApp', match: { keywords: ['agent'] } }],
  nodes: [
    { id: 'start', type: 'start', version: 1, params: {} },
    { id: 'desk', type: 'hand-over', version: 1, params: { queue: 'support', note: 'wants to talk' } },
    { id: 'back', type: 'send-message', version: 1, params: { message: { type: 'text', text: 'The bot is back.' } } },
    { id: 'end', type: 'end', version: 1, params: {} },
  ],
  edges: [
    { from: 'start', port: 'next', to: 'desk' },
    { from: 'desk', port: 'returned', to: 'back' },
    { from: 'back', port: 'next', to: 'end' },
  ],
});

describe('answers of operators', () => {
  let host: TestApp;
  let emulator: WhatsAppEmulator;
  let id: string;
  before(async () => {
    host = await startTestApp();
    emulator = await startWhatsAppEmulator({ ...ACCOUNT, webhookUrl: `${host.url}/webhooks/wa` });
    await host.call('POST', '/api/channels', { id: 'wa', adapter: 'whatsapp', name: 'WA', config: { ...ACCOUNT, baseUrl: emulator.url } });
    const created = await host.call('POST', '/api/flows', agent);
    expect(created.json.problems.map(({ code }: { code: string }) => code)).to.deep.equal(['operator/no-address']);
    await host.call('PUT', '/api/flows/agent/channels', { channels: ['wa'] });
    expect((await host.call('POST', '/api/flows/agent/publish', {})).status).to.equal(200);
  });
  after(async () => {
    await host.app.stop();
    await emulator.close();
  });
  const heard = () => emulator.heard.map(({ text }) => text);
  const answer = (body: object) => host.call('POST', `/api/sessions/${id}/answer`, body);
  const inbox = async (query = '') => (await host.call('GET', `/api/sessions?status=operator${query}`)).json.items;

  it('a person who is handed over stands in the list of their queue, with the note and since when', async () => {
    await emulator.say({ from: FROM, text: 'agent' });
    await until(async () => (await inbox()).length === 1);
    const [session] = await inbox('&queue=support');
    expect(session).to.include({ status: 'operator' });
    expect(session.handOver).to.include({ queue: 'support', note: 'wants to talk', channel: 'wa', flow: 'agent' });
    expect(session.handOver.since).to.be.a('string');
    expect(await inbox('&queue=other')).to.deep.equal([]);
    expect((await host.call('GET', '/api/sessions?status=waiting')).json.items).to.deep.equal([]);
    id = session.id;
  });

  it('an answer goes to the person as it was written, and the messages name the operator', async () => {
    const sent = await answer({ text: 'Hello {{ customerName }}!' });
    expect(sent.status).to.equal(200);
    expect(sent.json.session.status).to.equal('operator');
    await until(() => heard().includes('Hello {{ customerName }}!'));
    const { json } = await host.call('GET', `/api/sessions/${id}/messages`);
    expect(json.items.at(-1)).to.include({ id: sent.json.effect, direction: 'out', by: 'admin', text: 'Hello {{ customerName }}!' });
    const turns = await host.call('GET', `/api/sessions/${id}/turns`);
    expect(turns.json.items.at(-1).event).to.include({ type: 'operator', by: 'admin' });
  });

  it('a repeat with the same uuid sends nothing again', async () => {
    const [first, second] = [await answer({ text: 'Once', uuid: 'u1' }), await answer({ text: 'Once', uuid: 'u1' })];
    expect(second.json.effect).to.equal(first.json.effect);
    await until(() => heard().includes('Once'));
    expect(heard().filter((text) => text === 'Once')).to.have.length(1);
  });

  it('other messages are sent as well; one that is not valid is refused with a pointer', async () => {
    const link = { type: 'link', text: 'See here', button: 'Open', url: 'https://example.com' };
    expect((await answer({ message: link })).status).to.equal(200);
    await until(() => heard().includes('See here'));
    const wrong = await answer({ message: { type: 'link', text: 'See here', buton: 'Open', url: 'https://example.com' } });
    expect(wrong.status).to.equal(422);
    expect(wrong.json.errors.map(({ pointer }: { pointer: string }) => pointer)).to.include('/message/buton');
    expect((await answer({})).status).to.equal(422);
    expect((await answer({ text: 'a', message: link })).status).to.equal(422);
    expect((await answer({ message: { type: 'reaction', emoji: '👍' } })).json.code).to.equal('operator/not-sent');
  });

  it('what the person writes starts nothing', async () => {
    await emulator.say({ from: FROM, text: 'agent' });
    await until(async () => (await host.call('GET', `/api/sessions/${id}/turns`)).json.items.at(-1).decision.kind === 'operator');
  });

  it('the talk is given back with a last word, and the flow goes on', async () => {
    const given = await answer({ text: 'Bye', giveBack: true });
    expect(given.json.session).to.deep.include({ status: 'idle', runs: [] });
    await until(() => heard().includes('The bot is back.'));
    expect(heard().slice(-2)).to.deep.equal(['Bye', 'The bot is back.']);
    expect(await inbox()).to.deep.equal([]);
  });

  it('an operator who is too late gets a 409 that says so, and nothing is sent', async () => {
    const before = emulator.heard.length;
    for (const body of [{ text: 'Wait' }, { giveBack: true }]) {
      const late = await answer(body);
      expect(late.status).to.equal(409);
      expect(late.json.code).to.equal('operator/not-handed-over');
      expect(late.json.detail).to.match(/an operator gave the talk back/);
    }
    expect(emulator.heard.length).to.equal(before);
    expect((await answer({ text: 'One more thing', outside: true })).status).to.equal(200);
    await until(() => heard().includes('One more thing'));
    expect((await host.call('POST', '/api/sessions/nobody/answer', { text: 'hi' })).status).to.equal(404);
  });

  it('everything is in the audit log, without the words', async () => {
    const { json } = await host.call('GET', '/api/audit');
    const answers = json.items.filter(({ action }: { action: string }) => action === 'session.answer');
    expect(answers.length).to.be.greaterThan(3);
    expect(JSON.stringify(answers)).not.to.include('One more thing');
  });

  it("a channel's own address and secret are kept, and the secret is never shown", async () => {
    const config = { ...ACCOUNT, baseUrl: emulator.url, operatorWebhook: 'http://127.0.0.1:9/hook', operatorSecret: 'very-secret-indeed' };
    const put = await host.call('PUT', '/api/channels/wa', { name: 'WA', config });
    expect(put.status).to.equal(200);
    expect(put.json.config).to.deep.include({ operatorWebhook: 'http://127.0.0.1:9/hook', operatorSecret: { set: true } });
    const again = await host.call('PUT', '/api/channels/wa', { name: 'WA', config: put.json.config });
    expect(again.json.config.operatorSecret).to.deep.equal({ set: true });
    const bad = await host.call('PUT', '/api/channels/wa', { name: 'WA', config: { ...config, operatorWebhook: 'ftp://x' } });
    expect(bad.json.errors[0].pointer).to.equal('/config/operatorWebhook');
    const checked = await host.call('POST', '/api/flows/agent/check');
    expect(checked.json.problems).to.deep.equal([]);
  });
});

describe('a person who is handed over', () => {
  let folder: string;
  let host: TestApp;
  let emulator: WhatsAppEmulator;
  const clock = manualClock();
  let people = 0;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'parley-desk-'));
    host = await startTestApp({ DATA_DIR: folder }, undefined, { clock });
    emulator = await startWhatsAppEmulator({ ...ACCOUNT, webhookUrl: `${host.url}/webhooks/wa` });
    await host.call('POST', '/api/channels', { id: 'wa', adapter: 'whatsapp', name: 'WA', config: { ...ACCOUNT, baseUrl: emulator.url } });
    await host.call('POST', '/api/flows', withTimeout);
    await host.call('PUT', '/api/flows/agent/channels', { channels: ['wa'] });
    await host.call('POST', '/api/flows/agent/publish', {});
  });
  after(async () => {
    await stop();
    await emulator.close();
    rmSync(folder, { recursive: true });
  });
  /** Stops the host, while time passes. */
  const stop = async () => {
    let isStopped = false;
    const stopped = host.app.stop().then(() => {
      isStopped = true;
    });
    await until(() => {
      clock.advance(1_000);
      return isStopped;
    });
    await stopped;
  };
  const desk = agent.nodes[1];
  const withTimeout = {
    ...agent,
    nodes: agent.nodes.map((one) => (one === desk ? { ...one, params: { ...one.params, timeout: { value: 1, unit: 'hours' } } } : one)),
  };
  const inbox = async () => (await host.call('GET', '/api/sessions?status=operator')).json.items;
  const answer = async (id: string, body: object) => host.call('POST', `/api/sessions/${id}/answer`, body);
  /** Somebody who has just been handed over, and what they have heard. */
  const handOver = async () => {
    const from = `49151100000${String(++people).padStart(2, '0')}`;
    await emulator.say({ from, text: 'agent' });
    await until(async () => (await inbox()).length === 1);
    const [session] = await inbox();
    const heard = () => emulator.heard.filter(({ to }) => to === from).map(({ text }) => text);
    return { id: String(session.id), session, heard };
  };

  it('goes on by the flow when the time is up, and the operator is too late', async () => {
    const { id, heard } = await handOver();
    clock.advance(3_600_000);
    await until(() => {
      clock.advance(1_000);
      return heard().length === 1;
    });
    const late = await answer(id, { text: 'Sorry' });
    expect([late.status, late.json.code]).to.deep.equal([409, 'operator/not-handed-over']);
    expect(late.json.detail).to.match(/nobody gave the talk back in time/);
    expect(heard()).to.deep.equal(['The bot is back.']);
  });

  it('goes on by the port that the control room names, and the hand-over is over', async () => {
    const { id, heard } = await handOver();
    expect((await host.call('POST', `/api/sessions/${id}/resume`, { port: 'returned' })).json.status).to.equal('idle');
    await until(() => heard().length === 1);
    expect(await inbox()).to.deep.equal([]);
  });

  it('can be forgotten', async () => {
    const { id } = await handOver();
    expect((await host.call('DELETE', `/api/contacts/${id}`)).status).to.equal(204);
    expect(await inbox()).to.deep.equal([]);
    expect((await answer(id, { text: 'hi', outside: true })).status).to.equal(404);
  });

  it('can only be sent a template after 24 hours', async () => {
    const { id } = await handOver();
    await host.call('POST', `/api/sessions/${id}/resume`, {});
    clock.advance(25 * 3_600_000);
    const closed = await answer(id, { text: 'Good morning', outside: true });
    expect([closed.status, closed.json.code]).to.deep.equal([409, 'send/window-closed']);
    const template = await answer(id, { message: { type: 'template', name: 'news', language: 'en' }, outside: true });
    expect(template.status).to.equal(200);
  });

  it('is let go when the flow is taken offline with its sessions', async () => {
    const { id } = await handOver();
    await host.call('POST', '/api/flows/agent/offline', { sessions: 'end' });
    await until(async () => (await inbox()).length === 0);
    expect((await answer(id, { giveBack: true })).json.detail).to.match(/has ended/);
    await host.call('POST', '/api/flows/agent/publish', {});
  });

  it('is still with the operator after a restart', async () => {
    const { id, session, heard } = await handOver();
    await stop();
    host = await startTestApp({ DATA_DIR: folder }, undefined, { clock });
    expect((await inbox())[0].handOver).to.deep.equal(session.handOver);
    expect((await answer(id, { text: 'Here I am again', giveBack: true })).status).to.equal(200);
    await until(() => heard().length === 2);
    expect(heard()).to.deep.equal(['Here I am again', 'The bot is back.']);
  });
});
