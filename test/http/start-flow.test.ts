import { expect } from 'chai';
import { startWhatsAppEmulator, type WhatsAppEmulator } from '../../adapters/whatsapp/emulator/index.js';
import type { ServiceTools } from '../../src/contract/index.js';
import { aFlow } from '../support/builders.js';
import { ACCOUNT, until } from '../support/small-world.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const [ADA, BOB] = ['4915112345678', '4915187654321'];
const node = (id: string, type: string, params: object) => ({ id, type, version: 1, params }) as never;
const say = (id: string, text: string) => node(id, 'send-message', { message: { type: 'text', text } });
const edges = (...list: readonly (readonly [string, string, string])[]) => list.map(([from, port, to]) => ({ from, port, to }));

/** Starts another flow for whom the person names, and says what came of it. */
const order = aFlow('order', {
  triggers: [{ type: 'TriggeredByWhatsApp', match: { regex: '^(?<flow>[a-z]+) for (?<who>.+)$' } }],
  nodes: [
    node('start', 'start', {}),
    node('tell', 'start-flow', {
      flow: '{{ match.flow }}',
      contact: '{{ match.who }}',
      input: [{ name: 'what', value: 'a cake' }],
    }),
    say('told', 'told'),
    say('sorry', '{{ failure.code }} {{ failure.status }}'),
    node('end', 'end', {}),
  ],
  edges: edges(
    ['start', 'next', 'tell'],
    ['tell', 'next', 'told'],
    ['tell', 'failed', 'sorry'],
    ['told', 'next', 'end'],
    ['sorry', 'next', 'end'],
  ),
});
const notify = aFlow('notify', {
  triggers: [{ type: 'TriggeredManually', onBusy: 'ignore' }],
  variables: [{ name: 'what', type: 'text', input: true, required: true }],
  nodes: [
    node('start', 'start', {}),
    say('news', 'Please bake {{ what }}'),
    node('hear', 'wait-for-response', { timeoutBranch: true, saveAs: 'heard' }),
    say('thanks', 'Thanks, {{ heard }}'),
    node('end', 'end', {}),
  ],
  edges: edges(
    ['start', 'next', 'news'],
    ['news', 'next', 'hear'],
    ['hear', 'replied', 'thanks'],
    ['hear', 'notReplied', 'end'],
    ['thanks', 'next', 'end'],
  ),
});
/** Starts itself for the same person. */
const circle = aFlow('circle', {
  triggers: [{ type: 'TriggeredManually' }],
  nodes: [
    node('start', 'start', {}),
    node('tell', 'start-flow', { flow: 'circle', contact: '{{ customerPhoneNumber | strip }}' }),
    node('end', 'end', {}),
  ],
  edges: edges(['start', 'next', 'tell'], ['tell', 'next', 'end']),
});

