import { expect } from 'chai';
import type { FlowNode } from '../../src/contract/index.js';
import { aFlow } from '../support/builders.js';
import { aReply, openWorld, texts, type World, type WorldParts } from './world.js';

const TWO = { nodes: [aReply('one', 'one'), aReply('two', 'two')] };
const AWAITED = {
  nodes: [aReply('one', 'one'), aReply('well', 'well'), aReply('sorry', 'sorry')],
  edges: [
    { from: 'start', port: 'next', to: 'one' },
    { from: 'one', port: 'next', to: 'well' },
    { from: 'one', port: 'failed', to: 'sorry' },
  ],
};
const TO_SHOP = { action: 'send', channel: 'wa', to: '491709', message: { type: 'text', text: 'An order' } };
const toShop: FlowNode = { id: 'shop', type: 'send-whatsapp-message', version: 1, params: TO_SHOP };
const OUT = aFlow('out', {
  triggers: [{ type: 'TriggeredByWhatsApp', match: { keywords: ['leave me'] }, onBusy: 'background' }],
  nodes: [
    { id: 'start', type: 'start', version: 1, params: {} },
    { id: 'out', type: 'set-contact', version: 1, params: { optOut: { whatsapp: true } } },
  ],
  edges: [{ from: 'start', port: 'next', to: 'out' }],
});
const ANSWER = 'You will get no more messages from us here. Write START if you want them again.';

