import { expect } from 'chai';
import { plusMillis } from '../../src/contract/index.js';
import { aCommit } from '../support/builders.js';
import { aReply, openWorld, texts, type World, type WorldParts } from './world.js';

const TWO = { nodes: [aReply('one', 'one'), aReply('two', 'two')] };
/** The edge at `failed` makes the run wait for the provider's answer. */
const AWAITED = {
  nodes: [aReply('one', 'one'), aReply('well', 'well'), aReply('sorry', 'sorry')],
  edges: [
    { from: 'start', port: 'next', to: 'one' },
    { from: 'one', port: 'next', to: 'well' },
    { from: 'one', port: 'failed', to: 'sorry' },
  ],
};

const [MINUTE, HOUR, YEAR] = [60_000, 3_600_000, 365 * 86_400_000];

describe('the outbox', () => {
  let world: World;
  const open = async (parts: WorldParts) => {
    world = await openWorld(parts);
  };
  afterEach(() => world.close());
  const isSettled = async () => (await world.waiting()).length === 0;
  const heard = (...expected: readonly string[]) => expect(texts(world.emulator)).to.deep.equal(expected);
  /** The delivery of the effect of the first turn with this number. */
  const delivery = async (n: number) => {
    const id = `${await world.session()}.1.${n}`;
    return (await world.store.deliveries.of([id])).get(id);
  };

  it('sends the messages of a turn in order, and keeps the ids of the provider', async () => {
    await open(TWO);
    await world.says('hello');
    await world.until(isSettled);
    heard('one', 'two');
    expect(await delivery(1)).to.deep.equal({ status: 'sent', providerIds: [world.emulator.heard[0]?.id] });
    expect(world.outbox.health.of('wa')).to.deep.equal({ lastSentAt: world.clock.now() });
  });

  it('retries a throttled send, and the sends behind it wait', async () => {
    await open(TWO);
    world.emulator.next({ error: 130429 }, { error: 80007 });
    await world.says('hello');
    await world.until(async () => (await world.waiting())[0]?.attempts === 1);
    await world.pass(1);
    heard();
    await world.pass(5);
    await world.until(isSettled);
    heard('one', 'two');
    expect(world.emulator.requests).to.equal(4);
  });

  it('sends nothing on the channel for a second after the provider has refused a send as one too many', async () => {
    await open({ nodes: [aReply('one', 'one')] });
    world.emulator.next({ error: 130429 });
    await world.says('hello');
    await world.until(async () => (await world.waiting())[0]?.attempts === 1);
    await world.says('hello', '4917020');
    await world.pass(0);
    expect(world.emulator.requests).to.equal(1);
    await world.pass(2);
    heard('one', 'one');
  });

  it('remembers when a send was first attempted', async () => {
    await open(TWO);
    const first = world.clock.now();
    world.emulator.next({ error: 130429 }, { error: 130429 });
    await world.says('hello');
    await world.until(async () => (await world.waiting())[0]?.attempts === 1);
    await world.pass(3);
    expect((await world.waiting())[0]).to.include({ attempts: 2, since: first });
  });

  it('retries a provider that cannot be reached, and goes on when it is back', async () => {
    await open({ ...TWO, config: { baseUrl: 'http://127.0.0.1:9' } });
    await world.says('hello');
    await world.until(async () => (await world.waiting())[0]?.reason === 'unreachable: send/unreachable');
    await world.configure({ baseUrl: world.emulator.url });
    await world.pass(2);
    await world.until(isSettled);
    heard('one', 'two');
  });

  describe('checks the 24-hour window again before it sends', () => {
    const DAY = 86_400_000;
    const template = (id: string) => ({
      ...aReply(id, ''),
      params: { action: 'reply', message: { type: 'template', name: 'hello', language: 'en' } },
    });
    const heldBack = async (parts: WorldParts) => {
      await open({ ...parts, config: { baseUrl: 'http://127.0.0.1:9' } });
      await world.says('hello');
      await world.until(async () => (await world.waiting())[0]?.attempts === 1);
      await world.configure({ baseUrl: world.emulator.url });
    };

    const later = async (millis: number) => {
      world.clock.advance(millis);
      await world.pass(2);
      await world.until(isSettled);
    };

    it('a message that was held back until the window has closed fails, without a request to the provider', async () => {
      await heldBack({ nodes: [aReply('one', 'one')] });
      await later(DAY + 1_000);
      expect(world.emulator.requests).to.equal(0);
      expect((await delivery(1))?.error).to.include({ kind: 'window-closed', code: 'send/window-closed' });
    });

    it('a message is sent until the window closes', async () => {
      await heldBack({ nodes: [aReply('one', 'one')] });
      await later(DAY - 5_000);
      heard('one');
    });

    it('a template is sent at any time', async () => {
      await heldBack({ nodes: [template('one')] });
      await later(DAY + 1_000);
      expect(world.emulator.heard).to.have.length(1);
    });

    it('a run that waits for the provider’s answer leaves by failed', async () => {
      await heldBack({ ...AWAITED, nodes: [aReply('one', 'one'), aReply('well', 'well'), template('sorry')] });
      await later(DAY + 1_000);
      expect(world.emulator.heard.map(({ shown }) => shown.kind)).to.deep.equal(['template']);
    });
  });

  it('a refused message fails at once with the provider’s message, and the next one is sent', async () => {
    await open(TWO);
    world.emulator.next({ error: 131026 });
    await world.says('hello');
    await world.until(isSettled);
    heard('two');
    const failed = await delivery(1);
    expect(failed?.status).to.equal('failed');
    expect(failed?.error).to.include({ kind: 'rejected', code: '131026' });
    expect(world.outbox.health.of('wa').lastError).to.include({ code: '131026', at: world.clock.now() });
  });

  it('a lost answer is repeated only after twenty seconds without a receipt', async () => {
    await open(TWO);
    world.emulator.next({ drop: true });
    await world.says('hello');
    await world.until(async () => (await world.waiting())[0]?.inDoubt === true);
    await world.pass(19);
    heard();
    await world.pass(2);
    await world.until(isSettled);
    heard('one', 'two');
  });

  it('a receipt proves that a send in doubt was accepted: it is not repeated, and the next one is sent at once', async () => {
    await open(TWO);
    world.emulator.next({ lost: true });
    await world.says('hello');
    await world.until(async () => (await world.waiting())[0]?.inDoubt === true);
    await world.receipt((await world.waiting())[0]?.effect.id, world.emulator.heard[0]?.id ?? '', 'sent');
    await world.until(isSettled);
    heard('one', 'two');
  });

  describe('keeps a send in doubt', () => {
    const inDoubt = async () => {
      await open(TWO);
      world.emulator.next({ lost: true });
      await world.says('hello');
      await world.until(async () => (await world.waiting())[0]?.inDoubt === true);
    };
    /** The receipt of the attempt whose answer was lost. */
    const lateReceipt = async () => {
      await world.receipt((await world.waiting())[0]?.effect.id, world.emulator.heard[0]?.id ?? '', 'sent');
      await world.pass(1);
    };

    it('when a later attempt is refused: the late receipt still proves it', async () => {
      await inDoubt();
      world.emulator.next({ error: 130429 });
      await world.pass(21);
      expect((await world.waiting())[0]).to.include({ inDoubt: true, doubts: 1, reason: 'throttled: 130429' });
      await lateReceipt();
      heard('one', 'two');
    });

    it('when its channel is held', async () => {
      await inDoubt();
      world.emulator.next({ error: 190, status: 401 });
      await world.pass(21);
      expect((await world.waiting())[0]).to.include({ inDoubt: true, doubts: 1, reason: 'config: 190' });
      await lateReceipt();
      await world.pass(60);
      heard('one', 'two');
    });

    it('when the host stops before the send is repeated', async () => {
      await inDoubt();
      const claim = await world.store.sessions.claim(plusMillis(world.clock.now(), 21_000), { session: await world.session() });
      await world.outbox.stop(1);
      world.outbox.dispatch(claim ? [claim] : []);
      await world.until(async () => (await world.waiting())[0]?.reason === 'the host stopped');
      expect((await world.waiting())[0]).to.include({ inDoubt: true, doubts: 1 });
    });

    it('until a receipt reports its failure', async () => {
      await open(TWO);
      world.emulator.next({ lost: true });
      await world.says('hello');
      await world.until(async () => (await world.waiting())[0]?.inDoubt === true);
      await world.failed((await world.waiting())[0]?.effect.id, world.emulator.heard[0]?.id ?? '');
      await world.pass(25);
      heard('one', 'two');
      expect((await delivery(1))?.error).to.include({ kind: 'rejected', code: '131026' });
      expect(await world.store.deliveries.dead({ limit: 10 })).to.have.length(1);
    });
  });

  it('a send that may have been accepted is repeated at most three times, with growing pauses, and can then be sent again by hand', async () => {
    await open(TWO);
    world.emulator.next({ html: 200 }, { html: 502 }, { drop: true }, { lost: true });
    await world.says('hello');
    await world.until(async () => (await world.waiting())[0]?.inDoubt === true);
    const requests: number[] = [];
    for (const seconds of [19, 2, 38, 3, 77, 4, 15]) {
      await world.pass(seconds);
      requests.push(world.emulator.requests);
    }
    expect(requests).to.deep.equal([1, 2, 2, 3, 3, 4, 4]);
    await world.pass(7);
    // The next send of the person is made; nobody says that the first one was not accepted.
    heard('one', 'two');
    expect((await delivery(1))?.error).to.include({ kind: 'unknown', code: 'send/unknown' });
    expect((await world.store.deliveries.dead({ limit: 10 })).map(({ effect }) => effect)).to.deep.equal([`${await world.session()}.1.1`]);
  }).timeout(30_000);

  it('a send that was certainly not accepted is retried for long: a person who is sent too much for an hour gets everything, in order', async () => {
    await open(TWO);
    world.emulator.next(...Array.from({ length: 15 }, () => ({ error: 131056 })));
    await world.says('hello');
    await world.pass(3_700);
    heard('one', 'two');
    expect(world.emulator.requests).to.equal(17);
  }).timeout(60_000);

  it('a file that Meta could not fetch is retried three times, then it fails', async () => {
    await open(TWO);
    world.emulator.next(...Array.from({ length: 4 }, () => ({ error: 131053 })));
    await world.says('hello');
    await world.pass(20);
    heard('two');
    expect(world.emulator.requests).to.equal(5);
    expect((await delivery(1))?.error).to.include({ kind: 'rejected', code: '131053' });
  });

  it('a send in doubt fails instead of being repeated if the channel says so', async () => {
    await open({ ...TWO, config: { onUnknown: 'fail' } });
    world.emulator.next({ drop: true });
    await world.says('hello');
    await world.until(async () => (await world.waiting())[0]?.inDoubt === true);
    await world.pass(21);
    await world.until(isSettled);
    heard('two');
    expect((await delivery(1))?.error).to.include({ kind: 'unknown', code: 'send/unknown' });
  });

  describe('with a message that takes two requests', () => {
    const choices = ['a', 'b', 'c', 'd'].map((id) => ({ id, title: `Take ${id}` }));
    const message = { type: 'image', url: 'https://example.org/i.png', text: 'choose', choices };
    const PICTURE = { nodes: [{ id: 'one', type: 'send-whatsapp-message', version: 1, params: { action: 'reply', message } }] };
    const kinds = () => world.emulator.heard.map(({ shown }) => shown.kind);

    it('a retry sends the rest only', async () => {
      await open(PICTURE);
      world.emulator.next({}, { error: 130429 });
      await world.says('hello');
      await world.until(async () => (await world.waiting())[0]?.accepted === 1);
      await world.pass(2);
      await world.until(isSettled);
      expect(kinds()).to.have.length(2);
      expect(kinds()[0]).to.equal('image');
      expect((await delivery(1))?.providerIds).to.have.members(world.emulator.heard.map(({ id }) => id));
    });

    it('a request for which the lease has no time left is sent under a new lease', async () => {
      await open(PICTURE);
      world.emulator.next({ delay: 50 });
      await world.says('hello');
      await world.until(() => world.emulator.requests === 1);
      world.clock.advance(11_000);
      await world.until(async () => (await world.waiting())[0]?.reason === 'unreachable: send/no-time');
      expect((await world.waiting())[0]).to.deep.include({ accepted: 1, status: 'queued' });
      await world.pass(2);
      await world.until(isSettled);
      expect(kinds()).to.have.length(2);
    });

    it('a receipt of the first request does not prove the second', async () => {
      await open(PICTURE);
      world.emulator.next({}, { drop: true });
      await world.says('hello');
      await world.until(async () => (await world.waiting())[0]?.inDoubt === true);
      await world.receipt((await world.waiting())[0]?.effect.id, world.emulator.heard[0]?.id ?? '', 'delivered');
      await world.pass(25);
      await world.until(isSettled);
      expect(kinds()).to.have.length(2);
    });
  });

  describe('holds a channel whose token was refused', () => {
    const REFUSED = { error: 190, status: 401 };
    const refuse = async (parts: WorldParts = TWO) => {
      await open(parts);
      world.emulator.next(REFUSED);
      await world.says('hello');
      await world.until(async () => (await world.waiting())[0]?.reason === 'config: 190');
    };

    it('the refused message is held with the others, and all are sent in order when the channel is changed', async () => {
      await refuse();
      expect(world.outbox.health.of('wa').lastError).to.include({ kind: 'config', code: '190' });
      await world.pass(30);
      expect(world.emulator.requests).to.equal(1);
      await world.configure({ displayPhoneNumber: '+4930123' });
      await world.pass(11);
      heard('one', 'two');
    });

    it('a minute later one send tries, and the others wait for its outcome', async () => {
      await refuse();
      await world.says('hello', '4917020');
      await world.says('hello', '4917030');
      world.emulator.next(REFUSED);
      await world.pass(65);
      expect(world.emulator.requests).to.equal(2);
      await world.pass(80);
      expect(texts(world.emulator)).to.have.length(6);
    });

    it('a hold does not count as an attempt, nor as time of trying', async () => {
      await refuse();
      await world.pass(35);
      const [held] = await world.waiting();
      expect([held?.attempts, held?.since]).to.deep.equal([0, undefined]);
    });
  });

  it('a send on a channel that no longer exists fails', async () => {
    await open({
      nodes: [
        {
          id: 'one',
          type: 'send-whatsapp-message',
          version: 1,
          params: { action: 'send', channel: 'gone', to: '4917', message: { type: 'text', text: 'x' } },
        },
      ],
    });
    await world.says('hello');
    await world.until(async () => (await delivery(1)) !== undefined);
    expect((await delivery(1))?.error).to.include({ code: 'send/no-channel' });
  });

  it('a slow answer to one person does not hold up other people', async () => {
    await open(TWO);
    world.emulator.next({ delay: 300 });
    await world.says('hello', '4917020');
    await world.until(() => world.emulator.requests === 1);
    await world.says('hello', '4917030');
    await world.until(() => texts(world.emulator).length === 4);
    expect(world.emulator.heard.slice(0, 2).map(({ to }) => to)).to.deep.equal(['4917030', '4917030']);
  });

  it('a sweep performs everything that is due, however much it is', async () => {
    await open({ nodes: [aReply('one', 'one')], config: { baseUrl: 'http://127.0.0.1:9', throughput: 0 } });
    const people = Array.from({ length: 300 }, (_, i) => String(491_700_000_000 + i));
    await Promise.all(people.map((one) => world.says('hello', one)));
    await world.until(async () => (await Promise.all(people.map(world.waiting))).every(([one]) => one?.attempts === 1));
    await world.configure({ baseUrl: world.emulator.url, throughput: 0 });
    await world.pass(3);
    await world.until(() => texts(world.emulator).length === people.length);
    expect(new Set(world.emulator.heard.map(({ to }) => to)).size).to.equal(people.length);
  });

  it('does not exceed the pace of the account, and keeps the order', async () => {
    await open({ nodes: [aReply('one', 'one'), aReply('two', 'two'), aReply('three', 'three')], config: { throughput: 1 } });
    await world.says('hello');
    // What the person has written has taken the first place.
    await world.pass(1);
    heard();
    await world.pass(1);
    heard('one');
    await world.pass(10);
    await world.until(isSettled);
    heard('one', 'two', 'three');
  });

  it('the pace never makes a send fail, and a clock that was ahead for a moment does not delay sends for long', async () => {
    await open({ nodes: [aReply('one', 'one'), aReply('two', 'two')], config: { throughput: 1 } });
    world.clock.step(YEAR);
    await world.says('hello');
    await world.pass(1);
    world.clock.step(-YEAR);
    await world.pass(10);
    heard('one', 'two');
    await world.says('hello');
    await world.pass(10);
    heard('one', 'two', 'one', 'two');
    expect(await world.store.deliveries.dead({ limit: 10 })).to.deep.equal([]);
  });

  for (const [how, millis] of [
    ['a minute ahead', MINUTE],
    ['a minute back', -MINUTE],
    ['an hour ahead', HOUR],
    ['an hour back', -HOUR],
    ['a year ahead', YEAR],
    ['a year back', -YEAR],
  ] as const)
    describe(`somebody sets the clock ${how}`, () => {
      it('a refused send is retried after the same pause', async () => {
        await open(TWO);
        world.emulator.next({ error: 130429 });
        await world.says('hello');
        await world.until(async () => (await world.waiting())[0]?.attempts === 1);
        world.clock.step(millis);
        await world.pass(3);
        heard('one', 'two');
      });

      it('a send in doubt is repeated after twenty seconds, not before', async () => {
        await open(TWO);
        world.emulator.next({ drop: true });
        await world.says('hello');
        await world.until(async () => (await world.waiting())[0]?.inDoubt === true);
        world.clock.step(millis);
        await world.pass(18);
        heard();
        await world.pass(4);
        heard('one', 'two');
      });

      it('a send in flight does not count as lost', async () => {
        await open(TWO);
        world.emulator.next({ slow: 300 });
        await world.says('hello');
        await world.until(() => world.emulator.requests === 1);
        world.clock.step(millis);
        world.clock.advance(1_000);
        await world.until(isSettled);
        heard('one', 'two');
      });

      it('a send that waits for its proof is proven by its receipt', async () => {
        await open(TWO);
        world.emulator.next({ lost: true });
        await world.says('hello');
        await world.until(async () => (await world.waiting())[0]?.inDoubt === true);
        world.clock.step(millis);
        await world.receipt((await world.waiting())[0]?.effect.id, world.emulator.heard[0]?.id ?? '', 'sent');
        await world.pass(1);
        heard('one', 'two');
      });

      it('a held channel is retried after a minute', async () => {
        await open(TWO);
        world.emulator.next({ error: 190, status: 401 });
        await world.says('hello');
        await world.until(async () => (await world.waiting())[0]?.reason === 'config: 190');
        world.clock.step(millis);
        await world.pass(55);
        heard();
        await world.pass(10);
        heard('one', 'two');
      });
    });

  it('a host that was paused for longer than a lease reads the answers that came meanwhile, and repeats nothing', async () => {
    await open(TWO);
    world.emulator.next({ slow: 300 });
    await world.says('hello');
    await world.until(() => world.emulator.requests === 1);
    // Its timers fire before it reads its sockets.
    world.clock.advance(50_000);
    await world.until(() => texts(world.emulator).length === 2);
    await world.pass(60);
    heard('one', 'two');
  });

  describe('with a run that waits for the outcome', () => {
    it('leaves by next when the message was accepted, in one write with the settlement', async () => {
      await open(AWAITED);
      await world.says('hello');
      await world.until(() => texts(world.emulator).length === 2);
      await world.until(isSettled);
      heard('one', 'well');
      const turns = await world.store.turns.list(await world.session(), { limit: 10 });
      expect(turns.map(({ event }) => event.type)).to.deep.equal(['message', 'receipt']);
    });

    it('leaves by failed when it was refused', async () => {
      await open(AWAITED);
      world.emulator.next({ error: 131026 });
      await world.says('hello');
      await world.until(() => texts(world.emulator).length === 1);
      heard('sorry');
    });

    it('leaves by failed when a receipt reports the failure of a send in doubt', async () => {
      await open(AWAITED);
      world.emulator.next({ lost: true });
      await world.says('hello');
      await world.until(async () => (await world.waiting())[0]?.inDoubt === true);
      await world.receipt((await world.waiting())[0]?.effect.id, world.emulator.heard[0]?.id ?? '', 'failed');
      await world.until(() => texts(world.emulator).length === 2);
      heard('one', 'sorry');
    });

    const delivered = {
      nodes: AWAITED.nodes.map((node) =>
        node.id === 'one' ? { ...node, params: { ...node.params, notDelivered: { after: { value: 1, unit: 'minutes' } } } } : node,
      ),
      edges: [...AWAITED.edges, { from: 'one', port: 'notDelivered', to: 'end' }],
    };

    it('leaves by failed at once when it was refused, also while it waits for more than an answer', async () => {
      await open(delivered);
      world.emulator.next({ error: 131026 });
      await world.says('hello');
      await world.until(() => texts(world.emulator).length === 1);
      heard('sorry');
    });

    it('takes the failure that was reported before the send was settled, with its reason', async () => {
      await open(delivered);
      world.emulator.next({ delay: 100 });
      await world.says('hello');
      await world.until(() => texts(world.emulator).length === 1);
      await world.failed(undefined, world.emulator.heard[0]?.id ?? '');
      await world.until(() => texts(world.emulator).length === 2);
      heard('one', 'sorry');
      const turns = await world.store.turns.list(await world.session(), { limit: 10 });
      const told = turns.flatMap(({ event }) => (event.type === 'receipt' ? [event] : []));
      expect(told.map(({ status }) => status)).to.deep.equal(['failed']);
      expect(told[0]?.error).to.include({ kind: 'rejected' }).and.to.have.property('code');
    });

    it('takes a receipt that came before the send was settled', async () => {
      const nodes = AWAITED.nodes.map((node) =>
        node.id === 'one' ? { ...node, params: { ...node.params, notDelivered: { after: { value: 1, unit: 'minutes' } } } } : node,
      );
      await open({ nodes, edges: [...AWAITED.edges, { from: 'one', port: 'notDelivered', to: 'sorry' }] });
      world.emulator.next({ delay: 100 });
      await world.says('hello');
      await world.until(() => texts(world.emulator).length === 1);
      // Without our id, as from Viber: nobody knows yet which send it belongs to.
      await world.receipt(undefined, world.emulator.heard[0]?.id ?? '', 'delivered');
      await world.until(() => texts(world.emulator).length === 2);
      heard('one', 'well');
    });
  });

  describe('after a crash', () => {
    it('a send whose host was lost waits for its proof, and is then sent once', async () => {
      await open(TWO);
      const session = await claimedByAnother();
      await world.pass(44);
      expect(world.emulator.requests).to.equal(1);
      await world.pass(4);
      await world.until(() => texts(world.emulator).length === 2);
      heard('one', 'two');
      expect((await world.store.sessions.load(session))?.effects).to.deep.equal([]);
    });

    it('a send that must not be made any more is not repeated, and counts as skipped', async () => {
      await open(TWO);
      const session = await claimedByAnother();
      const stored = await world.store.sessions.load(session);
      if (!stored) throw new Error('there is no session');
      const error = { kind: 'blocked', code: 'send/gone', message: 'the number has another owner' } as const;
      const now = world.clock.now();
      const { state } = stored;
      const next = aCommit(session, stored.revision, { state, event: 'moved', now, skips: { addresses: ['491701'], error } });
      expect(await world.store.sessions.commit(next)).to.be.an('object');
      await world.pass(48);
      expect(world.emulator.requests).to.equal(1);
      const id = stored.effects[0]?.effect.id ?? '';
      expect((await world.store.deliveries.of([id])).get(id)).to.deep.equal({ status: 'skipped', providerIds: [], error });
    });

    it('a host that has just started waits for the receipt of a send in doubt as long as any other, whatever its clock does', async () => {
      await open(TWO);
      const session = await claimedByAnother();
      // Its lease and the wait for a proof are over by the wall clock only.
      world.clock.step(HOUR);
      await world.pass(15);
      expect((await world.store.sessions.load(session))?.effects[0]).to.include({ inDoubt: true, doubts: 1 });
      expect(world.emulator.requests).to.equal(1);
      await world.pass(10);
      heard('one', 'two');
    });

    /** Stores a turn, whose lease belongs to a process that never settles it. */
    async function claimedByAnother(): Promise<string> {
      world.emulator.next({ error: 130429 });
      await world.says('hello');
      await world.until(async () => (await world.waiting())[0]?.attempts === 1 && (await world.waiting())[0]?.status === 'queued');
      const session = await world.session();
      const claim = await world.store.sessions.claim(plusMillis(world.clock.now(), 2_000), { session });
      expect(claim?.effect.effect.number).to.equal(1);
      return session;
    }
  });

  it('when the host stops, effects that were not begun return to the queue unchanged', async () => {
    await open(TWO);
    world.emulator.next({ delay: 100 });
    await world.says('hello');
    await world.until(() => world.emulator.requests === 1);
    await world.outbox.stop(5_000);
    heard('one');
    const [two] = await world.waiting();
    expect(two).to.include({ status: 'queued', attempts: 0, reason: 'the host stopped' });
    expect(two?.inDoubt).to.equal(undefined);
  });

  it('when the host stops, sends that wait for their place at the pace of the account return to the queue at once', async () => {
    await open({ ...TWO, config: { throughput: 1 } });
    await world.says('hello');
    await world.until(async () => (await world.waiting())[0]?.status === 'claimed');
    await world.outbox.stop(5_000);
    heard();
    expect((await world.waiting())[0]).to.include({ status: 'queued', attempts: 0, reason: 'the host stopped' });
  });

  it('a send that is aborted because the host cannot wait any longer is in doubt, not lost', async () => {
    await open(TWO);
    world.emulator.next({ delay: 2_000 });
    await world.says('hello');
    await world.until(() => world.emulator.requests === 1);
    const stopped = world.outbox.stop(1_000);
    world.clock.advance(1_000);
    await world.until(async () => (await world.waiting())[0]?.inDoubt === true);
    await stopped;
  });

  it('logs no secret of a channel', async () => {
    await open({ ...TWO, config: { baseUrl: 'http://127.0.0.1:9' } });
    await world.says('hello');
    await world.until(async () => (await world.waiting())[0]?.attempts === 1);
    await world.configure({ baseUrl: world.emulator.url });
    world.emulator.next({ error: 190, status: 401 });
    await world.pass(2);
    expect(world.lines).to.not.deep.equal([]);
    expect(world.lines.filter((line) => /the-access-token|the-app-secret|the-verify-token/.test(line))).to.deep.equal([]);
  });
});
