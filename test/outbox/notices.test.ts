import { createHmac } from 'node:crypto';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import type { FlowNode } from '../../src/contract/index.js';
import { resendEffect } from '../../src/manage/effects.js';
import { aReply, openWorld, texts, type World } from './world.js';

const SECRET = 'a-secret-of-the-desk';
const EDGES = [
  { from: 'start', port: 'next', to: 'desk' },
  { from: 'desk', port: 'returned', to: 'back' },
];
const DESK: FlowNode = { id: 'desk', type: 'hand-over', version: 1, params: { queue: 'support', note: 'Ada needs help' } };

interface Told {
  readonly body: { readonly id: string; readonly type: string; readonly message?: { readonly text: string } };
  readonly bytes: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** A system of operators. `answer` decides what becomes of the next request; by default it takes everything. */
async function startDesk() {
  const told: Told[] = [];
  const desk = { told, url: '', answer: (response: ServerResponse): void => void response.end(), close: async () => {} };
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => void chunks.push(chunk));
    request.on('end', () => {
      const bytes = Buffer.concat(chunks).toString();
      told.push({ body: JSON.parse(bytes), bytes, headers: request.headers });
      desk.answer(response);
    });
  });
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  desk.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  desk.close = async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  };
  return desk;
}

describe('what operators are told of hand-overs', () => {
  let world: World;
  let desk: Awaited<ReturnType<typeof startDesk>>;
  beforeEach(async () => {
    desk = await startDesk();
    world = await openWorld({
      nodes: [DESK, aReply('back', 'I am back')],
      edges: EDGES,
      operators: () => ({ url: desk.url, secret: SECRET }),
    });
  });
  afterEach(async () => {
    await world.close();
    await desk.close();
  });

  const types = () => desk.told.map(({ body }) => body.type);
  const operator = async (answer: object) =>
    world.takeTurn(await world.session(), { id: `o${desk.told.length}`, at: world.clock.now(), type: 'operator', by: 'Bob', ...answer });

  it('is signed, in order, and has what the person writes; no turn follows from it', async () => {
    await world.says('help');
    await world.says('my cup is broken');
    await operator({ message: { type: 'text', text: 'We send a new one.' }, giveBack: true });
    await world.until(() => desk.told.length === 3);
    expect(types()).to.deep.equal(['handed-over', 'message', 'given-back']);
    const [first, second] = desk.told;
    const session = await world.session();
    expect(second?.body).to.deep.include({ session, contact: session, queue: 'support', note: 'Ada needs help' });
    expect(second?.body.message).to.deep.include({ type: 'text', text: 'my cup is broken', channel: 'wa' });
    expect(second?.body.message).not.to.have.property('from');
    expect(new Set(desk.told.map(({ body }) => body.id)).size).to.equal(3);
    expect(first?.headers['x-parley-signature-256']).to.equal(
      `sha256=${createHmac('sha256', SECRET)
        .update(first?.bytes ?? '')
        .digest('hex')}`,
    );
    await world.until(() => texts(world.emulator).length === 2);
    expect(texts(world.emulator)).to.deep.equal(['We send a new one.', 'I am back']);
    const turns = await world.store.turns.list(session, { limit: 20 });
    expect(turns.map(({ event }) => event.type)).to.deep.equal(['message', 'message', 'operator']);
    await world.until(async () => (await world.waiting()).length === 0);
    expect(world.lines.join()).not.to.include(SECRET);
  });

  it('is retried in order while the receiver refuses, breaks off or is slow, and does not hold up messages to the person', async () => {
    const faults = [
      (response: ServerResponse) => void response.writeHead(500).end(),
      (response: ServerResponse) => void response.destroy(),
      (response: ServerResponse) => void response.writeHead(429, { 'retry-after': '5' }).end(),
    ];
    desk.answer = (response) => (faults.shift() ?? ((one) => void one.end()))(response);
    await world.says('help');
    await world.says('are you there?');
    await operator({ message: { type: 'text', text: 'Yes.' } });
    await world.until(() => texts(world.emulator).length === 1);
    await world.pass(40);
    expect(types()).to.deep.equal(['handed-over', 'handed-over', 'handed-over', 'handed-over', 'message']);
    expect(new Set(desk.told.map(({ body }) => body.id)).size).to.equal(2);
    await world.until(async () => (await world.waiting()).length === 0);
  });

  it('is given up when the receiver refuses it, stands among the unsent, and can be sent again', async () => {
    desk.answer = (response) => void response.writeHead(400).end();
    await world.says('help');
    await world.until(async () => (await world.waiting()).length === 0);
    const [dead, ...others] = await world.store.deliveries.dead({ limit: 5 });
    expect(others).to.deep.equal([]);
    expect(dead).to.deep.include({ channel: 'wa', error: { kind: 'rejected', code: 'http-400', message: 'the answer was 400' } });
    desk.answer = (response) => void response.end();
    const parts = { store: world.store, channels: world.channels, takeTurn: world.takeTurn, clock: world.clock };
    const outcome = await resendEffect(parts, { id: 'k', name: 'Bob', role: 'editor' }, { id: dead?.effect ?? '' });
    expect(outcome).to.have.nested.property('done.repeated', false);
    await world.until(() => desk.told.length === 2);
    expect(types()).to.deep.equal(['handed-over', 'handed-over']);
    expect(await world.store.deliveries.dead({ limit: 5 })).to.deep.equal([]);
  });

  it('is given up after a day without an answer', async () => {
    desk.answer = (response) => void response.writeHead(503).end();
    await world.says('help');
    await world.until(() => desk.told.length === 1);
    await world.pass(30);
    world.clock.advance(24 * 3_600_000);
    await world.pass(120);
    expect((await world.store.deliveries.dead({ limit: 5 })).map(({ error }) => error.code)).to.deep.equal(['http-503']);
  });

  it('goes on after a host was lost while it told', async () => {
    desk.answer = () => {};
    await world.says('help');
    await world.until(() => desk.told.length === 1);
    const stopped = world.outbox.stop(0);
    world.clock.advance(10_000);
    await stopped;
    expect((await world.waiting()).map(({ status }) => status)).to.deep.equal(['queued']);
  });
});

describe('hand-overs without a system of operators', () => {
  it('call nobody, and leave nothing behind', async () => {
    const world = await openWorld({ nodes: [DESK] });
    await world.says('help');
    await world.says('hello?');
    await world.until(async () => (await world.waiting()).length === 0);
    expect(await world.store.deliveries.dead({ limit: 5 })).to.deep.equal([]);
    const [found] = await world.store.sessions.list({ queue: 'support', limit: 5 });
    expect(found?.status).to.equal('operator');
    await world.close();
  });
});