describe('flows that start flows for others', () => {
  let host: TestApp;
  let emulator: WhatsAppEmulator;
  before(async () => {
    host = await startTestApp();
    emulator = await startWhatsAppEmulator({ ...ACCOUNT, webhookUrl: `${host.url}/webhooks/wa` });
    await host.call('POST', '/api/channels', { id: 'wa', adapter: 'whatsapp', name: 'WA', config: { ...ACCOUNT, baseUrl: emulator.url } });
    for (const flow of [notify, order, circle]) {
      await host.call('POST', '/api/flows', flow);
      await host.call('PUT', `/api/flows/${flow.code}/channels`, { channels: ['wa'] });
      expect((await host.call('POST', `/api/flows/${flow.code}/publish`, {})).status).to.equal(200);
    }
    await emulator.say({ from: BOB, text: 'I am here' });
  });
  after(async () => {
    await host.app.stop();
    await emulator.close();
  });
  const heardBy = (from: string) => emulator.heard.filter(({ to }) => to === from).map(({ text }) => text);
  const idOf = async (from: string) => String((await host.call('GET', `/api/contacts?identity=whatsapp:${from}`)).json.items[0].id);
  let asked = 0;
  const answerTo = async (text: string) => {
    await emulator.say({ from: ADA, text });
    asked += 1;
    await until(() => heardBy(ADA).length === asked);
    return heardBy(ADA).at(-1);
  };

  it('the other person hears of it, and the flow goes on without waiting for them', async () => {
    expect(await answerTo(`notify for +${BOB}`)).to.equal('told');
    await until(() => heardBy(BOB).length === 1);
    expect(heardBy(BOB)).to.deep.equal(['Please bake a cake']);
    const { json } = await host.call('GET', `/api/sessions/${await idOf(BOB)}`);
    expect(json.runs[0].startedBy).to.match(/^flow:s/);
  });

  it('refusals have the code and the status of the trigger endpoint', async () => {
    expect(await answerTo(`notify for ${await idOf(BOB)}`)).to.equal('start/refused 409');
    expect(await answerTo(`nothing for whatsapp:${BOB}`)).to.equal('flow/unknown 404');
    expect(await answerTo(`order for whatsapp:${BOB}`)).to.equal('start/not-manual 409');
    expect(await answerTo('notify for nobody')).to.equal('contact/unknown 422');
    expect(await answerTo('notify for whatsapp:0049')).to.equal('contact/bad-number 422');
    await emulator.say({ from: BOB, text: 'well' });
    await until(() => heardBy(BOB).length === 2);
  });

  it('a flow does not start itself for the same contact', async () => {
    const started = await host.call('POST', '/api/flows/circle/trigger', { contact: { identity: `whatsapp:${ADA}` } });
    const turns = async () => (await host.call('GET', `/api/sessions/${started.json.sessionId}/turns`)).json.items;
    await until(async () => (await turns()).at(-1).event.type === 'callResult');
    expect((await turns()).at(-1).warnings.map(({ code }: { code: string }) => code)).to.deep.equal(['start/itself']);
    const literal = {
      ...circle,
      nodes: circle.nodes.map((one) =>
        one.id === 'tell' ? node('tell', 'start-flow', { flow: 'circle', contact: '{{ contact.id }}' }) : one,
      ),
    };
    const { json } = await host.call('POST', '/api/flows/circle/check', literal);
    expect(json.problems.map(({ pointer, code }: { pointer: string; code: string }) => [pointer, code])).to.deep.equal([
      ['/nodes/1/params/contact', 'start/itself'],
    ]);
  });

  it('a start for a group is refused in plain words', async () => {
    const group = {
      ...circle,
      nodes: circle.nodes.map((one) =>
        one.id === 'tell' ? node('tell', 'start-flow', { flow: 'notify', contact: 'x', group: 'vip' }) : one,
      ),
    };
    const { json } = await host.call('POST', '/api/flows/circle/check', group);
    const codes = json.problems.map(({ pointer, code }: { pointer: string; code: string }) => [pointer, code]);
    expect(codes).to.deep.include(['/nodes/1/params', 'start/no-group']);
    expect(codes.map(([pointer]: string[]) => pointer)).to.include('/nodes/1/params/group');
  });
});

describe('a start that a flow asks for twice, because its host was lost', () => {
  it('is made once', async () => {
    const { startService } = await import('../../src/manage/start-service.js');
    const { openWorld } = await import('../outbox/world.js');
    const world = await openWorld({ nodes: [say('hi', 'hi')], others: [notify] });
    await world.says('hello');
    const { store, clock, takeTurn } = world;
    const programs = { snapshot: () => world.programs.snapshot(), refresh: () => world.programs.refresh() };
    const service = startService({ store, clock, takeTurn, programs, channels: world.channels, slices: undefined as never });
    const tools = { id: 's1.1.1', from: { flow: 'order', run: 'r1', chain: 1 } } as unknown as ServiceTools;
    const asked = { flow: 'notify', contact: await world.session(), input: { what: 'bread' } };
    const [first, second] = [await service.call(asked, tools), await service.call(asked, tools)];
    expect(second).to.deep.equal(first);
    const { state } = (await store.sessions.load(await world.session())) ?? {};
    expect(state?.runs.map(({ startedBy, chain }) => [startedBy, chain])).to.deep.equal([['flow:r1', 1]]);
    await world.close();
  });
});
