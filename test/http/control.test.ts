import { expect } from 'chai';
import { startWhatsAppEmulator, type WhatsAppEmulator } from '../../adapters/whatsapp/emulator/index.js';
import { aFlow } from '../support/builders.js';
import { ACCOUNT, until } from '../support/small-world.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const say = (id: string, text: string) => ({
  id,
  type: 'send-whatsapp-message',
  version: 1,
  params: { action: 'reply', message: { type: 'text', text } },
});
const ask = (id: string, saveAs: string) => ({
  id,
  type: 'wait-for-response',
  version: 1,
  params: { timeout: { value: 1, unit: 'hours' }, timeoutBranch: true, saveAs },
});
const talk = (code: string, words: string, nameNode: object = ask('name', 'name')) =>
  aFlow(code, {
    triggers: [{ type: 'TriggeredByWhatsApp', match: { keywords: [code] } }],
    nodes: [
      { id: 'start', type: 'start', version: 1, params: {} },
      say('question', `${code}?`),
      nameNode as never,
      say('thanks', `${words} {{ name }}`),
      say('late', 'too late'),
      { id: 'end', type: 'end', version: 1, params: {} },
    ],
    edges: [
      { from: 'start', port: 'next', to: 'question' },
      { from: 'question', port: 'next', to: (nameNode as { id: string }).id },
      { from: (nameNode as { id: string }).id, port: 'replied', to: 'thanks' },
      { from: (nameNode as { id: string }).id, port: 'notReplied', to: 'late' },
      { from: 'thanks', port: 'next', to: 'end' },
      { from: 'late', port: 'next', to: 'end' },
    ],
  });

