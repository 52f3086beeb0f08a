import { expect } from 'chai';
import Joi from 'joi';
import { plugins } from '../../plugins/all.js';
import type { Decision } from '../../src/contract/host/index.js';
import {
  BUDGET,
  type Contact,
  definePlugin,
  type FlowEvent,
  type Json,
  type NodeOutcome,
  programKey,
  type SessionState,
  type Vars,
} from '../../src/contract/index.js';
import { jsonSize } from '../../src/contract/json/json-size.js';
import { advance } from '../../src/engine/advance.js';
import { indexOf } from '../../src/engine/session-index.js';
import type { GuestResult, TurnInput } from '../../src/engine/turn-input.js';
import { dueWaits, isWaitingFor } from '../../src/engine/waits.js';
import { compileFlow } from '../../src/flow/compile.js';
import { createNodeTypes } from '../../src/flow/node-types.js';
import type { Program } from '../../src/flow/program.js';
import { aFlow, aMessage, aSession, at } from '../support/builders.js';
import { whatsappFacts } from '../support/whatsapp-facts.js';

/** A node that does what its params say: the outcome of `enter`; what happens then is saved as `heard`, under the name of its handler. */
interface Scripted {
  readonly enter: NodeOutcome<Json>;
  readonly asks?: true;
}
const hear =
  (name: string) =>
  (_scope: unknown, what: unknown): NodeOutcome => ({
    set: { heard: { [name]: JSON.parse(JSON.stringify(what)) as Json } },
    then: exit.then,
  });
const scripted = definePlugin<Scripted, Json>({
  node: {
    type: 'scripted',
    version: 1,
    title: 'scripted',
    sentence: 'Does what the test needs.',
    group: 'core',
    params: Joi.object<Scripted>().unknown(true),
    ports: [{ name: 'next' }, { name: 'failed', kind: 'failure' }, { name: 'timedOut', kind: 'time' }],
    waitsFor: ({ asks }) => (asks ? 'message' : 'other'),
    enter: ({ params }) => params.enter,
    on: {
      message: hear('message'),
      receipt: hear('receipt'),
      result: hear('result'),
      operator: hear('operator'),
      returned: hear('returned'),
      failed: hear('failed'),
      timeout: () => ({ then: { exit: 'timedOut' } }),
    },
  },
});
const nodeTypes = createNodeTypes([...plugins, scripted]);

/** A flow of scripted nodes, one after the other; what is `asks` waits for a message. */
function flow(code: string, outcomes: readonly (NodeOutcome<Json> | 'asks')[], more: Parameters<typeof aFlow>[1] = {}): Program {
  const ids = ['start', ...outcomes.map((_, i) => `n${i}`)];
  const nodes = outcomes.map((enter, i) => ({
    id: `n${i}`,
    type: 'scripted',
    version: 1,
    params: { ...(enter === 'asks' ? { enter: { then: { wait: { for: 'message' } } }, asks: true } : { enter }) } as Record<string, Json>,
  }));
  const edges = ids.slice(1).map((to, i) => ({ from: ids[i] ?? '', port: 'next', to }));
  const start = { id: 'start', type: 'start', version: 1, params: {} };
  return compileFlow(aFlow(code, { nodes: [start, ...nodes], edges, ...more }), 1, nodeTypes);
}

/** A session that is played on, event by event, through JSON. */
class Talk {
  state: SessionState = aSession();
  readonly #programs: readonly Program[];
  #turn = 0;

  constructor(...programs: readonly Program[]) {
    this.#programs = programs;
  }

