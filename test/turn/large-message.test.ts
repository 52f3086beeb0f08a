import { expect } from 'chai';
import { BUDGET, type Json } from '../../src/contract/index.js';
import { jsonSize } from '../../src/contract/json-size.js';
import { aReply, openWorld, texts, type World } from '../outbox/world.js';

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
});