describe('publishing while people are in the middle', () => {
  let host: TestApp;
  let emulator: WhatsAppEmulator;
  let serial = 0;
  before(async () => {
    host = await startTestApp();
    emulator = await startWhatsAppEmulator({ ...ACCOUNT, webhookUrl: `${host.url}/webhooks/wa` });
    await host.call('POST', '/api/channels', { id: 'wa', adapter: 'whatsapp', name: 'WA', config: { ...ACCOUNT, baseUrl: emulator.url } });
  });
  after(async () => {
    await host.app.stop();
    await emulator.close();
  });

  const heardBy = (from: string) => emulator.heard.filter(({ to }) => to === from).map(({ text }) => text);
  const online = async (code: string) => {
    await host.call('POST', '/api/flows', talk(code, 'Thanks'));
    await host.call('PUT', `/api/flows/${code}/channels`, { channels: ['wa'] });
    await host.call('POST', `/api/flows/${code}/publish`, {});
  };
  const redraw = (code: string, definition: object) => host.call('PUT', `/api/flows/${code}/draft`, definition, { 'if-match': '*' });
  const draft = async (code: string, definition: object) => {
    const { headers } = await host.call('GET', `/api/flows/${code}/draft`);
    return host.call('PUT', `/api/flows/${code}/draft`, definition, { 'if-match': headers.get('etag') ?? '' });
  };
  /** Somebody who was asked, and has not answered. */
  const inTheMiddle = async (code: string) => {
    const from = `49151200${String(++serial).padStart(5, '0')}`;
    await emulator.say({ from, text: code });
    await until(() => heardBy(from).length === 1);
    const { json } = await host.call('GET', `/api/contacts?identity=whatsapp:${from}`);
    return { from, id: String(json.items[0].id) };
  };
  const publish = (code: string, body: object) => host.call('POST', `/api/flows/${code}/publish`, body);

  it('keep: who is in the middle stays on the version they began with; dryRun only tells who waits where', async () => {
    await online('keeps');
    const ada = await inTheMiddle('keeps');
    await draft('keeps', talk('keeps', 'Many thanks'));
    const dry = await publish('keeps', { dryRun: true });
    expect(dry.json.sessions).to.deep.equal({ keep: 1, positions: [{ version: 1, node: 'name', waiting: 1 }] });
    expect((await host.call('GET', '/api/flows/keeps')).json.version).to.equal(1);
    expect((await publish('keeps', {})).json).to.include({ version: 2 });
    await emulator.say({ from: ada.from, text: 'Ada' });
    await until(() => heardBy(ada.from).length === 2);
    expect(heardBy(ada.from)[1]).to.equal('Thanks Ada');
  });

  it('migrate: who is next heard of goes on at the same node of the new version, and so does one whose time is up', async () => {
    await online('moves');
    const ada = await inTheMiddle('moves');
    const late = await inTheMiddle('moves');
    await draft('moves', talk('moves', 'Many thanks'));
    expect((await publish('moves', { sessions: 'migrate' })).json.sessions).to.include({ migrate: 2 });
    await emulator.say({ from: ada.from, text: 'Ada' });
    await until(() => heardBy(ada.from).length === 2);
    expect(heardBy(ada.from)[1]).to.equal('Many thanks Ada');
    const { items } = (await host.call('GET', `/api/sessions/${ada.id}/turns`)).json;
    expect(items.map(({ event }: { event: { type: string } }) => event.type)).to.deep.equal(['message', 'command', 'message']);
    expect((await host.call('GET', `/api/sessions/${late.id}`)).json.runs[0].frames[0].version).to.equal(1);
    await host.call('POST', `/api/sessions/${late.id}/resume`, { port: 'notReplied' });
    const turns = (await host.call('GET', `/api/sessions/${late.id}/turns`)).json.items;
    expect(turns.at(-1).path[0]).to.include({ node: 'name', port: 'notReplied', version: 2 });
  });

  it('migrate is refused where a node is gone or has become another, with a list; nothing is published then', async () => {
    await online('loses');
    await inTheMiddle('loses');
    const gone = talk('loses', 'Thanks', ask('other', 'name'));
    const become = talk('loses', 'Thanks', { id: 'name', type: 'wait', version: 1, params: { for: { value: 1, unit: 'hours' } } });
    for (const definition of [
      gone,
      {
        ...become,
        edges: become.edges
          .map((edge) => (edge.from === 'name' ? { ...edge, port: 'next' } : edge))
          .slice(0, 3)
          .concat(become.edges.slice(4)),
      },
    ]) {
      await draft('loses', definition);
      const { status, json } = await publish('loses', { sessions: 'migrate' });
      expect([status, json.code]).to.deep.equal([409, 'flow/node-gone']);
      expect(json.errors[0]).to.include({ node: 'name' });
      expect(json.errors[0].message).to.match(/^1 session waits at "name" of version 1/);
    }
    expect((await host.call('GET', '/api/flows/loses')).json.version).to.equal(1);
  });

  it('a rollback calls off a migration that has not reached everybody', async () => {
    await online('backs');
    const ada = await inTheMiddle('backs');
    await draft('backs', talk('backs', 'Wrong thanks'));
    await publish('backs', { sessions: 'migrate' });
    await host.call('POST', '/api/flows/backs/rollback', { version: 1 });
    await emulator.say({ from: ada.from, text: 'Ada' });
    await until(() => heardBy(ada.from).length === 2);
    expect(heardBy(ada.from)[1]).to.equal('Thanks Ada');
  });

  it('end: runs on earlier versions end, and those people begin anew on the new one', async () => {
    await online('ends');
    const ada = await inTheMiddle('ends');
    await draft('ends', talk('ends', 'Many thanks'));
    const { json } = await publish('ends', { sessions: 'end' });
    expect(json.sessions).to.include({ end: 1, ended: 1 });
    expect((await host.call('GET', `/api/sessions/${ada.id}`)).json).to.deep.include({ status: 'idle', runs: [] });
    await emulator.say({ from: ada.from, text: 'ends' });
    await emulator.say({ from: ada.from, text: 'Ada' });
    await until(() => heardBy(ada.from).length === 3);
    expect(heardBy(ada.from)[2]).to.equal('Many thanks Ada');
    expect((await redraw('ends', talk('ends', 'x'))).status, 'a draft wants its revision').to.equal(412);
  });

  it('what is queued ends with the others, is told by a dry run, and goes over to a new version', async () => {
    await online('busy');
    const notice = aFlow('notice', { triggers: [{ type: 'TriggeredManually' }] });
    await host.call('POST', '/api/flows', notice);
    await publish('notice', {});
    const { id } = await inTheMiddle('busy');
    const queue = async () =>
      (await host.call('POST', '/api/flows/notice/trigger', { contact: { id }, channel: 'wa' })).json.status as string;
    const runs = async () =>
      (await host.call('GET', `/api/sessions/${id}`)).json.runs.map(
        ({ place, frames }: { place: string; frames: { flow: string; version: number }[] }) =>
          `${place} ${frames[0]?.flow}@${frames[0]?.version}`,
      );
    expect(await queue()).to.equal('queued');
    const { json } = await publish('notice', { sessions: 'migrate', dryRun: true });
    expect(json.sessions).to.deep.equal({ migrate: 1, positions: [{ version: 1, node: 'start', waiting: 1 }] });
    expect((await publish('notice', { sessions: 'end' })).json.sessions.ended).to.equal(1);
    expect(await runs()).to.deep.equal(['foreground busy@1']);
    expect(await queue()).to.equal('queued');
    expect((await host.call('POST', '/api/flows/notice/offline', { sessions: 'end', message: 'Bye' })).json.ended).to.equal(1);
    expect(await runs()).to.deep.equal(['foreground busy@1']);
  });

  it('recorded conversations are computed again: as they were, on another version, and on the draft', async () => {
    await online('again');
    const { id, from } = await inTheMiddle('again');
    await emulator.say({ from, text: 'Ada' });
    await until(() => heardBy(from).length === 2);
    const replay = (path: string, body: object) => host.call('POST', `/api/${path}/replay`, body);
    expect((await replay(`sessions/${id}`, {})).json).to.deep.equal({ compared: 2, different: [] });
    expect((await replay(`sessions/${id}`, { version: 1 })).json.different).to.deep.equal([]);
    await draft('again', talk('again', 'Many thanks'));
    const { json } = await replay('flows/again', { draft: true, since: '2026-01-01' });
    expect(json).to.deep.include({ compared: 2, sessions: { compared: 1, different: 1 }, more: false });
    expect(json.different.map(({ session, turn }: { session: string; turn: number }) => [session, turn])).to.deep.equal([[id, 2]]);
    expect((await replay(`sessions/${id}`, { version: 1, draft: true })).status, 'one or the other').to.equal(422);
    expect((await replay('flows/again', { since: '2100-01-01' })).json.compared).to.equal(0);
    for (const [path, body, status] of [
      ['flows/again', {}, 422],
      ['flows/again', { since: 'yesterday' }, 422],
      ['flows/again', { since: '2026-01-01', version: 9 }, 404],
      ['sessions/nobody', {}, 404],
      ['sessions/nobody', { version: 1 }, 404],
    ] as const)
      expect((await replay(path, body)).status, JSON.stringify(body)).to.equal(status);
    expect(heardBy(from), 'nothing is sent').to.have.length(2);
  });

  it('a conversation in two flows is computed again on a version of the flow that is named, and on no draft with errors', async () => {
    for (const code of ['tea', 'cake']) await online(code);
    const { id, from } = await inTheMiddle('tea');
    for (const [text, heard] of [
      ['Ada', 2],
      ['cake', 3],
    ] as const) {
      await emulator.say({ from, text });
      await until(() => heardBy(from).length === heard);
    }
    const replay = (body: object) => host.call('POST', `/api/sessions/${id}/replay`, body);
    const { json, status } = await replay({ version: 1 });
    expect([status, json.code, json.errors[0]]).to.deep.equal([
      422,
      'replay/which-flow',
      {
        pointer: '/flow',
        code: 'replay/which-flow',
        message: 'the session was in 2 flows (tea, cake)',
        hint: 'Name the flow of the version or draft in "flow".',
        severity: 'error',
      },
    ]);
    expect((await replay({ version: 1, flow: 'cake' })).json).to.deep.equal({ compared: 3, different: [] });
    const drawn = talk('cake', 'Thanks');
    await draft('cake', { ...drawn, edges: [...drawn.edges, { from: 'nobody', port: 'next', to: 'end' }] });
    const refused = await replay({ draft: true, flow: 'cake' });
    expect([refused.status, refused.json.code]).to.deep.equal([422, 'flow/has-errors']);
  });

  it('the control room leaves a node by a port, enters another, and ends with a last word; what cannot be is refused', async () => {
    await online('room');
    const { id, from } = await inTheMiddle('room');
    const run = (await host.call('GET', `/api/sessions/${id}`)).json.runs[0].id as string;
    const command = (what: string, body: object) => host.call('POST', `/api/sessions/${id}/${what}`, body);
    expect((await command('resume', { port: 'sideways' })).json).to.include({ status: 409, code: 'session/refused' });
    expect((await command('move', { run, node: 'nowhere' })).status).to.equal(409);
    expect((await command('move', { run })).status).to.equal(422);
    // Without a run the one in the foreground is meant.
    expect((await command('move', { node: 'question' })).json.runs[0].frames[0]).to.include({ node: 'name', waitingFor: 'message' });
    await until(() => heardBy(from).length === 2);
    expect((await command('end', { message: 'We call you.' })).json).to.deep.include({ status: 'idle', runs: [] });
    await until(() => heardBy(from).length === 3);
    expect(heardBy(from)).to.deep.equal(['room?', 'room?', 'We call you.']);
    expect((await command('end', {})).status, 'nothing is left to end').to.equal(409);
    expect((await host.call('POST', '/api/sessions/nobody/end', {})).status).to.equal(404);
  });
});
