import { expect } from 'chai';
import Joi from 'joi';
import type { WhatsAppEmulator } from '../../adapters/whatsapp/emulator/index.js';
import { OperationalError, silentLog } from '../../src/contract/host/index.js';
import { definePlugin, type FlowDefinition, type InboundEvent } from '../../src/contract/index.js';
import type { Store } from '../../src/contract/store/index.js';
import { findDegraded } from '../../src/published/find-degraded.js';
import { openEmbeddedStore } from '../../src/store/embedded/open.js';
import { aFlow, aGreeting } from '../support/builders.js';
import { manualClock } from '../support/manual-clock.js';
import { ACCOUNT, putOnline, type SmallHost, startProvider, startSmallHost, until } from '../support/small-world.js';

const next = { then: { exit: 'next' } } as const;

/** Waits for a message, or for an operator, and is the one that is forgotten. */
const riddle = definePlugin<{ readonly for: 'message' | 'operator' }>({
  node: {
    type: 'riddle',
    version: 1,
    title: 'riddle',
    sentence: 'Does what the test needs.',
    group: 'core',
    params: Joi.object<{ readonly for: 'message' | 'operator' }>({ for: Joi.string().required() }),
    ports: [{ name: 'next' }],
    waitsFor: (params) => (params.for === 'message' ? 'message' : 'other'),
    enter: (scope) => ({ then: { wait: { for: scope.params.for, until: scope.after({ value: 1, unit: 'hours' }) } } }),
    on: { message: () => next, operator: () => next, timeout: () => next },
  },
});
const riddles: FlowDefinition = aFlow('riddles', {
  triggers: [{ type: 'TriggeredByWhatsApp', match: { keywords: ['riddle'] } }],
  nodes: [
    { id: 'start', type: 'start', version: 1, params: {} },
    { id: 'ask', type: 'riddle', version: 1, params: { for: 'message' } },
    { id: 'right', type: 'send-whatsapp-message', version: 1, params: { action: 'reply', message: { type: 'text', text: 'right' } } },
    { id: 'end', type: 'end', version: 1, params: {} },
  ],
  edges: [
    { from: 'start', port: 'next', to: 'ask' },
    { from: 'ask', port: 'next', to: 'right' },
    { from: 'right', port: 'next', to: 'end' },
  ],
});
const stop = {
  ...aGreeting(),
  code: 'stop',
  triggers: [{ type: 'TriggeredByWhatsApp', onBusy: 'interrupt', match: { keywords: ['halt'] } }],
};

describe('a host that was started without a plugin', () => {
  const clock = manualClock();
  let store: Store;
  let emulator: WhatsAppEmulator;
  let host: SmallHost;
  let serial = 0;
  beforeEach(async () => {
    store = await openEmbeddedStore({ file: ':memory:' }, silentLog);
    emulator = await startProvider(store);
    await putOnline(store, riddles);
    host = await startSmallHost(store, clock, [riddle]);
    await says('riddle');
    await host.stop();
    host = await startSmallHost(store, clock);
  });
  afterEach(async () => {
    await host.stop();
    await emulator.close();
    await store.close();
  });

  const says = async (text: string, from = '4915112345678') => {
    serial += 1;
    const event: InboundEvent = {
      account: ACCOUNT.phoneNumberId,
      type: 'message',
      id: `wa:${serial}`,
      message: {
        id: `w${serial}`,
        platform: 'whatsapp',
        from: { identities: [`whatsapp:${from}`], address: from },
        type: 'text',
        text,
        sentAt: clock.now(),
      },
    };
    return host.inbound.take('wa', event);
  };
  const fails = (work: Promise<unknown>) =>
    work.then(
      () => undefined,
      (error: unknown) => error,
    );
  const session = async () => {
    const [found] = await store.sessions.list({ limit: 1 });
    if (!found) throw new Error('nobody is there');
    return found.state;
  };

  it('leaves the run as it is: its answer is to be brought again, and is taken when the plugin is back', async () => {
    const before = await session();
    expect(await fails(says('an egg'))).to.be.instanceOf(OperationalError);
    expect(await session()).to.deep.equal(before);
    await host.stop();
    host = await startSmallHost(store, clock, [riddle]);
    await says('an egg');
    await until(() => emulator.heard.length > 0);
    expect(emulator.heard.map(({ text }) => text)).to.deep.equal(['right']);
  });

  it('does not end the run when its time is up; the others are woken', async () => {
    clock.advance(3_700_000);
    await host.look();
    expect((await session()).runs).to.have.length(1);
    await host.stop();
    host = await startSmallHost(store, clock, [riddle]);
    clock.advance(60_000);
    await host.look();
    await until(() => emulator.heard.length > 0);
  });

  it('keeps what nobody brings again, and the run goes on with it when the plugin is back', async () => {
    const nodes = riddles.nodes.map((node) => (node.id === 'ask' ? { ...node, params: { for: 'operator' } } : node));
    const desk = { ...riddles, code: 'desk', nodes, triggers: [{ type: 'TriggeredByWhatsApp', match: { keywords: ['desk'] } }] };
    await putOnline(store, desk as FlowDefinition);
    await host.stop();
    host = await startSmallHost(store, clock, [riddle]);
    const { id } = await session();
    await host.takeTurn(id, { id: 'c1', at: clock.now(), type: 'command', command: 'end', args: {}, by: 'Ada' });
    await says('desk');
    await host.stop();
    host = await startSmallHost(store, clock);
    await host.takeTurn(id, { id: 'o1', at: clock.now(), type: 'operator', by: 'Ada', giveBack: true });
    await host.look();
    expect(emulator.heard).to.have.length(0);
    await host.stop();
    host = await startSmallHost(store, clock, [riddle]);
    clock.advance(61_000);
    await host.look();
    await until(() => emulator.heard.length > 0);
    expect((await session()).runs).to.deep.equal([]);
  });

  it('takes what other triggers take, and ends the run when it is asked to', async () => {
    await putOnline(store, stop as FlowDefinition);
    await host.programs.refresh();
    await says('halt');
    await until(() => emulator.heard.length > 0);
    expect(emulator.heard.map(({ text }) => text)).to.deep.equal(['hello']);
  });

  it('ends it at the request of an operator', async () => {
    const { id } = await session();
    await host.takeTurn(id, { id: 'c1', at: clock.now(), type: 'command', command: 'end', args: { flow: 'riddles', below: 9 }, by: 'Ada' });
    expect((await session()).runs).to.deep.equal([]);
  });

  it('says which version lacks which type; that is grave where it is ONLINE, or where more than one in a hundred waits', async () => {
    const found = await findDegraded({ store, programs: host.programs });
    expect(found).to.deep.equal({ degraded: [{ version: 'riddles@1', type: 'riddle', waiting: 1 }], isGrave: true });
    const waiting = (riddlers: number) => ({
      store: {
        ...store,
        sessions: {
          ...store.sessions,
          waiting: async () => [
            { flow: 'riddles', version: 1, waiting: riddlers },
            { flow: 'other', version: 1, waiting: 1_000 - riddlers },
          ],
        },
      },
      programs: {
        load: async () => host.programs.snapshot(),
        lacking: () => [{ version: 'riddles@1', type: 'riddle', isOnline: false }],
      },
    });
    expect((await findDegraded(waiting(10))).isGrave).to.equal(false);
    expect((await findDegraded(waiting(11))).isGrave).to.equal(true);
    expect((await findDegraded(waiting(0))).degraded).to.deep.equal([]);
  });
});
