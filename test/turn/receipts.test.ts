import { expect } from 'chai';
import type { FlowNode, Receipt } from '../../src/contract/index.js';
import { wakeSessions } from '../../src/turn/wake-sessions.js';
import { aReply, openWorld, texts, type World } from '../outbox/world.js';

const asked: FlowNode = {
  ...aReply('asked', 'asked'),
  params: { ...aReply('asked', 'asked').params, notDelivered: { after: { value: 10, unit: 'minutes' } } },
};
const EDGES = [
  { from: 'start', port: 'next', to: 'asked' },
  { from: 'asked', port: 'next', to: 'well' },
  { from: 'asked', port: 'failed', to: 'refused' },
  { from: 'asked', port: 'notDelivered', to: 'late' },
];

describe('a receipt that a run waits for', () => {
  let world: World;
  let effectId: string;
  let providerId: string;
  beforeEach(async () => {
    world = await openWorld({ nodes: [asked, aReply('well', 'well'), aReply('refused', 'refused'), aReply('late', 'late')], edges: EDGES });
    await world.says('hello');
    await world.until(async () => (await world.waiting()).length === 0);
    effectId = `${await world.session()}.1.1`;
    providerId = world.emulator.heard[0]?.id ?? '';
  });
  afterEach(() => world.close());

  /** The host died when it had recorded the receipt, and before it took the turn. */
  const recordedOnly = (status: Receipt['status']) =>
    world.store.deliveries.record({ channel: 'wa', providerId, effectId, status, at: world.clock.now() });
  const says = (...expected: readonly string[]) => world.until(() => texts(world.emulator).join() === ['asked', ...expected].join());
  async function timeIsUp() {
    world.clock.advance(600_000);
    await wakeSessions(world.waking);
  }

  it('becomes a turn when it is brought again, after a host that died between the record and the turn', async () => {
    await recordedOnly('delivered');
    await world.receipt(effectId, providerId, 'delivered');
    await says('well');
  });

  it('becomes one turn, however often it is brought', async () => {
    await world.receipt(effectId, providerId, 'delivered');
    await world.receipt(effectId, providerId, 'delivered');
    await says('well');
    expect((await world.store.turns.list(await world.session(), { limit: 9 })).map(({ event }) => event.type)).to.deep.equal([
      'message',
      'receipt',
    ]);
  });

  it('is found in the delivery log when the time is up, and nobody has brought it again', async () => {
    await recordedOnly('read');
    await timeIsUp();
    await says('well');
  });

  it('is found there with the refusal of the provider', async () => {
    await recordedOnly('failed');
    await timeIsUp();
    await says('refused');
  });

  it('that only says less than what is waited for is a time-out', async () => {
    await recordedOnly('sent');
    await timeIsUp();
    await says('late');
  });
});

describe('a receipt that comes before the answer to its send, and does not name it', () => {
  for (const [status, heard] of [
    ['delivered', 'well'],
    ['failed', 'refused'],
  ] as const)
    it(`is heard by the run that waits for it as soon as it is known whose it is: ${status}`, async () => {
      const world = await openWorld({
        nodes: [asked, aReply('well', 'well'), aReply('refused', 'refused'), aReply('late', 'late')],
        edges: EDGES,
      });
      world.emulator.next({ slow: 300 });
      await world.says('hello');
      await world.until(() => world.emulator.heard.length === 1);
      const providerId = world.emulator.heard[0]?.id ?? '';
      if (status === 'failed') await world.failed(undefined, providerId);
      else await world.receipt(undefined, providerId, status);
      await world.until(() => texts(world.emulator).join() === ['asked', heard].join());
      await world.close();
    });
});
