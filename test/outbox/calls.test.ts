import { expect } from 'chai';
import Joi from 'joi';
import { definePlugin, type FlowNode, type Json, type NodeOutcome, type Service } from '../../src/contract/index.js';
import { aReply, openWorld, texts, type World } from './world.js';

/** A node that calls a service of the test, and leaves by `next` with its answer, or by `failed`. */
function asking(service: Pick<Service<{ readonly q: string }>, 'call'>) {
  const name = 'ask';
  return definePlugin({
    node: {
      type: 'ask',
      version: 1,
      title: 'Ask',
      sentence: 'Does what the test needs.',
      group: 'core',
      params: Joi.object<{ readonly service: string; readonly input: Json }>({ service: Joi.string(), input: Joi.any() }),
      ports: [{ name: 'next' }, { name: 'failed', kind: 'failure' }],
      enter: ({ params }): NodeOutcome => ({
        effects: [{ kind: 'call', service: params.service, input: params.input, deadline: 5_000 }],
        then: { wait: { for: 'call' } },
      }),
      on: {
        result: (_scope, answer) => ({ set: { answer }, then: { exit: 'next' } }),
        failed: (_scope, { code, reason }) => ({ set: { answer: { code, reason } }, then: { exit: 'failed' } }),
      },
    },
    service: { name, input: Joi.object({ q: Joi.string().required() }), ...service },
  });
}
const ask = (input: Json = { q: 'why' }, service = 'ask'): FlowNode => ({ id: 'ask', type: 'ask', version: 1, params: { service, input } });
const EDGES = [
  { from: 'start', port: 'next', to: 'before' },
  { from: 'before', port: 'next', to: 'ask' },
  { from: 'ask', port: 'next', to: 'told' },
  { from: 'ask', port: 'failed', to: 'sorry' },
];
const nodes = (node: FlowNode) => [
  aReply('before', 'one moment'),
  node,
  aReply('told', 'it says {{ answer }}'),
  aReply('sorry', 'no: {{ answer.code }} {{ answer.reason }}'),
];

