import { expect } from 'chai';
import { aReply, openWorld, texts, type World } from './world.js';

const DOTS = { id: 'dots', type: 'send-typing-indicator', version: 1, params: {} };

describe('a typing indicator', () => {
  let world: World;
  afterEach(() => world.close());
  const isSettled = async () => (await world.waiting()).length === 0;

  it('is shown below what the person wrote, before the answer, and is no message', async () => {
    world = await openWorld({ nodes: [DOTS, aReply('one', 'one')] });
    await world.says('hello');
    await world.until(isSettled);
    expect([world.emulator.typing, texts(world.emulator), world.emulator.requests]).to.deep.equal([['wamid.1'], ['one'], 2]);
    const id = `${await world.session()}.1.1`;
    expect((await world.store.deliveries.of([id])).get(id)).to.equal(undefined);
  });

  it('that the provider refuses is not tried again, and what follows goes out', async () => {
    world = await openWorld({ nodes: [DOTS, aReply('one', 'one')] });
    world.emulator.next({ error: 131000 });
    await world.says('hello');
    await world.until(isSettled);
    expect([texts(world.emulator), world.emulator.requests]).to.deep.equal([['one'], 2]);
    expect(world.lines.filter((line) => line.includes('not accepted'))).to.deep.equal([]);
  });

  it('holds up what follows for a second at most', async () => {
    world = await openWorld({ nodes: [DOTS, aReply('one', 'one')] });
    world.emulator.next({ slow: 60_000 });
    await world.says('hello');
    await world.until(() => world.emulator.requests === 1);
    expect(texts(world.emulator)).to.deep.equal([]);
    world.clock.advance(1_000);
    await world.until(isSettled);
    expect(texts(world.emulator)).to.deep.equal(['one']);
  });

  it('is left out if it comes too late', async () => {
    world = await openWorld({ nodes: [aReply('one', 'one'), DOTS, aReply('two', 'two')] });
    world.emulator.next({ error: 130429 }, { error: 130429 }, { error: 130429 }, { error: 130429 }, { error: 130429 });
    await world.says('hello');
    await world.pass(60);
    await world.until(isSettled);
    expect([world.emulator.typing, texts(world.emulator)]).to.deep.equal([[], ['one', 'two']]);
  });
});
