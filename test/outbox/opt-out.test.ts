import { expect } from 'chai';
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

  it('is skipped when the API opts them out, and a run that waits for the outcome hears of it', async () => {
    await open(AWAITED);
    world.emulator.next({ error: 130429 });
    await world.says('hello');
    await world.until(isRefusedOnce);
    await optOut();
    await world.pass(1);
    await world.until(isSettled);
    heard();
    expect(await statuses(1)).to.deep.equal(['skipped send/opted-out']);
    const turns = await world.store.turns.list(await world.session(), { limit: 10 });
    expect(turns.map(({ event, path }) => [event.type, ...path.map(({ node, port }) => `${node}.${port}`)])).to.deep.equal([
      ['message', 'start.next', 'one.undefined'],
      ['command'],
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
    const toShop = {
      id: 'shop',
      type: 'send-whatsapp-message',
      version: 1,
      params: { action: 'send', channel: 'wa', to: '491709', message: { type: 'text', text: 'An order' } },
    };
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
});