describe('calls of services', () => {
  let world: World;
  afterEach(() => world.close());
  const open = async (call: Service<{ readonly q: string }>['call'], node = ask(), secrets: Readonly<Record<string, string>> = {}) => {
    world = await openWorld({ nodes: nodes(node), edges: EDGES, plugins: [asking({ call })], secrets });
    await world.says('hello');
  };
  const second = async () => {
    await world.until(() => texts(world.emulator).length === 2);
    return texts(world.emulator)[1];
  };

  it('passes the answer of a service to the node in a turn of its own', async () => {
    await open(async ({ q }) => `because ${q}`);
    expect(await second()).to.equal('it says because why');
    const turns = await world.store.turns.list(await world.session(), { limit: 10 });
    expect(turns.map(({ event }) => event.type)).to.deep.equal(['message', 'callResult']);
  });

  it('a slow call does not hold up messages', async () => {
    let answer: (value: Json) => void = () => {};
    await open(
      () =>
        new Promise((done) => {
          answer = done;
        }),
    );
    await world.until(() => texts(world.emulator).length === 1);
    expect(texts(world.emulator)).to.deep.equal(['one moment']);
    answer('at last');
    expect(await second()).to.equal('it says at last');
  });

  it('a service that throws makes the call fail', async () => {
    await open(() => Promise.reject(new Error('out of order')));
    expect(await second()).to.equal('no: call/failed out of order');
  });

  it('a call that takes longer than its deadline fails, and the service’s signal is aborted', async () => {
    let signal: AbortSignal | undefined;
    await open((_input, tools) => {
      signal = tools.signal;
      return new Promise(() => {});
    });
    await world.until(() => signal !== undefined);
    await world.pass(6);
    expect(await second()).to.equal('no: call/timeout the deadline has passed');
    expect(signal?.aborted).to.equal(true);
  });

  it('a call of an unknown service, or with an invalid input, fails', async () => {
    await open(async () => 'never', ask({ q: 'why' }, 'nobody'));
    expect(await second()).to.match(/^no: call\/unknown-service/);
    await world.close();
    await open(async () => 'never', ask({ w: 1 }));
    expect(await second()).to.match(/^no: call\/bad-input/);
  });

  it('fills in secrets just before the call: neither the store nor the log contains one', async () => {
    let asked = '';
    await open(
      async ({ q }) => {
        asked = q;
        return `done with ${q}`;
      },
      ask({ q: { $sealed: ['key ', { secret: 'KEY' }] } }),
      { KEY: 'hush-hush' },
    );
    expect(await second(), 'an answer that repeats a secret').to.equal('it says done with key ***');
    expect(asked).to.equal('key hush-hush');
    const turns = await world.store.turns.list(await world.session(), { limit: 10 });
    expect(JSON.stringify([turns, world.lines])).to.not.include('hush-hush');
  });

  it('nor does an error that repeats a secret', async () => {
    const node = ask({ q: { $sealed: ['key ', { secret: 'KEY' }] } });
    await open(({ q }) => Promise.reject(new Error(`refused ${q}`)), node, { KEY: 'hush-hush' });
    expect(await second()).to.equal('no: call/failed refused key ***');
    const turns = await world.store.turns.list(await world.session(), { limit: 10 });
    expect(JSON.stringify([turns, world.lines])).to.not.include('hush-hush');
  });

  it('an answer that repeats a secret in encoded form does not bring it into the store', async () => {
    const key = 'hush "ä" & hush';
    const echoes: Readonly<Record<string, string>> = {
      address: `?key=${encodeURIComponent(key)}`,
      form: new URLSearchParams({ key }).toString(),
      json: JSON.stringify({ key }),
      first: Buffer.from(`${key}:x`).toString('base64'),
      second: Buffer.from(`u:${key}`).toString('base64'),
      third: Buffer.from(`x${key}`).toString('base64url'),
    };
    for (const [name, echo] of Object.entries(echoes)) {
      await open(async () => `told ${echo}`, ask({ q: { $sealed: [{ secret: 'KEY' }] } }), { KEY: key });
      const said = await second();
      expect(said, name).to.include('***').and.not.include(echo);
      const turns = JSON.stringify(await world.store.turns.list(await world.session(), { limit: 10 }));
      expect(turns, name).to.include('told ').and.not.include(JSON.stringify(echo).slice(1, -1));
      await world.close();
    }
    await open(async () => 123_456, ask({ q: { $sealed: [{ secret: 'KEY' }] } }), { KEY: '123456' });
    expect(await second()).to.equal('it says ***');
  });

  it('a call with a secret that is not set fails, and a seal in a value from outside is not opened', async () => {
    await open(async () => 'never', ask({ q: { $sealed: [{ secret: 'toString' }] } }), { KEY: 'hush-hush' });
    expect(await second()).to.match(/^no: call\/no-secret there is no secret "toString"/);
    await world.close();
    await open(async () => 'never', ask({ q: { $plain: { $sealed: [{ secret: 'KEY' }] } } }), { KEY: 'hush-hush' });
    expect(await second()).to.match(/^no: call\/bad-input/);
  });

  it('a call whose host was lost is made again when its lease has ended', async () => {
    let calls = 0;
    await open(() => {
      calls += 1;
      return calls === 1 ? new Promise(() => {}) : Promise.resolve('again');
    });
    await world.until(() => calls === 1);
    // The first caller never settles it: its deadline passes in the store only.
    const session = await world.session();
    const claim = await world.store.sessions.claim(new Date(Date.parse(world.clock.now()) + 21_000).toISOString(), { session });
    expect(claim?.effect.effect.body).to.include({ kind: 'call', service: 'ask' });
    world.outbox.dispatch(claim ? [claim] : []);
    expect(await second()).to.equal('it says again');
  });
});