describe('what waits to be sent to a person who opts out', () => {
  let world: World;
  const open = async (parts: WorldParts) => {
    world = await openWorld(parts);
  };
  afterEach(() => world.close());
  const isSettled = async () => (await world.waiting()).length === 0;
  const heard = (...expected: readonly string[]) => expect(texts(world.emulator)).to.deep.equal(expected);
  const isRefusedOnce = async () => (await world.waiting())[0]?.attempts === 1;
  const optOut = async () => {
    const [at, session] = [world.clock.now(), await world.session()];
    const event = { id: `c${at}`, at, type: 'command', command: 'set', args: { optOut: { whatsapp: true } }, by: 'api' } as const;
    await world.takeTurn(session, event);
  };
  /** The statuses of the sends of the first turn, with the codes of errors. */
  const statuses = async (...numbers: readonly number[]) => {
    const ids = await Promise.all(numbers.map(async (n) => `${await world.session()}.1.${n}`));
    const found = await world.store.deliveries.of(ids);
    return ids.map((id) => [found.get(id)?.status, found.get(id)?.error?.code].filter(Boolean).join(' '));
  };

  it('is skipped by a STOP word: what has failed for now, and what waits behind it', async () => {
    await open(TWO);
    world.emulator.next({ error: 130429 });
    await world.says('hello');
    await world.until(isRefusedOnce);
    await world.says('Stop');
    await world.pass(10);
    await world.until(isSettled);
    heard(ANSWER);
    expect(await statuses(1, 2)).to.deep.equal(['skipped send/opted-out', 'skipped send/opted-out']);
  });

  it('is skipped when the API opts them out', async () => {
    await open(TWO);
    world.emulator.next({ error: 130429 });
    await world.says('hello');
    await world.until(isRefusedOnce);
    await optOut();
    await world.pass(10);
    await world.until(isSettled);
    heard();
    expect(await statuses(1, 2)).to.deep.equal(['skipped send/opted-out', 'skipped send/opted-out']);
  });

  it('is skipped when a flow opts them out, and a run that waits for the outcome hears of it', async () => {
    await open({ ...AWAITED, others: [OUT] });
    for (const _ of [1, 2]) world.emulator.next({ error: 130429 });
    await world.says('hello');
    // In a later second than the message.
    while ((await world.waiting())[0]?.attempts !== 2) await world.pass(1);
    await world.says('leave me');
    await world.pass(10);
    await world.until(isSettled);
    heard();
    expect(await statuses(1)).to.deep.equal(['skipped send/opted-out']);
    const turns = await world.store.turns.list(await world.session(), { limit: 10 });
    expect(turns.map(({ event, path }) => [event.type, ...path.map(({ node, port }) => `${node}.${port}`)])).to.deep.equal([
      ['message', 'start.next', 'one.undefined'],
      ['message', 'start.next', 'out.next'],
      ['receipt', 'one.failed', 'sorry.next'],
    ]);
    expect(turns.at(-1)?.effects.map(({ skipped }) => skipped?.code)).to.deep.equal(['send/opted-out']);
  });

  it('is skipped while it waits for its place at the pace of the provider', async () => {
    await open({ ...TWO, config: { throughput: 1 } });
    await world.says('hello');
    while (texts(world.emulator).length === 0) await world.pass(1);
    await world.until(async () => (await world.waiting())[0]?.status === 'claimed');
    await optOut();
    await world.pass(10);
    await world.until(isSettled);
    heard('one');
    expect(await statuses(1, 2)).to.deep.equal(['sent', 'skipped send/opted-out']);
  });

  it('is not tried again if the attempt under way fails', async () => {
    await open(TWO);
    world.emulator.next({ delay: 5_000, error: 130429 });
    await world.says('hello');
    await world.until(() => world.emulator.requests === 1);
    await optOut();
    await world.pass(10);
    await world.until(isSettled);
    heard();
    expect(await statuses(1, 2)).to.deep.equal(['skipped send/opted-out', 'skipped send/opted-out']);
  });

  it('goes to other people as before', async () => {
    await open({ nodes: [toShop, aReply('two', 'two')] });
    world.emulator.next({ error: 130429 });
    await world.says('hello');
    await world.until(isRefusedOnce);
    await world.says('stop');
    await world.pass(10);
    await world.until(isSettled);
    heard('An order', ANSWER);
    expect(await statuses(1, 2)).to.deep.equal(['sent', 'skipped send/opted-out']);
  });

  describe('but goes to another person', () => {
    const SHOP = '491709';
    const AWAITED_SHOP = {
      nodes: [toShop, aReply('well', 'well'), aReply('sorry', 'sorry {{ failure.code }}')],
      edges: [
        { from: 'start', port: 'next', to: 'shop' },
        { from: 'shop', port: 'next', to: 'well' },
        { from: 'shop', port: 'failed', to: 'sorry' },
      ],
    };
    const shopStops = async () => {
      await world.says('stop', SHOP);
      await world.pass(10);
      await world.until(async () => (await world.waiting(SHOP)).length === 0);
    };

    it('is skipped if that person has opted out, and a run that waits for the outcome hears of it', async () => {
      await open(AWAITED_SHOP);
      await shopStops();
      await world.says('hello');
      await world.until(isSettled);
      heard(ANSWER, 'sorry send/opted-out');
      expect(await statuses(1)).to.deep.equal(['skipped send/opted-out']);
    });

    it('is skipped if that person opts out before it is tried again', async () => {
      await open({ nodes: [toShop, { ...toShop, id: 'again' }] });
      world.emulator.next({ error: 130429 });
      await world.says('hello');
      await world.until(isRefusedOnce);
      await shopStops();
      await world.pass(10);
      await world.until(isSettled);
      heard(ANSWER);
      expect(await statuses(1, 2)).to.deep.equal(['skipped send/opted-out', 'skipped send/opted-out']);
    });

    it('is skipped if that person opts out while it waits for its place at the pace of the provider', async () => {
      await open({ nodes: [aReply('one', 'one'), toShop], config: { throughput: 1 } });
      await world.says('hello');
      while (texts(world.emulator).length === 0) await world.pass(1);
      await world.until(async () => (await world.waiting())[0]?.status === 'claimed');
      await world.says('stop', SHOP);
      await world.pass(10);
      await world.until(isSettled);
      heard('one', ANSWER);
      expect(await statuses(1, 2)).to.deep.equal(['sent', 'skipped send/opted-out']);
    });

    it('is sent if that person has come back, and to people whom nobody knows', async () => {
      await open({ nodes: [toShop, { ...toShop, id: 'new', params: { ...TO_SHOP, to: '491710' } }] });
      await shopStops();
      await world.says('start', SHOP);
      await world.says('hello');
      await world.until(isSettled);
      expect(await statuses(1, 2)).to.deep.equal(['sent', 'sent']);
    });
  });
});