  input(event: FlowEvent, more: Partial<TurnInput> = {}): TurnInput {
    return {
      programs: {
        get: (key) => this.#programs.find((one) => one.key === key),
        online: (code) => this.#programs.find((one) => one.code === code),
      },
      channels: new Map(),
      session: { ...this.state, turn: this.#turn },
      waitingEffects: 0,
      event,
      match: () => ({ tried: [] }),
      ...more,
    };
  }

  take(event: Untimed, more: Partial<TurnInput> & { readonly guest?: (event: FlowEvent) => GuestResult } = {}): Decision {
    this.#turn += 1;
    const { guest, ...rest } = more;
    let step = advance(this.input({ id: `e${this.#turn}`, at: at(this.#turn), ...event } as FlowEvent, rest));
    while ('guest' in step) {
      if (!guest) throw new Error('no dialog was expected');
      step = step.goOn(guest(step.guest.event));
    }
    this.state = JSON.parse(JSON.stringify(step.done.session)) as SessionState;
    return step.done;
  }

  start(code: string, onBusy: 'queue' | 'interrupt' | 'background' = 'queue', data: Vars = {}, version = 1): Decision {
    return this.take({
      type: 'start',
      flow: code,
      version,
      run: `run-${code}`,
      channel: 'wa',
      from: { identities: ['whatsapp:491'], address: '491' },
      by: 'api',
      lane: 'reply',
      onBusy,
      data,
    });
  }

  say(text: string, more: Partial<TurnInput> & { readonly guest?: (event: FlowEvent) => GuestResult } = {}): Decision {
    return this.take({ type: 'message', message: aMessage(text) }, more);
  }

  vars(run = 0): Vars {
    const frame = this.state.runs[run]?.stack.at(-1);
    return frame?.kind === 'flow' ? frame.vars : {};
  }
}
type Untimed = FlowEvent extends infer E ? (E extends FlowEvent ? Omit<E, 'id' | 'at'> & { id?: string; at?: string } : never) : never;

const text = (words: string) => ({ kind: 'send' as const, message: { type: 'text' as const, text: words } });
const sends = ({ effects }: Decision) =>
  effects.map(({ body }) => (body.kind === 'send' && body.message.type === 'text' ? body.message.text : ''));
const codes = ({ warnings }: Decision) => warnings.map(({ code }) => code);
const exit: NodeOutcome = { then: { exit: 'next' } };

describe('what a turn makes of an event', () => {
  it('a call goes out as an effect, and its result comes back to the node that asked', () => {
    const talk = new Talk(
      flow('ask', [{ effects: [{ kind: 'call', service: 'http', input: {} }], then: { wait: { for: 'call' } } }, 'asks']),
    );
    const { effects } = talk.start('ask');
    // A call may take 30 s where its node says nothing.
    const body = { kind: 'call', service: 'http', input: {}, deadline: 30_000 };
    expect(effects.map((one) => [one.id, one.body])).to.deep.equal([['s1.1.1', body]]);
    expect(talk.take({ type: 'callResult', callId: 'other', ok: true, value: 1 }).decision.kind).to.equal('stale');
    expect(talk.take({ type: 'callResult', callId: 's1.1.1', ok: true, value: 7 }).decision.kind).to.equal('resumed');
    expect(talk.vars()['heard']).to.deep.equal({ result: 7 });
  });

  it('a wait for a receipt is for the last of several sends', () => {
    const talk = new Talk(flow('sent', [{ effects: [text('a'), text('b')], then: { wait: { for: 'delivered' } } }, 'asks']));
    const { effects } = talk.start('sent');
    expect(effects.map(({ id, awaited }) => [id, awaited])).to.deep.equal([
      ['s1.1.1', undefined],
      ['s1.1.2', 'delivered'],
    ]);
    expect(talk.take({ type: 'receipt', effectId: 's1.1.1', status: 'delivered' }).decision.kind).to.equal('stale');
    expect(talk.take({ type: 'receipt', effectId: 's1.1.2', status: 'delivered' }).decision.kind).to.equal('resumed');
  });

  it('a message that is held waits on where the next question is asked on another platform', () => {
    const first: NodeOutcome<Json> = { effects: [text('hi')], then: { wait: { for: 'sent' } } };
    for (const [platform, held] of [
      ['whatsapp', 0],
      ['viber', 1],
    ] as const) {
      const talk = new Talk(flow('two', [first, { then: { wait: { for: 'message', platform } } }, 'asks']));
      talk.start('two');
      talk.say('early');
      talk.take({ type: 'receipt', effectId: 's1.1.1', status: 'sent' });
      expect(talk.state.held, platform).to.have.length(held);
      const frame = talk.state.runs[0]?.stack[0];
      expect(frame?.kind === 'flow' && frame.nodeId).to.equal(held === 0 ? 'n2' : 'n1');
    }
  });

  it('a node that sends, hears that it was skipped, and sends again ends with the steps of the turn', () => {
    const again = { effects: [{ ...text('hi'), to: { channel: 'wa', address: '' } }], then: { wait: { for: 'sent' } } } as const;
    const type = { ...scripted.node, type: 'stubborn', on: { failed: () => again } };
    const types = createNodeTypes([...plugins, definePlugin<Scripted, Json>({ node: type as NonNullable<typeof scripted.node> })]);
    const nodes = ['start', 'stubborn'].map((id) => ({ id, type: id, version: 1, params: id === 'start' ? {} : { enter: again } }));
    const edges = [{ from: 'start', port: 'next', to: 'stubborn' }];
    const definition = aFlow('stubborn', { nodes, edges, settings: { maxSteps: 20 } });
    const decision = new Talk(compileFlow(definition, 1, types)).start('stubborn');
    expect(codes(decision)).to.include('flow/too-many-steps');
    expect(decision.effects).to.have.length(19);
  });

  it('an operator who answers is heard by the node that waits for one', () => {
    const talk = new Talk(flow('hand', [{ then: { wait: { for: 'operator' } } }, 'asks']));
    talk.start('hand');
    expect(talk.take({ type: 'operator', by: 'Ada', giveBack: true }).decision.kind).to.equal('resumed');
    expect(talk.take({ type: 'operator', by: 'Ada', giveBack: true }).decision.kind).to.equal('refused');
  });

  it('a node without an outcome is a bug of the node, told by its id, and not an exception', () => {
    const talk = new Talk(flow('bad', [{} as NodeOutcome], { settings: { onError: 'Sorry' } }));
    const decision = talk.start('bad');
    expect(decision.bug).to.equal('bug-s1-1');
    expect(sends(decision)).to.deep.equal(['Sorry']);
    expect(talk.state.runs).to.deep.equal([]);
  });

  it('a node that waits to hear of a send hears at once that it was skipped, as of a refusal, and the turn keeps it', () => {
    const talk = new Talk(
      flow('lost', [{ effects: [{ ...text('hi'), to: { channel: 'wa', address: '' } }], then: { wait: { for: 'sent' } } }, 'asks']),
    );
    const decision = talk.start('lost');
    expect(decision.path.map(({ node, port }) => `${node}.${port ?? ''}`)).to.deep.equal(['start.next', 'n0.next', 'n1.']);
    expect(decision.effects.map(({ id, skipped }) => [id, skipped?.code])).to.deep.equal([['s1.1.1', 'send/no-address']]);
    expect(talk.vars()['heard']).to.deep.equal({
      failed: { kind: 'rejected', code: 'send/no-address', reason: 'the contact has no address there' },
    });
  });

  it('the same turn computed twice is the same to the letter', () => {
    const talk = new Talk(flow('twice', [{ effects: [text('a'), text('b')], then: { exit: 'next' } }, 'asks']));
    const event: FlowEvent = {
      ...{
        id: 'e',
        at: at(1),
        type: 'start',
        flow: 'twice',
        version: 1,
        run: 'r',
        channel: 'wa',
        by: 'api',
        lane: 'reply',
        onBusy: 'queue',
      },
      from: { identities: [], address: '491' },
      data: {},
    };
    const before = JSON.stringify(talk.state);
    expect(JSON.stringify(advance(talk.input(event)))).to.equal(JSON.stringify(advance(talk.input(event))));
    expect(JSON.stringify(talk.state)).to.equal(before);
  });
});

describe('runs beside and behind each other', () => {
  it('a start that is refused interrupts nobody', () => {
    const talk = new Talk(flow('first', ['asks']), flow('next', ['asks']));
    talk.start('first');
    const decision = talk.start('next', 'interrupt', { big: 'x'.repeat(BUDGET.variables) });
    expect(decision.decision.kind).to.equal('refused');
    expect(talk.state.runs.map(({ id }) => id)).to.deep.equal(['run-first']);
  });

  it('a message whose flow cannot begin interrupts nobody, and is the answer that it else would be', () => {
    const talk = new Talk(flow('first', ['asks']), flow('next', ['asks']));
    talk.start('first');
    const best = { version: 1, trigger: 0, onBusy: 'interrupt', reason: 'keyword' } as const;
    expect(talk.say('one', { match: () => ({ tried: [], best: { ...best, flow: 'gone' } }) }).decision.kind).to.equal('answered');
    talk.start('first');
    const groups = { match: { 0: 'x'.repeat(BUDGET.variables) } };
    const decision = talk.say('two', { match: () => ({ tried: [], best: { ...best, flow: 'next', groups } }) });
    expect([decision.decision.kind, codes(decision)]).to.deep.equal(['answered', ['flow/over-budget']]);
  });

  it('a message that finds nobody busy, and whose flow cannot begin, is in the log with the reason', () => {
    const talk = new Talk(flow('next', ['asks']));
    const best = { version: 1, trigger: 0, onBusy: 'ignore', reason: 'keyword' } as const;
    const gone = talk.say('one', { match: () => ({ tried: [], best: { ...best, flow: 'gone' } }) });
    expect(gone.decision).to.include({ kind: 'ignored', reason: '"gone" matched, but is not loaded' });
    const groups = { match: { 0: 'x'.repeat(BUDGET.variables) } };
    const full = talk.say('two', { match: () => ({ tried: [], best: { ...best, flow: 'next', groups } }) });
    const reason = `next@1: the variables of a run may have at most ${BUDGET.variables} characters`;
    expect(full.decision).to.include({ kind: 'refused', reason });
    expect([codes(full), talk.state.runs]).to.deep.equal([['flow/over-budget'], []]);
  });

  it('a start knows what its call has said of itself', () => {
    const talk = new Talk(flow('one', ['asks']));
    talk.take({
      ...{ type: 'start', flow: 'one', version: 1, run: 'r', channel: 'wa', by: 'api', lane: 'reply', onBusy: 'queue', data: {} },
      ...{ from: { identities: [], address: '491' }, uuid: 'u', outId: 'o', claimedAt: at(0) },
    });
    expect(talk.vars()).to.include({ uuid: 'u', outId: 'o', claimTimeMillis: Date.parse(at(0)) });
  });

  for (const [context, lastMessage] of [
    ['poster-7', { type: 'conversation_started', context: 'poster-7', text: '', channel: 'vb', platform: 'viber' }],
    [undefined, undefined],
  ] as const)
    it(`a run that begins when somebody opens the chat ${context ? 'knows what stood behind the link' : 'has heard no message'}`, () => {
      const talk = new Talk(flow('one', ['asks']));
      const channels = new Map([['vb', { ...whatsappFacts('vb'), platform: 'viber' as const }]]);
      const best = { flow: 'one', version: 1, trigger: 0, onBusy: 'queue', reason: 'event' } as const;
      const opened = {
        type: 'subscription',
        channel: 'vb',
        change: 'started',
        subscribed: false,
        from: { identities: ['viber:1'], address: '1' },
      } as const;
      talk.take({ ...opened, ...(context === undefined ? {} : { context }) }, { channels, match: () => ({ tried: [], best }) });
      const [run] = talk.state.runs;
      if (lastMessage) expect(run?.lastMessage).to.deep.include({ ...lastMessage, from: opened.from });
      else expect(run?.lastMessage).to.equal(undefined);
      expect(run?.channel).to.equal('vb');
    });

  it('a flow in the background may not call one that waits for messages, nor a dialog', () => {
    for (const called of ['asker', 'dialog:guest']) {
      const caller = flow('beside', [{ then: { begin: { flow: called, input: {}, as: 'frame' } } }]);
      const talk = new Talk(caller, flow('asker', ['asks']));
      expect(codes(talk.start('beside', 'background'))).to.include('flow/waits-for-messages');
      expect(talk.state.runs).to.deep.equal([]);
    }
  });

  it('a dialog cannot be begun in the background', () => {
    const talk = new Talk(flow('caller', [{ then: { begin: { flow: 'dialog:guest', input: {}, as: 'background' } } }]));
    expect(codes(talk.start('caller'))).to.include('flow/waits-for-messages');
  });

  it('a flow that begins another beside it goes on at once, and both are there', () => {
    const talk = new Talk(
      flow('caller', [{ then: { begin: { flow: 'slow', input: {}, as: 'background' } } }, 'asks']),
      flow('slow', [{ then: { wait: { for: 'time', until: at(60) } } }]),
    );
    talk.start('caller');
    expect(talk.state.runs.map(({ place }) => place)).to.deep.equal(['foreground', 'background']);
    expect(indexOf(talk.state)).to.deep.equal({ wakeAt: at(60), status: 'waiting', positions: ['caller@1#n1', 'slow@1#n0'] });
  });

  for (const as of ['frame', 'instead', 'background'] as const)
    it(`a flow that is begun (${as}) knows what its caller was given, but what the caller says counts more, and defaults less`, () => {
      const text = { type: 'text', input: true } as const;
      const variables = [
        { name: 'customerName', ...text },
        { name: 'channelId', ...text, default: 'none' },
        { name: 'size', ...text, default: 'M' },
      ];
      const talk = new Talk(
        flow('caller', [{ then: { begin: { flow: 'called', input: { customerName: 'Bob' }, as } } }, 'asks']),
        flow('called', [{ then: { wait: { for: 'time', until: at(60) } } }], { variables }),
      );
      talk.start('caller', 'queue', { own: 1, serviceId: 'parley-bot' });
      const [run] = talk.state.runs.filter(({ stack }) => stack.some((frame) => frame.kind === 'flow' && frame.flow === 'called'));
      const frame = run?.stack.at(-1);
      const vars = frame?.kind === 'flow' ? frame.vars : {};
      expect(vars).to.include({ customerName: 'Bob', channelId: 'wa', size: 'M', serviceId: 'parley-bot' });
      expect(vars).not.to.have.property('own');
    });

  it('one flow in place of another keeps the depth, however often', () => {
    const talk = new Talk(
      flow('again', [{ then: { begin: { flow: 'again', input: {}, as: 'instead' } } }], { settings: { maxSteps: 40 } }),
    );
    expect(codes(talk.start('again'))).to.deep.equal(['flow/too-many-steps']);
  });

  it('flows may call each other ten deep, and then the call fails', () => {
    const talk = new Talk(flow('deep', [{ then: { begin: { flow: 'deep', input: {}, as: 'frame' } } }]));
    const decision = talk.start('deep');
    expect(codes(decision)).to.include('flow/too-deep');
    expect(decision.path.filter(({ node }) => node === 'start')).to.have.length(BUDGET.frames);
    expect(talk.state.runs).to.deep.equal([]);
  });

  it('a start that is queued begins in the turn that ends the run before it; one that is too late is dropped', () => {
    const talk = new Talk(flow('first', ['asks']), flow('late', ['asks']), flow('next', ['asks']));
    talk.start('first');
    talk.take({
      ...{ type: 'start', flow: 'late', version: 1, run: 'run-late', channel: 'wa', by: 'api', lane: 'reply', onBusy: 'queue', data: {} },
      from: { identities: [], address: '491' },
      discardAt: at(3),
    });
    talk.start('next');
    const decision = talk.say('done');
    expect(talk.state.runs.map(({ id, place }) => [id, place])).to.deep.equal([['run-next', 'foreground']]);
    expect(codes(decision)).to.deep.equal(['start/discarded']);
  });

  for (const [when, seconds, kind] of [
    ['before its discard time begins', 99.999, 'started'],
    ['exactly at its discard time is discarded', 100, 'discarded'],
    ['after its discard time is discarded', 100.001, 'discarded'],
  ] as const)
    it(`a start ${when}, and so does one that waited until then`, () => {
      const start = {
        ...({ type: 'start', flow: 'late', version: 1, run: 'run-late', channel: 'wa', by: 'api', lane: 'reply' } as const),
        ...({ onBusy: 'queue', data: {}, from: { identities: [], address: '491' }, discardAt: at(100) } as const),
      };
      expect(new Talk(flow('late', ['asks'])).take({ ...start, at: at(seconds) }).decision.kind).to.equal(kind);
      const talk = new Talk(flow('first', ['asks']), flow('late', ['asks']));
      talk.start('first');
      talk.take(start);
      talk.take({ type: 'message', at: at(seconds), message: aMessage('done') });
      expect(talk.state.runs.map(({ id }) => id)).to.deep.equal(kind === 'started' ? ['run-late'] : []);
    });

  it('a run that has not begun cannot be moved on', () => {
    const talk = new Talk(flow('first', ['asks']), flow('next', ['asks']));
    talk.start('first');
    talk.start('next');
    const { decision } = talk.take({ type: 'command', command: 'resume', args: { run: 'run-next' }, by: 'Eve' });
    expect(decision).to.deep.include({ kind: 'refused', reason: 'the run run-next has not begun' });
  });

  for (const [which, args, ended] of [
    ['all of them', {}, ['run-first', 'run-other']],
    ['the one that is named', { run: 'run-first' }, ['run-first']],
    ['those of a flow', { flow: 'other' }, ['run-other']],
    ['those of a flow on earlier versions', { flow: 'first', below: 2 }, ['run-first']],
    ['none on the very version', { flow: 'first', below: 1 }, []],
    ['none of a flow in which nobody is', { flow: 'another' }, []],
  ] as const)
    it(`an operator who ends runs ends ${which}; what has not begun ends in silence`, () => {
      const talk = new Talk(flow('first', ['asks']), flow('other', ['asks']));
      talk.start('first');
      talk.start('other');
      const decision = talk.take({ type: 'command', command: 'end', args: { ...args, message: 'Bye' }, by: 'Eve' });
      const left = ['run-first', 'run-other'].filter((id) => !(ended as readonly string[]).includes(id));
      expect(talk.state.runs.map(({ id }) => id)).to.deep.equal(left);
      expect(sends(decision)).to.deep.equal((ended as readonly string[]).includes('run-first') ? ['Bye'] : []);
      expect(decision.decision.kind).to.equal(ended.length > 0 ? 'commanded' : 'refused');
    });

  it('a run that is moved forgets what the node it leaves has kept', () => {
    const talk = new Talk(flow('tries', [{ memory: 2, then: { wait: { for: 'message' } } }, 'asks']));
    talk.start('tries');
    talk.take({ type: 'command', command: 'move', args: { run: 'run-tries', node: 'n1' }, by: 'Eve' });
    const frame = talk.state.runs[0]?.stack[0];
    expect(frame?.kind === 'flow' && [frame.nodeId, frame.memory]).to.deep.equal(['n1', {}]);
  });

  for (const [what, asking, questions] of [
    ['that sends it itself', { effects: [text('Q?')], then: { wait: { for: 'message' } } }, ['Q?']],
    ['of a node before it', { then: { wait: { for: 'message' } } }, ['Q?']],
  ] as const)
    it(`a run that was set aside asks its question once more when it comes back, also one ${what}`, () => {
      const before: NodeOutcome<Json>[] = 'effects' in asking ? [] : [{ effects: [text('Q?')], then: { exit: 'next' } }];
      const talk = new Talk(flow('first', [...before, asking as NodeOutcome<Json>, 'asks']), flow('second', ['asks']));
      talk.start('first');
      const [first] = talk.state.runs;
      if (!first) throw new Error('nothing was begun');
      talk.state = { ...talk.state, runs: [] };
      talk.start('second');
      talk.state = { ...talk.state, runs: [{ ...first, place: 'queued', aside: 'foreground' }, ...talk.state.runs] };
      expect(sends(talk.say('done'))).to.deep.equal(questions);
    });

  it('an interruption by a flow that is not loaded leaves the running one as it is', () => {
    const talk = new Talk(flow('first', ['asks', 'asks']));
    talk.start('first');
    const best = { flow: 'gone', version: 1, trigger: 0, onBusy: 'interrupt' as const, reason: 'a keyword' };
    const decision = talk.say('hello', { match: () => ({ tried: [], best }) });
    expect(decision.decision.kind).to.equal('answered');
    expect(codes(decision)).to.deep.equal([]);
    expect(talk.state.runs.map(({ id }) => id)).to.deep.equal(['run-first']);
  });

  it('a start that is refused interrupts nothing, whether a system or a message asks for it', () => {
    const talk = new Talk(flow('first', ['asks', 'asks']), flow('second', ['asks']));
    talk.start('first');
    const { decision } = talk.start('second', 'interrupt', { big: 'x'.repeat(BUDGET.variables) });
    expect(decision.kind).to.equal('refused');
    expect(talk.state.runs.map(({ id }) => id)).to.deep.equal(['run-first']);
    const groups = { match: 'x'.repeat(BUDGET.variables) };
    const best = { flow: 'second', version: 1, trigger: 0, onBusy: 'interrupt' as const, reason: 'a pattern', groups };
    const said = talk.say('second', { match: () => ({ tried: [], best }) });
    expect([said.decision.kind, ...codes(said)]).to.deep.equal(['answered', 'flow/over-budget']);
    expect(talk.state.runs.map(({ id }) => id)).to.deep.equal(['run-first']);
  });

  it('a replay takes the version that matched then, not the one that is online now', () => {
    const then = flow('first', ['asks']);
    const now = compileFlow(then.definition, 2, nodeTypes);
    const talk = new Talk(now, then);
    const best = { flow: 'first', version: 1, trigger: 0, onBusy: 'ignore' as const, reason: 'a keyword' };
    talk.say('hello', { match: () => ({ tried: [], best }) });
    expect(indexOf(talk.state).positions).to.deep.equal(['first@1#n0']);
  });
});

describe('messages that nobody can take yet', () => {
  const sent: NodeOutcome = { effects: [text('one moment')], then: { wait: { for: 'sent' } } };

  it('what might have answered an interrupted run answers no other', () => {
    const talk = new Talk(flow('first', [sent]), flow('second', ['asks']));
    talk.start('first');
    expect(talk.say('too early').decision.kind).to.equal('held');
    const decision = talk.start('second', 'interrupt');
    expect(codes(decision)).to.deep.equal(['run/interrupted', 'message/early']);
    expect(talk.state.held).to.deep.equal([]);
    expect(talk.state.runs.map(({ id }) => id)).to.deep.equal(['run-second']);
  });

  it('what might have answered a run that has ended answers none that was queued behind it', () => {
    const talk = new Talk(flow('first', [sent]), flow('second', ['asks']));
    talk.start('first');
    talk.start('second');
    talk.say('too early');
    const decision = talk.take({ type: 'command', command: 'end', args: { run: 'run-first' }, by: 'Eve' });
    expect(codes(decision)).to.deep.equal(['run/ended', 'message/early']);
    expect(talk.state.held).to.deep.equal([]);
    expect(indexOf(talk.state).positions).to.deep.equal(['second@1#n0']);
  });

  it('what may answer a run is kept for it while another one sends, and no longer when it sends itself', () => {
    const talk = new Talk(flow('first', [sent, 'asks', 'asks']), flow('beside', [{ effects: [text('beside')], then: { exit: 'next' } }]));
    talk.start('first');
    talk.say('41');
    const kept = () => talk.state.held.map(({ mayAnswer }) => mayAnswer);
    expect(sends(talk.start('beside', 'background'))).to.deep.equal(['beside']);
    expect(kept()).to.deep.equal(['run-first']);
    talk.take({ type: 'receipt', effectId: 's1.1.1', status: 'sent' });
    expect(kept()).to.deep.equal([]);
    expect(talk.vars()['heard']).to.have.nested.property('message.text', '41');
  });

  it('what may answer one run is kept for it while another one asks', () => {
    const talk = new Talk(flow('name', ['asks']));
    const held = [{ eventId: 'e', at: at(0), message: aMessage('for the other'), mayAnswer: 'run-other' }];
    talk.state = { ...talk.state, held };
    talk.start('name');
    expect([talk.state.held, talk.state.runs.length]).to.deep.equal([JSON.parse(JSON.stringify(held)), 1]);
  });

  it('what starts nothing after the run has ended is in the log as early', () => {
    const talk = new Talk(flow('slow', [{ then: { wait: { for: 'time', until: at(2) } } }]));
    talk.start('slow');
    talk.say('hello?');
    const [wait] = dueWaits(talk.state, at(2));
    const decision = talk.take({ type: 'timeout', waitId: wait?.id ?? '' });
    expect(codes(decision)).to.deep.equal(['message/early']);
    expect(talk.state).to.deep.include({ runs: [], held: [] });
  });

  it('who writes has read: a wait for `delivered` ends, and the message answers the next question', () => {
    const talk = new Talk(flow('read', [{ effects: [text('hi')], then: { wait: { for: 'delivered' } } }, 'asks', 'asks']));
    talk.start('read');
    expect(isWaitingFor(talk.state, 's1.1.1')).to.equal(true);
    talk.say('yes');
    expect(talk.state.runs[0]?.stack[0]).to.include({ nodeId: 'n2' });
    expect(talk.vars()['heard']).to.have.nested.property('message.text', 'yes');
  });

  it('no more than 20 are kept, and the next one is early', () => {
    const talk = new Talk(flow('slow', [{ then: { wait: { for: 'time', until: at(99) } } }]));
    talk.start('slow');
    const kinds = Array.from({ length: BUDGET.held + 1 }, (_, i) => talk.say(`m${i}`).decision.kind);
    expect(kinds.filter((one) => one === 'held')).to.have.length(BUDGET.held);
    expect(kinds.at(-1)).to.equal('early');
  });
});

describe('guest dialogs in a turn', () => {
  const withGuest = (...before: readonly NodeOutcome[]) =>
    flow('caller', [...before, { then: { begin: { flow: 'dialog:guest', input: { a: 1 }, as: 'frame' } } }, 'asks']);

  it('a dialog sends, waits for a message, and what it returns goes to the node that began it', () => {
    const talk = new Talk(withGuest());
    const step = advance(
      talk.input({
        ...{
          id: 'e',
          at: at(0),
          type: 'start',
          flow: 'caller',
          version: 1,
          run: 'r',
          channel: 'wa',
          by: 'api',
          lane: 'reply',
          onBusy: 'queue',
        },
        from: { identities: [], address: '491' },
        data: {},
      }),
    );
    if (!('guest' in step)) throw new Error('the dialog was not asked');
    expect(step.guest).to.deep.include({ dialog: 'guest', input: { a: 1 } });
    const waiting = step.goOn({
      sends: ['hello', 'your age?'].map((text) => ({ type: 'text', text })),
      then: { waiting: { at: 'age' } },
    });
    if (!('done' in waiting)) throw new Error('the turn did not end');
    expect(sends(waiting.done)).to.deep.equal(['hello', 'your age?']);
    expect(waiting.done.guest).to.equal(true);
    talk.state = JSON.parse(JSON.stringify(waiting.done.session)) as SessionState;
    const { decision } = talk.say('41', { guest: () => ({ sends: [], then: { complete: 41 } }) });
    expect(decision.kind).to.equal('answered');
    expect(talk.vars()['heard']).to.deep.equal({ returned: { result: 41 } });
    expect(talk.state.runs[0]?.stack).to.have.length(1);
  });

  it('what a dialog has offered ends with the answer, also of one that waits on', () => {
    const talk = new Talk(withGuest());
    const channels = new Map([['wa', whatsappFacts('wa')]]);
    const choices = [{ id: 'a', title: 'Apple' }];
    talk.take(
      {
        ...{ type: 'start', flow: 'caller', version: 1, run: 'r', channel: 'wa', by: 'api', lane: 'reply', onBusy: 'queue', data: {} },
        from: { identities: [], address: '491' },
      },
      { channels, guest: () => ({ sends: [{ type: 'text', text: 'Which?', choices }], then: { waiting: {} } }) },
    );
    expect(talk.state.runs[0]?.offer).to.have.length(1);
    talk.say('Apple', { channels, guest: () => ({ sends: [], then: { waiting: {} } }) });
    expect(talk.state.runs[0]?.offer ?? []).to.deep.equal([]);
  });

  it('a dialog that takes too long is dropped with all that was kept for it', () => {
    const begin: NodeOutcome = { then: { begin: { flow: 'dialog:guest', input: { a: 1 }, as: 'frame' }, until: at(9) } };
    const edges = [
      { from: 'start', port: 'next', to: 'n0' },
      { from: 'n0', port: 'timedOut', to: 'n1' },
    ];
    const talk = new Talk(flow('caller', [begin, 'asks'], { edges }));
    const guest = () => ({ sends: [], then: { waiting: {} } });
    talk.take(
      {
        ...{ type: 'start', flow: 'caller', version: 1, run: 'r', channel: 'wa', by: 'api', lane: 'reply', onBusy: 'queue', data: {} },
        from: { identities: [], address: '491' },
      },
      { guest },
    );
    const [wait] = dueWaits(talk.state, at(9));
    const { path } = talk.take({ type: 'timeout', waitId: wait?.id ?? '' });
    expect(path.map(({ node, port }) => [node, port])).to.deep.equal([
      ['n0', 'timedOut'],
      ['n1', undefined],
    ]);
    expect(talk.state.runs.map(({ stack }) => stack.map((one) => one.kind === 'flow' && [one.nodeId, one.memory]))).to.deep.equal([
      [['n1', {}]],
    ]);
  });

  it('a dialog that keeps more than fits into the record ends the run', () => {
    const talk = new Talk(withGuest());
    const start: Untimed = {
      ...{ type: 'start', flow: 'caller', version: 1, run: 'r', channel: 'wa', by: 'api', lane: 'reply', onBusy: 'queue', data: {} },
      from: { identities: [], address: '491' },
    };
    const decision = talk.take(start, { guest: () => ({ sends: [], then: { waiting: 'x'.repeat(BUDGET.record) } }) });
    expect(codes(decision)).to.deep.equal(['flow/over-budget']);
    expect(talk.state.runs).to.deep.equal([]);
  });

  it('a dialog that fails fails the node that began it', () => {
    const talk = new Talk(withGuest());
    const start: Untimed = {
      ...{ type: 'start', flow: 'caller', version: 1, run: 'r', channel: 'wa', by: 'api', lane: 'reply', onBusy: 'queue', data: {} },
      from: { identities: [], address: '491' },
    };
    talk.take(start, { guest: () => ({ sends: [], then: { fail: 'it broke' } }) });
    expect(talk.vars()['heard']).to.deep.equal({ failed: { code: 'flow/dialog-failed', reason: 'it broke' } });
  });

  for (const [below, isBegun] of [
    [BUDGET.frames - 2, true],
    [BUDGET.frames - 1, false],
  ] as const)
    it(`a dialog on top of ${below} frames ${isBegun ? 'begins a flow, the last that fits' : 'begins no flow any more, and fails'}`, () => {
      const asker = flow('asker', ['asks']);
      const talk = new Talk(withGuest(), asker);
      talk.take(
        {
          ...{ type: 'start', flow: 'caller', version: 1, run: 'r', channel: 'wa', by: 'api', lane: 'reply', onBusy: 'queue', data: {} },
          from: { identities: [], address: '491' },
        },
        { guest: () => ({ sends: [], then: { waiting: {} } }) },
      );
      const [run] = talk.state.runs;
      const [caller, dialog] = run?.stack ?? [];
      if (!run || !caller || !dialog) throw new Error('the dialog does not wait');
      const stack = [...Array.from({ length: below }, () => caller), dialog];
      talk.state = { ...talk.state, runs: [{ ...run, stack }] };
      const { path } = talk.say('go', { guest: () => ({ sends: [], then: { waiting: {}, begin: { flow: 'asker', input: {} } } }) });
      expect(talk.state.runs[0]?.stack).to.have.length(isBegun ? BUDGET.frames : below);
      expect(path.map((one) => one.flow).includes('asker')).to.equal(isBegun);
      if (!isBegun) expect(talk.vars()['heard']).to.have.nested.property('failed.code', 'flow/too-deep');
    });

  it('what was written while a send was confirmed is the first thing that a waiting dialog hears', () => {
    const talk = new Talk(withGuest({ effects: [text('hi')], then: { wait: { for: 'sent' } } }));
    talk.start('caller');
    talk.say('41');
    const heard: string[] = [];
    talk.take(
      { type: 'receipt', effectId: 's1.1.1', status: 'sent' },
      {
        guest: (event) => {
          heard.push(event.type);
          return { sends: [], then: event.type === 'message' ? { complete: event.message.text } : { waiting: {} } };
        },
      },
    );
    expect(heard).to.deep.equal(['receipt', 'message']);
    expect(talk.vars()['heard']).to.deep.equal({ returned: { result: '41' } });
    expect(talk.state.held).to.deep.equal([]);
  });
});

describe('what a run may hold', () => {
  const big = (size: number): NodeOutcome => ({ set: { big: 'x'.repeat(size) }, then: { exit: 'next' } });

  it('what waits to be sent counts for the whole record: a node fails, a last word is skipped at the very end', () => {
    const program = flow('say', ['asks', { effects: [text('hi')], then: { exit: 'next' } }, 'asks'], { settings: { onError: 'Sorry' } });
    const sent = (waitingSize: number) => {
      const talk = new Talk(program);
      talk.start('say');
      const { effects } = talk.say('x', { waitingSize });
      return [...sends({ effects } as Decision), ...effects.flatMap(({ skipped }) => skipped?.code ?? [])];
    };
    expect(sent(BUDGET.record - 70_000)).to.deep.equal(['hi']);
    expect(sent(BUDGET.record - 64_000)).to.deep.equal(['Sorry']);
    expect(sent(BUDGET.record)).to.deep.equal(['Sorry', 'flow/over-budget']);
  });

  it('a value that takes the place of another counts alone', () => {
    const talk = new Talk(flow('same', [big(40_000), big(45_000), 'asks']));
    expect(codes(talk.start('same'))).to.deep.equal([]);
    expect(String(talk.vars()['big'])).to.have.length(45_000);
  });

  it('what is handed to a called flow counts with what its caller holds', () => {
    const called = flow('called', [exit], { variables: [{ name: 'given', type: 'text', input: true }] });
    const talk = new Talk(
      flow('caller', [big(40_000), { then: { begin: { flow: 'called', input: { given: 'y'.repeat(40_000) }, as: 'frame' } } }]),
      called,
    );
    expect(codes(talk.start('caller'))).to.include('flow/over-budget');
  });

  it('no more than 200 effects wait at a time', () => {
    const talk = new Talk(flow('many', [{ effects: [text('one')], then: { exit: 'next' } }, 'asks']));
    const start: Untimed = {
      ...{ type: 'start', flow: 'many', version: 1, run: 'r', channel: 'wa', by: 'api', lane: 'reply', onBusy: 'queue', data: {} },
      from: { identities: [], address: '491' },
    };
    expect(codes(talk.take(start, { waitingEffects: BUDGET.waitingEffects }))).to.include('flow/over-budget');
  });

  for (const [count, isOver] of [
    [100, false],
    [101, true],
  ] as const)
    it(`nor do ${count + 100} that one turn decides${isOver ? '' : ', but that many may'}`, () => {
      const effects = (many: number) => Array.from({ length: many }, () => text('one'));
      const outcomes = [100, count].map((many): NodeOutcome<Json> => ({ effects: effects(many), then: { exit: 'next' } }));
      expect(codes(new Talk(flow('many', [...outcomes, 'asks'])).start('many')).includes('flow/over-budget')).to.equal(isOver);
    });

  for (const [waitingEffects, skipped] of [
    [BUDGET.waitingEffects - 1, []],
    [BUDGET.waitingEffects, ['flow/over-budget']],
  ] as const)
    it(`a last word is ${skipped.length === 0 ? 'sent' : 'skipped'} where ${waitingEffects} effects wait`, () => {
      const talk = new Talk(flow('first', ['asks']));
      talk.start('first');
      const { effects } = talk.take({ type: 'command', command: 'end', args: { message: 'Bye' }, by: 'Eve' }, { waitingEffects });
      expect(effects.map((one) => one.skipped?.code).filter((code) => code !== undefined)).to.deep.equal(skipped);
    });

  it('a start that is to be queued brings so much data and no more', () => {
    const begun = (size: number) => {
      const talk = new Talk(flow('first', ['asks']));
      talk.start('first');
      const data = { a: '' };
      return talk.start('first', 'queue', { a: 'x'.repeat(size - jsonSize(data)) }).decision.kind;
    };
    expect([begun(BUDGET.queuedData), begun(BUDGET.queuedData + 1)]).to.deep.equal(['queued', 'refused']);
  });
});

describe('the person behind a session', () => {
  const DAY = 86_400;
  for (const [what, sentAt, before, heard] of [
    ['was last heard when the provider says so', 100, 0, 100],
    ['an older message, brought later, changes nothing', 100, 500, 500],
    ['is not heard in the future', 2_000, 0, 1_000],
    [
      'is heard now where the provider’s time is older than it brings messages again: then our clock is ahead',
      1_000 - 7 * DAY - 1,
      undefined,
      1_000,
    ],
    ['was heard a week ago by a message that is a week old', 1_000 - 7 * DAY, undefined, 1_000 - 7 * DAY],
    ['what was noted while the clock was ahead is corrected', 100, 365 * DAY, 100],
  ] as const)
    it(what, () => {
      const talk = new Talk();
      talk.state = { ...talk.state, channels: { wa: { address: '491', ...(before === undefined ? {} : { lastInboundAt: at(before) }) } } };
      talk.take({ type: 'message', at: at(1_000), message: aMessage('hi', { sentAt: at(sentAt) }) });
      expect(talk.state.channels['wa']?.lastInboundAt).to.equal(at(heard));
    });

  const other: Contact = { ...aSession('s2').contact, name: 'Ada', identities: ['viber:1'], fields: { city: 'Berlin' } };

  it('is not heard in a group', () => {
    const talk = new Talk();
    const before = talk.state.channels;
    const from = { identities: ['whatsapp:492'], address: '492' };
    talk.take({ type: 'message', message: aMessage('hi all', { group: 'g', sentAt: at(1), from }) });
    expect([talk.state.channels, talk.state.contact.identities]).to.deep.equal([before, ['whatsapp:491']]);
  });

  it('the winner of a merge takes over what it did not know itself', () => {
    const talk = new Talk();
    talk.take({ type: 'merge', loser: 's2', contact: other, channels: { vb: { address: '1' } } });
    expect(talk.state.contact).to.deep.include({
      id: 's1',
      name: 'Ada',
      fields: { city: 'Berlin' },
      identities: ['whatsapp:491', 'viber:1'],
    });
    expect(Object.keys(talk.state.channels)).to.deep.equal(['wa', 'vb']);
  });

  it('the winner of a merge takes over the links that the other was given, once', () => {
    const link = { token: 't', platform: 'viber', until: at(9) } as const;
    const talk = new Talk();
    for (let time = 0; time < 2; time += 1)
      talk.take({ type: 'merge', loser: 's2', contact: other, channels: { vb: { address: '1' } }, links: [link] });
    expect(talk.state.links).to.deep.equal([link]);
  });

  it('a link leads to the platform that it was made for, until its time is over', () => {
    const channels = new Map([['wa', whatsappFacts('wa')]]);
    for (const [platform, until, isGood] of [
      ['whatsapp', 3, true],
      ['whatsapp', 2, false],
      ['viber', 3, false],
    ] as const) {
      const talk = new Talk();
      const links = [{ token: 't', platform, until: at(until) }];
      talk.take({ type: 'merge', at: at(1), loser: 's2', contact: other, channels: {}, links });
      const from = { identities: ['whatsapp:491'], address: '491' };
      const linked = talk.take({ type: 'linked', at: at(2), channel: 'wa', token: 't', from, wroteAt: at(1.5) }, { channels });
      expect(codes(linked)).to.deep.equal(isGood ? [] : ['link/bad']);
      expect(talk.state.links ?? []).to.deep.equal(isGood ? [] : links);
      // The message that came with it opens the window.
      expect(talk.state.channels['wa']).to.deep.equal({ address: '491', lastInboundAt: at(isGood ? 1.5 : 0) });
    }
  });

  it('a message that brings a link subscribes the person there, as any message does; an event says whether they are', () => {
    const channels = new Map([['vb', { ...whatsappFacts('vb'), platform: 'viber' as const }]]);
    const linked = (more: { readonly wroteAt?: string; readonly subscribed?: boolean }) => {
      const talk = new Talk();
      const links = [{ token: 't', platform: 'viber', until: at(9) } as const];
      talk.take({ type: 'merge', loser: 's2', contact: other, channels: { vb: { address: '1', subscribed: false } }, links });
      talk.take({ type: 'linked', channel: 'vb', token: 't', from: { identities: ['viber:1'], address: '1' }, ...more }, { channels });
      return talk.state.channels['vb'];
    };
    expect(linked({ wroteAt: at(2) })).to.deep.equal({ address: '1', subscribed: true, lastInboundAt: at(2) });
    expect(linked({ subscribed: true })).to.deep.equal({ address: '1', subscribed: true });
    expect(linked({ subscribed: false })).to.deep.equal({ address: '1', subscribed: false });
  });

  it('a person has ten links at most, also after a merge: the oldest go', () => {
    const links = (first: number) =>
      Array.from({ length: 6 }, (_, i) => ({ token: `t${first + i}`, platform: 'viber', until: at(9) }) as const);
    const talk = new Talk();
    for (const first of [0, 6]) talk.take({ type: 'merge', loser: `s${first}`, contact: other, channels: {}, links: links(first) });
    expect(talk.state.links?.map(({ token }) => token)).to.deep.equal(Array.from({ length: 10 }, (_, i) => `t${i + 2}`));
  });

  it('keeps the language and the user ids that are known; a message adds what is new', () => {
    const userId = (identities: readonly string[]) => ({ scope: identities[0] ?? '', identity: identities[1] ?? '' });
    const channels = new Map([['wa', { ...whatsappFacts('wa'), userId }]]);
    const talk = new Talk();
    for (const [scope, language] of [
      ['a', 'de'],
      ['b', 'fr'],
    ] as const)
      talk.take(
        { type: 'message', message: aMessage(scope, { from: { identities: [scope, `${scope}1`], address: '491', language } }) },
        { channels },
      );
    expect(talk.state.contact).to.deep.include({ language: 'de', userIds: { a: 'a1', b: 'b1' } });
  });

  it('a link that is not good is neither an answer nor a trigger, in a message and in the context of an event', () => {
    const talk = new Talk(flow('name', ['asks']));
    talk.start('name');
    const token = `s${'0'.repeat(26)}-abcdefghijklmnop`;
    const matchesAll = {
      match: () => ({ tried: [], best: { flow: 'name', version: 1, trigger: 0, reason: '', onBusy: 'interrupt' as const } }),
    };
    const decisions = [
      talk.say(`Here I am: ${token}`, matchesAll),
      talk.take(
        {
          ...{ type: 'subscription', channel: 'vb', from: { identities: ['viber:vb:1'], address: '1' }, change: 'started' },
          subscribed: false,
          context: token,
        },
        matchesAll,
      ),
    ];
    for (const decision of decisions)
      expect([decision.decision.kind, codes(decision), decision.effects.length]).to.deep.equal(['ignored', ['link/bad'], 0]);
    expect(talk.state.channels['vb']).to.deep.equal({ address: '1', subscribed: false });
    expect(talk.say('Ada').decision.kind).to.equal('answered');
  });

  it('the loser says where everything new goes', () => {
    const talk = new Talk();
    talk.take({ type: 'merged', winner: 's0' });
    expect(talk.state.mergedInto).to.equal('s0');
  });

  it('a new number joins the person, and answers go there', () => {
    const talk = new Talk();
    talk.take({ type: 'identities', channel: 'wa', from: { identities: ['whatsapp:492'], address: '492' } });
    expect(talk.state.contact.identities).to.deep.equal(['whatsapp:491', 'whatsapp:492']);
    expect(talk.state.channels['wa']?.address).to.equal('492');
  });

  it('fields are set by a command, and removed by null', () => {
    const talk = new Talk();
    expect(talk.take({ type: 'command', command: 'set', args: { fields: 'abc' }, by: 'Eve' }).decision.kind).to.equal('refused');
    talk.take({ type: 'command', command: 'set', args: { fields: { vip: true } }, by: 'Eve' });
    expect(talk.state.contact.fields).to.deep.equal({ vip: true });
    talk.take({ type: 'command', command: 'set', args: { fields: { city: 'Berlin' } }, by: 'Eve' });
    expect(talk.state.contact.fields).to.deep.equal({ vip: true, city: 'Berlin' });
    talk.take({ type: 'command', command: 'set', args: { fields: { vip: null } }, by: 'Eve' });
    expect(talk.state.contact.fields).to.deep.equal({ city: 'Berlin' });
  });

  it('name, language, time zone and opt-out are set by a command', () => {
    const talk = new Talk();
    const set = (args: Vars) => talk.take({ type: 'command', command: 'set', args, by: 'Eve' }).decision.kind;
    expect(set({ name: 'Ada', language: 'de', timeZone: 'Europe/Berlin', optOut: { whatsapp: true } })).to.equal('commanded');
    expect(talk.state.contact).to.deep.include({ name: 'Ada', language: 'de', timeZone: 'Europe/Berlin' });
    expect(Object.keys(talk.state.contact.optOut)).to.deep.equal(['whatsapp']);
    expect(set({ timeZone: null, optOut: { whatsapp: false } })).to.equal('commanded');
    expect(talk.state.contact).to.not.have.property('timeZone');
    expect(talk.state.contact.optOut).to.deep.equal({});
    expect(set({ name: 5 })).to.equal('refused');
  });

  it('what is kept of a contact counts as a whole, whoever sets it', () => {
    const talk = new Talk();
    const set = (fields: Vars) => talk.take({ type: 'command', command: 'set', args: { fields }, by: 'Eve' }).decision.kind;
    const half = 'x'.repeat(BUDGET.contact / 2);
    expect([set({ a: half }), set({ b: half }), set({ a: half })]).to.deep.equal(['commanded', 'refused', 'commanded']);
    expect(Object.keys(talk.state.contact.fields)).to.deep.equal(['a']);
  });

  it('a run moves to another version where its node is there', () => {
    const one = flow('move', ['asks']);
    const two = compileFlow(one.definition, 2, nodeTypes);
    const talk = new Talk(one, two);
    talk.start('move');
    talk.take({ type: 'command', command: 'migrate', args: { flow: 'move', to: 2 }, by: 'Eve' });
    expect(indexOf(talk.state).positions).to.deep.equal([`${programKey('move', 2)}#n0`]);
  });

  it('a run on a later version is not taken back by a migration that is still on its way', () => {
    const one = flow('move', ['asks']);
    const [two, three] = [2, 3].map((version) => compileFlow(one.definition, version, nodeTypes));
    if (!two || !three) throw new Error('there are three versions');
    const talk = new Talk(one, two, three);
    talk.start('move');
    talk.start('move', 'queue', {}, 3);
    talk.take({ type: 'command', command: 'migrate', args: { flow: 'move', to: 2 }, by: 'publish' });
    expect(indexOf(talk.state).positions).to.deep.equal(['move@2#n0', 'move@3#start']);
  });

  it('a run stays where its node is of another type by now, and nothing moves to the version where it is already', () => {
    const one = flow('move', ['asks']);
    const { definition } = one;
    const nodes = definition.nodes.map((node) =>
      node.id === 'n0' ? { ...node, type: 'wait', params: { for: { value: 1, unit: 'hours' } } } : node,
    );
    const talk = new Talk(one, compileFlow({ ...definition, nodes }, 2, nodeTypes));
    talk.start('move');
    for (const to of [1, 2]) {
      const { decision } = talk.take({ type: 'command', command: 'migrate', args: { flow: 'move', to }, by: 'Eve' });
      expect([decision.kind, indexOf(talk.state).positions]).to.deep.equal(['refused', ['move@1#n0']]);
    }
  });

  it('what a variable was set to stays when its run moves to a version with another default', () => {
    const colour = (value: string) => ({ variables: [{ name: 'colour', type: 'text', default: value } as const] });
    const one = flow('move', [{ set: { colour: 'blue' }, then: { exit: 'next' } }, 'asks'], colour('red'));
    const talk = new Talk(one, compileFlow({ ...one.definition, ...colour('green') }, 2, nodeTypes));
    talk.start('move');
    talk.take({ type: 'command', command: 'migrate', args: { flow: 'move', to: 2 }, by: 'Eve' });
    expect([indexOf(talk.state).positions, talk.vars()['colour']]).to.deep.equal([['move@2#n1'], 'blue']);
  });

  it('what moves has the defaults of variables that are new; what has not begun begins at the new start', () => {
    const one = flow('move', ['asks']);
    const { definition } = one;
    const two = compileFlow(
      {
        ...definition,
        variables: [{ name: 'colour', type: 'text', default: 'red' }],
        nodes: definition.nodes.map((node) => (node.id === 'start' ? { ...node, id: 'begin' } : node)),
        edges: [{ from: 'begin', port: 'next', to: 'n0' }],
      },
      2,
      nodeTypes,
    );
    const talk = new Talk(one, two);
    talk.start('move');
    talk.start('move');
    expect(indexOf(talk.state).positions).to.deep.equal(['move@1#n0', 'move@1#start']);
    talk.take({ type: 'command', command: 'migrate', args: { flow: 'move', to: 2 }, by: 'Eve' });
    expect(talk.vars()).to.include({ colour: 'red' });
    talk.say('on with it');
    expect(indexOf(talk.state).positions).to.deep.equal(['move@2#n0']);
    expect(talk.vars()).to.include({ colour: 'red' });
  });
});
