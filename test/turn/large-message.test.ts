import { expect } from 'chai';
import { silentLog } from '../../src/contract/host/index.js';
import { BUDGET, type FlowEvent, type Json } from '../../src/contract/index.js';
import { jsonSize } from '../../src/contract/json/json-size.js';
import { openChannelBook } from '../../src/published/channel-book.js';
import { createInbound } from '../../src/turn/inbound.js';
import { aReply, openWorld, texts, type World } from '../outbox/world.js';
import { aMessage } from '../support/builders.js';

describe('a message that is larger than anybody types', () => {
  let world: World;
  afterEach(() => world.close());

  it('is kept cut, and answered like any other', async () => {
    world = await openWorld({ nodes: [aReply('one', 'one')] });
    await world.says('x'.repeat(300_000));
    await world.until(() => texts(world.emulator).length === 1);
    const [turn] = await world.store.turns.list(await world.session(), { limit: 1 });
    expect(jsonSize(turn?.event as unknown as Json)).to.be.at.most(BUDGET.message + 1_000);
  });

  it('is kept without its extras; one that is as large as messages are has them', async () => {
    world = await openWorld({ nodes: [] });
    const { store, clock } = world;
    const taken: FlowEvent[] = [];
    const inbound = createInbound({
      store,
      clock,
      channels: openChannelBook({ store, adapters: new Map(), log: silentLog }),
      async takeTurn(session, event) {
        taken.push(event);
        return { kind: 'duplicate', session };
      },
      prove() {},
      log: silentLog,
    });
    const { channel, ...message } = aMessage('hello', { referral: { source_id: 'ad' }, form: { size: 'L' } });
    for (const sign of ['x', 'x'.repeat(BUDGET.message)])
      await inbound.take(channel, { account: '', type: 'message', id: `m${sign.length}`, message: { ...message, raw: { sign } } });
    const [ordinary, large] = taken.map((event) => event.type === 'message' && event.message);
    expect(ordinary).to.deep.include({ text: 'hello', referral: { source_id: 'ad' }, form: { size: 'L' }, raw: { sign: 'x' } });
    expect(large).to.include({ text: 'hello' }).and.not.have.any.keys('referral', 'form', 'raw');
  });
});
