import { expect } from 'chai';
import Joi from 'joi';
import { definePlugin, type Lane } from '../../src/contract/index.js';
import type { Claim } from '../../src/contract/store/index.js';
import { aCall, aCommit, aSend } from '../support/builders.js';
import { aReply, openWorld, texts, type World, type WorldParts } from './world.js';

/** Room for replies and campaign sends on a channel with 20 messages a second, and for calls of a service. */
const REPLIES = 100;
const CAMPAIGN = 20;
const CALLS = 64;

describe('effects that there is no room for', () => {
  let world: World;
  afterEach(() => world.close());
  const open = async (parts: Partial<WorldParts> = {}) => {
    world = await openWorld({ nodes: [aReply('one', 'reply')], config: { throughput: 20 }, ...parts });
  };

  const ids = (n: number) => Array.from({ length: n }, (_, i) => `session${i}`);
  /** Stores turns of so many people, each with one effect. */
  async function commitAll(sessions: readonly string[], effectOf: (session: string) => ReturnType<typeof aSend>) {
    for (const session of sessions) {
      const turn = aCommit(session, 0, { now: world.clock.now(), effects: [effectOf(session)], hasRoom: world.outbox.hasRoom });
      const stored = await world.store.sessions.commit(turn);
      world.outbox.dispatch((stored as { claims: readonly Claim[] }).claims);
    }
  }
  const send = (lane: Lane) => (session: string) => {
    const { body, ...effect } = aSend(session, 1, 1, lane);
    return { ...effect, body: { ...body, lane, address: session.replace('session', '4917') } as typeof body };
  };
  async function count(sessions: readonly string[], status: 'queued' | 'claimed') {
    const all = await Promise.all(sessions.map((id) => world.store.sessions.load(id)));
    return all.flatMap((one) => one?.effects ?? []).filter((one) => one.status === status).length;
  }

  it('stay in their queue without a lease, and are sent when there is', async () => {
    await open();
    const sessions = ids(REPLIES + 50);
    await commitAll(sessions, send('reply'));
    expect(await count(sessions, 'claimed')).to.be.within(REPLIES - 5, REPLIES);
    expect(await count(sessions, 'queued')).to.be.at.least(50);
    await world.pass(15);
    await world.until(() => texts(world.emulator).length === sessions.length);
    expect(await count(sessions, 'queued')).to.equal(0);
  });

  it('are taken without a look at all queues, as soon as something has ended', async () => {
    await open();
    const sessions = ids(CAMPAIGN + 10);
    await commitAll(sessions, send('campaign'));
    expect(await count(sessions, 'queued')).to.be.within(9, 11);
    const { rooms, paces } = world.outbox.use();
    expect(rooms.map(({ channel, lane }) => [channel, lane])).to.deep.equal([['wa', 'campaign']]);
    expect(paces).to.deep.equal([{ channel: 'wa', perSecond: 19 }]);
    // Less than a second, after which all queues are looked at.
    for (let i = 0; i < 9; i += 1) {
      world.clock.advance(100);
      await world.until(async () => texts(world.emulator).length >= i);
    }
    await world.until(async () => (await count(sessions, 'queued')) === 0);
  });

  it('do not hold up replies if they are of a campaign', async () => {
    await open();
    await commitAll(ids(CAMPAIGN + 40), send('campaign'));
    await world.says('hello');
    await world.pass(1);
    await world.until(() => texts(world.emulator).includes('reply'));
    expect(texts(world.emulator).length).to.be.below(CAMPAIGN);
  });

  it('do not hold up messages if they are calls', async () => {
    let under = 0;
    let most = 0;
    const answers: (() => void)[] = [];
    const call = async () => {
      under += 1;
      most = Math.max(most, under);
      await new Promise<void>((done) => void answers.push(done));
      under -= 1;
      return null;
    };
    const node = {
      type: 'ask',
      version: 1,
      title: 'Ask',
      sentence: 'Does what the test needs.',
      group: 'core',
      params: Joi.object(),
      ports: [],
      enter: () => ({ then: { end: 'done' } }),
    };
    await open({ plugins: [definePlugin({ node, service: { name: 'test', input: Joi.object(), call } } as never)] });
    const sessions = ids(CALLS + 30);
    await commitAll(sessions, (session) => aCall(session, 1, 1));
    await world.until(() => answers.length === CALLS);
    expect(world.outbox.use().rooms).to.deep.equal([]);
    expect(await count(sessions, 'queued')).to.equal(30);
    await world.says('hello');
    await world.pass(1);
    await world.until(() => texts(world.emulator).length === 1);
    await world.until(async () => {
      for (const answer of answers.splice(0)) answer();
      return (await count(sessions, 'claimed')) === 0;
    });
    expect(most).to.equal(CALLS);
  });

  it('stay in their queue if the host stops', async () => {
    await open();
    world.outbox.rest();
    await commitAll(['one'], send('reply'));
    const [effect] = (await world.store.sessions.load('one'))?.effects ?? [];
    expect(effect).to.include({ status: 'queued', attempts: 0 });
    expect(effect).to.not.have.property('notBefore');
  });
});
