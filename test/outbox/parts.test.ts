import { expect } from 'chai';
import type { FlowNode } from '../../src/contract/index.js';
import { aReply, openWorld, texts, type World } from './world.js';

const PARTS = [`${'a'.repeat(4_090)}.`, `${'b'.repeat(4_090)}.`, 'And the end.'] as const;
const long = aReply('long', PARTS.join(' '));
const untilDelivered: FlowNode = {
  ...long,
  params: { ...long.params, notDelivered: { after: { value: 1, unit: 'hours' } }, saveAs: 'sent' },
};

describe('a message in parts', () => {
  let world: World;
  afterEach(() => world.close());
  const effect = async () => `${await world.session()}.1.1`;
  const isSettled = async () => (await world.waiting()).length === 0;
  const stands = async () => (await world.store.sessions.load(await world.session()))?.state.runs.length === 1;
  const providerId = (n: number) => world.emulator.heard[n]?.id ?? '';
  /** The id that the provider was given with a request, and gives back in its receipts. */
  const given = (n: number) => String(world.emulator.heard[n]?.body['biz_opaque_callback_data']);

  async function sent(nodes: readonly FlowNode[]) {
    world = await openWorld({ nodes });
    await world.says('hello');
    await world.until(isSettled);
  }

  it('is sent in order, as one effect, before the next message', async () => {
    await sent([long, aReply('next', 'next')]);
    expect(texts(world.emulator)).to.deep.equal([...PARTS, 'next']);
    const id = await effect();
    expect([0, 1, 2].map(given)).to.deep.equal([`${id}#1`, `${id}#2`, id]);
  });

  it('has the id of its last part in the delivery log', async () => {
    await sent([long]);
    const id = await effect();
    expect((await world.store.deliveries.of([id])).get(id)).to.deep.equal({ status: 'sent', providerIds: [providerId(2)] });
  });

  it('is known to the flow by its last part', async () => {
    world = await openWorld({
      nodes: [{ ...long, params: { ...long.params, saveAs: 'sent' } }, aReply('next', 'next')],
      edges: [
        { from: 'start', port: 'next', to: 'long' },
        { from: 'long', port: 'failed', to: 'next' },
      ],
    });
    await world.says('hello');
    await world.until(async () => !(await stands()));
    const ended = (await world.store.turns.list(await world.session(), { limit: 9 })).flatMap(({ results = [] }) => results);
    expect(ended.map(({ variables }) => variables['sent'])).to.deep.equal([{ messageId: providerId(2) }]);
  });

  it('continues with the part that was refused, and repeats none', async () => {
    world = await openWorld({ nodes: [long] });
    world.emulator.next({}, { error: 130429 });
    await world.says('hello');
    await world.until(async () => (await world.waiting())[0]?.attempts === 1);
    expect((await world.waiting())[0]).to.deep.include({ accepted: 1, providerIds: [providerId(0)] });
    await world.pass(6);
    await world.until(isSettled);
    expect(texts(world.emulator)).to.deep.equal(PARTS);
  });

  it('continues with the part at which the channel was refused, and repeats none', async () => {
    world = await openWorld({ nodes: [long] });
    world.emulator.next({}, { error: 190, status: 401 });
    await world.says('hello');
    await world.until(async () => (await world.waiting())[0]?.reason === 'config: 190');
    expect((await world.waiting())[0]).to.deep.include({ accepted: 1, providerIds: [providerId(0)] });
    await world.pass(1);
    await world.configure({ displayPhoneNumber: '+4930123' });
    await world.pass(11);
    await world.until(isSettled);
    expect(texts(world.emulator)).to.deep.equal(PARTS);
  });

  it('sends only the rest if a receipt proves that a part in doubt was accepted', async () => {
    world = await openWorld({ nodes: [long] });
    world.emulator.next({}, { lost: true });
    await world.says('hello');
    await world.until(async () => (await world.waiting())[0]?.inDoubt === true);
    await world.receipt(given(1), providerId(1), 'sent');
    await world.until(isSettled);
    expect(texts(world.emulator)).to.deep.equal(PARTS);
  });

  it('is delivered when its last part is, whatever receipts of other parts say', async () => {
    await sent([untilDelivered]);
    await world.receipt(given(0), providerId(0), 'delivered');
    await world.receipt(undefined, providerId(1), 'failed');
    expect(await stands()).to.equal(true);
    await world.receipt(given(2), providerId(2), 'delivered');
    expect(await stands()).to.equal(false);
  });
});
