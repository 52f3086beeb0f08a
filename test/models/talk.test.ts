import { expect } from 'chai';
import type { FlowNode, JsonObject } from '../../src/contract/index.js';
import { type ModelServer, startModelServer } from '../../src/testing/index.js';
import { aReply, openWorld, texts, type World } from '../outbox/world.js';

const EDGES = [
  { from: 'start', port: 'next', to: 'it' },
  { from: 'it', port: 'failed', to: 'sorry' },
];

describe('a talk with a model', () => {
  let world: World;
  let model: ModelServer;
  beforeEach(async () => {
    model = await startModelServer();
  });
  afterEach(async () => {
    await world.close();
    await model.close();
  });
  const open = async (type: string, more: JsonObject = {}) => {
    const params = { model: { baseUrl: model.baseUrl, apiKey: '{{ secrets.OPENAI }}', name: 'small' }, ...more };
    const it: FlowNode = { id: 'it', type, version: 1, params };
    const nodes = [it, aReply('sorry', 'Sorry: {{ failure.code }}')];
    world = await openWorld({ nodes, edges: EDGES, secrets: { OPENAI: 'sk-hush-hush' }, outboundAllow: [{ host: '127.0.0.1' }] });
  };
  const sent = async (count: number) => {
    await world.until(() => texts(world.emulator).length === count);
    return texts(world.emulator).slice(-1)[0];
  };

  it('goes through a host, a model server and a provider, and no secret is stored or logged', async () => {
    await open('dialogue');
    await world.says('hello');
    expect(await sent(1)).to.equal('You said: hello');
    await world.says('again');
    expect(await sent(2)).to.equal('You said: again');
    expect(model.requests[1]?.body['messages']).to.have.length(4);
    expect(model.requests[1]?.headers.authorization).to.equal('Bearer sk-hush-hush');
    const turns = await world.store.turns.list(await world.session(), { limit: 10 });
    expect(JSON.stringify([turns, world.lines])).to.not.include('hush-hush');
    expect(JSON.stringify(turns)).to.include('"usage":{"input":');
  });

  it('an answer of many parts reaches the person in order', async () => {
    await open('dialogue');
    const text = Array.from({ length: 900 }, (_, i) => `line ${i}.`).join('\n');
    model.answer(() => ({ text, piece: 3 }));
    await world.says('hello');
    await world.until(() => texts(world.emulator).length > 1 && texts(world.emulator).join('\n').includes('line 899.'));
    expect(texts(world.emulator).join('\n').replaceAll(/\s+/g, ' ')).to.equal(text.replaceAll('\n', ' '));
  });

  it('a model at a private address that is not allowed is a failure like any other', async () => {
    const params = { model: { baseUrl: 'http://10.255.255.1/v1', name: 'small' } };
    world = await openWorld({
      nodes: [{ id: 'it', type: 'dialogue', version: 1, params }, aReply('sorry', 'Sorry: {{ failure.code }}')],
      edges: EDGES,
    });
    await world.says('hello');
    expect(await sent(1)).to.equal('Sorry: request/private-address');
  });
});
