import { CardFactory, MessageFactory, type Middleware, TurnContext } from 'botbuilder';
import { ComponentDialog } from 'botbuilder-dialogs/lib/componentDialog.js';
import type { DialogState } from 'botbuilder-dialogs/lib/dialogContext.js';
import { DialogSet } from 'botbuilder-dialogs/lib/dialogSet.js';
import { ChoicePrompt } from 'botbuilder-dialogs/lib/prompts/choicePrompt.js';
import { TextPrompt } from 'botbuilder-dialogs/lib/prompts/textPrompt.js';
import { WaterfallDialog } from 'botbuilder-dialogs/lib/waterfallDialog.js';
import { expect } from 'chai';
import Joi from 'joi';
import { definePlugin, type FlowDefinition, type FlowNode, type NodeOutcome } from '../../src/contract/index.js';
import type { BotHost } from '../../src/host/bot-host.js';
import { FlowDialog } from '../../src/host/flow-dialog.js';
import { wakeSessions } from '../../src/turn/wake-sessions.js';
import { aReply, openWorld, texts, type World, type WorldParts } from '../outbox/world.js';

/** A node that begins what it is told, and leaves by `next` with the result or by `failed`. */
const beginning = definePlugin({
  node: {
    type: 'begin',
    version: 1,
    title: 'Begin',
    sentence: 'Does what the test needs.',
    group: 'core',
    params: Joi.object<{ readonly flow: string }>({ flow: Joi.string().required() }),
    ports: [{ name: 'next' }, { name: 'failed', kind: 'failure' }],
    enter: ({ params }): NodeOutcome => ({ then: { begin: { flow: params.flow, input: { greeting: 'Good day' }, as: 'frame' } } }),
    on: {
      returned: (_scope, came) => ({ set: { came }, then: { exit: 'next' } }),
      failed: (_scope, { code, reason }) => ({ set: { came: { code, reason } }, then: { exit: 'failed' } }),
    },
  },
});
const begin = (flow: string): FlowNode => ({ id: 'begin', type: 'begin', version: 1, params: { flow } });
const WITH_DIALOG: WorldParts = {
  plugins: [beginning],
  nodes: [begin('dialog:names'), aReply('told', 'It is {{ came.result }}.'), aReply('sorry', 'Failed: {{ came.reason }}')],
  edges: [
    { from: 'start', port: 'next', to: 'begin' },
    { from: 'begin', port: 'next', to: 'told' },
    { from: 'begin', port: 'failed', to: 'sorry' },
  ],
};

function addNames(host: BotHost): void {
  host.dialogs.add(new TextPrompt('ask', async ({ recognized }) => recognized.value !== '?'));
  host.dialogs.add(
    new WaterfallDialog('names', [
      (step) =>
        step.prompt('ask', {
          prompt: `${'greeting' in step.options ? step.options.greeting : ''}, first name?`,
          retryPrompt: 'Your first name?',
        }),
      (step) => {
        Object.assign(step.values, { first: String(step.result) });
        return step.prompt('ask', 'Last name?');
      },
      (step) => step.endDialog(`${'first' in step.values ? step.values.first : ''} ${step.result}`),
    ]),
  );
}

/** A dialog with dialogs of its own. */
class Names extends ComponentDialog {
  constructor(id: string) {
    super(id);
    this.addDialog(new TextPrompt('ask'));
    this.addDialog(new WaterfallDialog('talk', [(step) => step.prompt('ask', 'And who are you?'), (step) => step.endDialog(step.result)]));
    this.initialDialogId = 'talk';
  }
}

/** A published flow that dialogs begin: asks for a name, and gives it back. */
const WELCOME: FlowDefinition = {
  format: 'parley/1',
  code: 'welcome',
  name: 'Welcome',
  triggers: [{ type: 'TriggeredByFlow' }],
  variables: [
    { name: 'greeting', type: 'text', input: true },
    { name: 'name', type: 'text' },
  ],
  nodes: [
    { id: 'start', type: 'start', version: 1, params: {} },
    aReply('ask', '{{ greeting }}! Your name?'),
    { id: 'wait', type: 'wait-for-response', version: 1, params: { saveAs: 'name' } },
    { id: 'end', type: 'end', version: 1, params: { outputs: [{ name: 'name', value: '{{ name }}' }] } },
  ],
  edges: [
    { from: 'start', port: 'next', to: 'ask' },
    { from: 'ask', port: 'next', to: 'wait' },
    { from: 'wait', port: 'replied', to: 'end' },
  ],
};
/** Ends at once, without waiting. */
const QUICK: FlowDefinition = {
  ...WELCOME,
  code: 'quick',
  variables: [],
  nodes: [
    { id: 'start', type: 'start', version: 1, params: {} },
    { id: 'end', type: 'end', version: 1, params: { outputs: [{ name: 'name', value: 'Quick' }] } },
  ],
  edges: [{ from: 'start', port: 'next', to: 'end' }],
};
const WITH_FLOWS: WorldParts = { ...WITH_DIALOG, others: [WELCOME, QUICK] };
/** A dialog that begins a flow and ends with the name that the flow gives back. */
const askingBy = (flow: string, input?: object) =>
  new WaterfallDialog('names', [
    (step) => step.beginDialog(flow, input),
    (step) => step.endDialog((step.result as { readonly name: string }).name),
  ]);

describe('the bot host', () => {
  let world: World;
  const open = async (parts: WorldParts = { nodes: [aReply('one', 'one')] }) => {
    world = await openWorld(parts);
  };
  afterEach(() => world.close());
  const hears = async (...expected: readonly string[]) => {
    await world.until(() => texts(world.emulator).length >= expected.length);
    expect(texts(world.emulator)).to.deep.equal(expected);
  };
  const turns = async () => world.store.turns.list(await world.session(), { limit: 50 });

  describe('with dialogs written in TypeScript', () => {
    it('begins one from a flow, keeps its stack over turns, and gives its result to the node', async () => {
      await open(WITH_DIALOG);
      addNames(world.host);
      await world.says('hello');
      await hears('Good day, first name?');
      await world.says('?');
      await hears('Good day, first name?', 'Your first name?');
      await world.says('Ada');
      await world.says('Lovelace');
      await hears('Good day, first name?', 'Your first name?', 'Last name?', 'It is Ada Lovelace.');
      expect((await turns()).map(({ guest }) => guest)).to.deep.equal([true, true, true, true]);
      expect((await world.store.sessions.load(await world.session()))?.state.runs).to.deep.equal([]);
    });

    it('call-flow calls one like any flow, and forward-to-flow ends with it', async () => {
      const call = { flow: 'dialog:names', input: [{ name: 'greeting', value: 'Hello' }], save: [{ name: 'name', from: 'result' }] };
      await open({
        nodes: [
          { id: 'call', type: 'call-flow', version: 1, params: call },
          aReply('told', 'You are {{ name }}.'),
          { id: 'on', type: 'forward-to-flow', version: 1, params: { flow: 'dialog:names' } },
        ],
      });
      addNames(world.host);
      for (const text of ['hi', 'Ada', 'Lovelace']) await world.says(text);
      await hears('Hello, first name?', 'Last name?', 'You are Ada Lovelace.', ', first name?');
      for (const text of ['Alan', 'Turing']) await world.says(text);
      expect((await world.store.sessions.load(await world.session()))?.state.runs).to.deep.equal([]);
    });

    it('what it sends is stored with the turn that sent it, before it goes out', async () => {
      await open(WITH_DIALOG);
      addNames(world.host);
      await world.says('hello');
      const [turn] = await turns();
      expect(turn?.effects.map(({ id, body }) => [id, body.kind === 'send' && body.message])).to.deep.equal([
        [`${await world.session()}.1.1`, { type: 'text', text: 'Good day, first name?' }],
      ]);
    });

    it('two people are in it at once, each with a stack of their own', async () => {
      await open(WITH_DIALOG);
      addNames(world.host);
      await Promise.all([world.says('hello', '4917001'), world.says('hello', '4917002')]);
      await Promise.all([world.says('Ada', '4917001'), world.says('Alan', '4917002')]);
      await Promise.all([world.says('Lovelace', '4917001'), world.says('Turing', '4917002')]);
      await world.until(() => texts(world.emulator).length === 6);
      expect(texts(world.emulator)).to.include.members(['It is Ada Lovelace.', 'It is Alan Turing.']);
    });

    it('a dialog that throws leaves by failed, and the log has its stack', async () => {
      await open(WITH_DIALOG);
      world.host.dialogs.add(
        new WaterfallDialog('names', [
          () => {
            throw new Error('no idea');
          },
        ]),
      );
      await world.says('hello');
      await hears('Failed: no idea');
      expect(world.lines.filter((line) => line.includes('a dialog threw') && line.includes('no idea'))).to.have.length(1);
    });

    it('a dialog that does not come to an end leaves by failed, and the person can go on', async () => {
      await open(WITH_DIALOG);
      world.host.dialogs.add(new WaterfallDialog('names', [() => new Promise(() => {})]));
      const taken = world.says('hello');
      await world.pass(11);
      await taken;
      await hears('Failed: a dialog may take 10 seconds for one message');
    });

    it('may be made of parts, as botbuilder makes them', async () => {
      await open(WITH_DIALOG);
      world.host.dialogs.add(new Names('names'));
      await world.says('hello');
      await world.says('Ada');
      await hears('And who are you?', 'It is Ada.');
    });

    it('a dialog that cancels itself leaves by failed', async () => {
      await open(WITH_DIALOG);
      world.host.dialogs.add(new WaterfallDialog('names', [(step) => step.cancelAllDialogs()]));
      await world.says('hello');
      await hears('Failed: the dialog "names" was cancelled');
    });

    it('a dialog that is not there leaves by failed', async () => {
      await open(WITH_DIALOG);
      await world.says('hello');
      await hears('Failed: there is no dialog "names"');
    });

    it('a hero card is shown, with its picture, words and buttons', async () => {
      await open(WITH_DIALOG);
      const card = CardFactory.heroCard(
        'Rooms',
        'Which one?',
        ['https://example.org/rooms.png'],
        [
          { type: 'imBack', title: 'Single', value: 'single' },
          { type: 'postBack', title: 'Double', value: 'double' },
        ],
      );
      world.host.dialogs.add(new ChoicePrompt('pick'));
      world.host.dialogs.add(
        new WaterfallDialog('names', [
          async (step) => {
            await step.context.sendActivity(MessageFactory.attachment(card));
            return step.prompt('pick', { prompt: '', choices: ['single', 'double'], style: 0 });
          },
          (step) => step.endDialog(String((step.result as { readonly value: string }).value)),
        ]),
      );
      await world.says('hello');
      const [turn] = await turns();
      expect(turn?.effects.map(({ body }) => body.kind === 'send' && body.message)).to.deep.equal([
        {
          type: 'image',
          url: 'https://example.org/rooms.png',
          text: 'Rooms\nWhich one?',
          choices: [
            { id: 'single', title: 'Single' },
            { id: 'double', title: 'Double' },
          ],
        },
      ]);
      await world.says('double');
      await world.until(() => texts(world.emulator).includes('It is double.'));
    });

    it('a card that cannot be shown is an error of the dialog, not a silence', async () => {
      await open(WITH_DIALOG);
      world.host.dialogs.add(
        new WaterfallDialog('names', [
          async (step) => {
            await step.context.sendActivity({ attachments: [CardFactory.adaptiveCard({ type: 'AdaptiveCard' })] });
            return step.endDialog();
          },
        ]),
      );
      await world.says('hello');
      await world.until(() => texts(world.emulator).length > 0);
      expect(texts(world.emulator)[0]).to.match(/^Failed: a card of type "adaptive" cannot be shown; give it a fallbackText/);
    });

    it('a message that was written while a send was confirmed is the answer to a dialog that sends nothing', async () => {
      await open({
        ...WITH_DIALOG,
        nodes: [aReply('one', 'one'), ...WITH_DIALOG.nodes],
        edges: [
          { from: 'start', port: 'next', to: 'one' },
          { from: 'one', port: 'next', to: 'begin' },
          { from: 'one', port: 'failed', to: 'sorry' },
          ...(WITH_DIALOG.edges ?? []).slice(1),
        ],
      });
      world.host.dialogs.add(new TextPrompt('ask'));
      world.host.dialogs.add(new WaterfallDialog('names', [(step) => step.prompt('ask', {}), (step) => step.endDialog(step.result)]));
      await Promise.all([world.says('hello'), world.says('Ada')]);
      await hears('one', 'It is Ada.');
      expect((await turns()).map(({ event, decision }) => `${event.type} ${decision.kind}`)).to.deep.equal([
        'message started',
        'message held',
        'receipt resumed',
      ]);
    });

    it('two with one id are refused', async () => {
      await open();
      world.host.dialogs.add(new TextPrompt('ask'));
      expect(() => world.host.dialogs.add(new TextPrompt('ask'))).to.throw('there is a dialog "ask" already');
    });
  });

  describe('with dialogs that begin published flows', () => {
    it('runs the flow on top of the dialog, over turns, and gives its outputs to the dialog', async () => {
      await open(WITH_FLOWS);
      world.host.dialogs.add(askingBy('welcome', { greeting: 'Hello' }));
      await world.says('hello');
      await hears('Hello! Your name?');
      const standing = (await world.store.sessions.load(await world.session()))?.state.runs[0]?.stack;
      expect(standing?.map((frame) => (frame.kind === 'flow' ? `${frame.flow}#${frame.nodeId}` : `dialog:${frame.dialog}`))).to.deep.equal([
        'test#begin',
        'dialog:names',
        'welcome#wait',
      ]);
      await world.says('Ada');
      await hears('Hello! Your name?', 'It is Ada.');
      expect((await world.store.sessions.load(await world.session()))?.state.runs).to.deep.equal([]);
      expect((await turns()).map(({ path }) => path.map(({ flow, node, port = '' }) => `${flow}#${node}.${port}`))).to.deep.equal([
        ['test#start.next', 'test#begin.', 'welcome#start.next', 'welcome#ask.next', 'welcome#wait.'],
        ['welcome#wait.replied', 'welcome#end.', 'test#begin.next', 'test#told.next'],
      ]);
    });

    it('goes on in the same turn with a flow that waits for nothing, and begins one after the other', async () => {
      await open(WITH_FLOWS);
      world.host.dialogs.add(
        new WaterfallDialog('names', [
          (step) => step.beginDialog('quick'),
          async (step) => {
            await step.context.sendActivity(`first ${(step.result as { readonly name: string }).name}`);
            return step.beginDialog('quick');
          },
          (step) => step.endDialog(`second ${(step.result as { readonly name: string }).name}`),
        ]),
      );
      await world.says('hello');
      await hears('first Quick', 'It is second Quick.');
      expect(await turns()).to.have.length(1);
    });

    it('works from inside a component dialog', async () => {
      await open(WITH_FLOWS);
      class Outer extends ComponentDialog {
        constructor() {
          super('names');
          this.addDialog(askingBy('welcome', { greeting: 'Hi' }));
          this.initialDialogId = 'names';
        }
      }
      world.host.dialogs.add(new Outer());
      await world.says('hello');
      await world.says('Ada');
      await hears('Hi! Your name?', 'It is Ada.');
    });

    it('fails the dialog if the flow fails, may not be called, or does not exist', async () => {
      const throwing: FlowDefinition = { ...QUICK, code: 'broken', nodes: [...QUICK.nodes.slice(0, 1), begin('nowhere')] };
      const edges = [{ from: 'start', port: 'next', to: 'begin' }];
      await open({ ...WITH_FLOWS, others: [WELCOME, { ...throwing, edges }] });
      world.host.dialogs.add(
        new WaterfallDialog('names', [(step) => step.beginDialog(step.context.activity.text, { greeting: 1, nothing: 2 })]),
      );
      for (const flow of ['broken', 'test', 'nonsense']) await world.says(flow);
      await world.until(() => texts(world.emulator).length === 3);
      const [broken = '', notCallable = '', unknown = ''] = texts(world.emulator);
      expect(broken).to.equal('Failed: the flow "nowhere" is not ONLINE, or may not be called');
      expect(notCallable).to.equal('Failed: the flow "test" is not ONLINE, or may not be called');
      expect(unknown).to.match(/^Failed: .*'nonsense' wasn't found/);
    });

    it('drops dialog and flow when the node that began them has waited long enough', async () => {
      const call = { flow: 'dialog:names', timeout: { value: 1, unit: 'minutes' } };
      await open({
        ...WITH_FLOWS,
        nodes: [{ id: 'call', type: 'call-flow', version: 1, params: call }, aReply('late', 'Too late')],
        edges: [
          { from: 'start', port: 'next', to: 'call' },
          { from: 'call', port: 'timedOut', to: 'late' },
        ],
      });
      world.host.dialogs.add(askingBy('welcome', { greeting: 'Hello' }));
      await world.says('hello');
      await world.pass(61);
      await wakeSessions(world.waking);
      await hears('Hello! Your name?', 'Too late');
    });
  });

  describe('with middleware', () => {
    const use = (onTurn: Middleware['onTurn']) => world.host.use({ onTurn });

    it('what it sends joins the commit, after the effects of the flow, to where the event came from', async () => {
      await open();
      use(async (context, next) => {
        await context.sendActivity('before');
        await next();
        await context.sendActivities([{ type: 'typing' }, { type: 'message', text: 'after' }]);
      });
      await world.says('hello');
      await hears('one', 'before', 'after');
      const [turn] = await turns();
      const session = await world.session();
      expect(turn?.effects.map(({ id }) => id)).to.deep.equal([`${session}.1.1`, `${session}.1.2`, `${session}.1.3`]);
      expect(turn?.effects.map(({ number }) => number)).to.deep.equal([1, 2, 3]);
      await world.says('again');
      await world.until(async () => (await turns()).length === 2);
      expect((await turns())[1]?.effects[0]).to.include({ id: `${session}.2.1`, number: 4 });
    });

    it('gets one answer for each activity it sends, and the context knows that something was sent', async () => {
      await open();
      let answers = 0;
      let responded = false;
      use(async (context, next) => {
        answers = (await context.sendActivities([{ text: 'a' }, { type: 'trace' }, { text: 'b' }])).length;
        responded = context.responded;
        await next();
      });
      await world.says('hello');
      expect({ answers, responded }).to.deep.equal({ answers: 3, responded: true });
    });

    it('may change what is sent, as a translator does', async () => {
      await open();
      use(async (context, next) => {
        context.onSendActivities((_, activities, go) => {
          for (const activity of activities) activity.text = activity.text?.toUpperCase() ?? '';
          return go();
        });
        await context.sendActivity('loud');
        await next();
      });
      await world.says('hello');
      await hears('one', 'LOUD');
    });

    it('may change what a person wrote before the flow sees it', async () => {
      await open({ nodes: [aReply('one', 'You said {{ incomingMessage }}')] });
      use(async (context, next) => {
        context.activity.text = context.activity.text.replace('helo', 'hello');
        await next();
      });
      await world.says('helo');
      await hears('You said hello');
      expect((await turns())[0]).to.deep.include({ guest: true });
    });

    it('may keep an event from the flows; the turn is stored and says so', async () => {
      await open();
      use(async (context) => {
        await context.sendActivity('closed today');
      });
      await world.says('hello');
      await hears('closed today');
      expect((await turns())[0]?.decision.kind).to.equal('ignored');
    });

    it('sees every event once, whoever it is about', async () => {
      await open();
      const seen: string[] = [];
      use(async ({ activity }, next) => {
        seen.push(`${activity.type} ${activity.text ?? activity.name}`);
        await next();
      });
      await world.says('hello');
      await world.says('again');
      expect(seen).to.deep.equal(['message hello', 'message again']);
    });

    it('sees only the events that it asks for, and costs nothing in other turns', async () => {
      await open();
      const seen: string[] = [];
      const note = (name: string) => async (context: TurnContext, next: () => Promise<void>) => {
        seen.push(`${name} ${context.activity.name ?? context.activity.type}`);
        await next();
      };
      world.host.use(note('messages'), { events: ['message'] });
      world.host.use({ onTurn: note('starts') }, { events: ['start', 'receipt'] });
      await world.says('hello');
      expect(seen).to.deep.equal(['messages message']);
    });

    it('sees the turns after it was added, also while others are in use', async () => {
      await open();
      const seen: string[] = [];
      const note = (name: string) => async (_context: TurnContext, next: () => Promise<void>) => {
        seen.push(name);
        await next();
      };
      await world.says('hello');
      world.host.use(note('first'), { events: ['message'] });
      await world.host.ready();
      await world.says('hello');
      world.host.use(note('second'), { events: ['message'] });
      await world.says('hello');
      expect(seen).to.deep.equal(['first', 'first', 'second']);
    });

    it('that throws fails the turn, not the host: the event is consumed, and the log has the stack', async () => {
      await open();
      use(() => Promise.reject(new Error('bad middleware')));
      await world.says('hello');
      const [turn] = await turns();
      expect(turn?.decision.kind).to.equal('failed');
      expect(turn?.bug).to.be.a('string');
      expect(world.lines.filter((line) => line.includes(turn?.bug ?? '?') && line.includes('bad middleware'))).to.have.length(1);
      await world.says('again');
      expect(await turns()).to.have.length(2);
    });

    it('is told plainly that a message cannot be changed, taken back, or sent out of the blue', async () => {
      await open();
      const refusals: string[] = [];
      const refused = (error: unknown) => void refusals.push(String(error));
      use(async (context, next) => {
        const reference = TurnContext.getConversationReference(context.activity);
        await context.updateActivity({ id: '1', text: 'x' }).catch(refused);
        await context.deleteActivity('1').catch(refused);
        await context.adapter.continueConversation(reference, async () => {}).catch(refused);
        await context.adapter.continueConversationAsync('', reference, async () => {}).catch(refused);
        await next();
      });
      await world.says('hello');
      await hears('one');
      expect(refusals.map((one) => /cannot be changed|cannot be deleted|trigger endpoint/.test(one))).to.deep.equal([
        true,
        true,
        true,
        true,
      ]);
    });
  });

  it('a turn that is decided again after a conflict comes to the same, its dialogs included', async () => {
    await open(WITH_DIALOG);
    addNames(world.host);
    let decided = 0;
    world.host.use(async (_context, next) => {
      decided += 1;
      // Another host is faster, once.
      if (decided === 2) await interfere();
      await next();
    });
    await world.says('hello');
    await world.says('Ada');
    await hears('Good day, first name?', 'Last name?');
    expect(decided).to.equal(3);

    async function interfere(): Promise<void> {
      const session = await world.session();
      const stored = await world.store.sessions.load(session);
      if (!stored) throw new Error('there is no session');
      const [journal] = await turns();
      if (!journal) throw new Error('there is no turn');
      const state = { ...stored.state, turn: 2 };
      const event = { id: 'other', at: world.clock.now(), type: 'timeout', waitId: 'w' } as const;
      await world.store.sessions.commit({
        session,
        base: stored.revision,
        event: 'other',
        eventTime: event.at,
        now: event.at,
        state,
        effects: [],
        journal: { ...journal, id: `${session}.2`, turn: 2, event, effects: [] },
        index: { status: 'waiting', positions: [] },
      });
    }
  });

  describe('a published flow', () => {
    function flowDialog(code: string): FlowDialog {
      const program = world.host.registry.findFlow(code);
      if (!program) throw new Error(`no version of ${code} is loaded`);
      return new FlowDialog(program);
    }

    it('is a dialog named by its version, from the moment it is loaded', async () => {
      await open();
      expect(flowDialog('test').id).to.equal('test@1');
      expect(world.host.registry.findFlow('other')).to.equal(undefined);
    });

    it('can be begun as any dialog: to begin it is to take the turn', async () => {
      const wait = { id: 'wait', type: 'wait-for-response', version: 1, params: {} };
      const edges = [
        { from: 'start', port: 'next', to: 'one' },
        { from: 'one', port: 'next', to: 'wait' },
        { from: 'wait', port: 'replied', to: 'two' },
      ];
      await open({ nodes: [aReply('one', 'one'), wait, aReply('two', 'two')], edges });
      const statuses: string[] = [];
      const state: DialogState = { dialogStack: [] };
      world.host.use(async (context, next) => {
        const accessor = { get: async () => state, set: async () => {}, delete: async () => {} };
        const dialogs = new DialogSet(accessor);
        dialogs.add(flowDialog('test'));
        const dialog = await dialogs.createContext(context);
        const { status } = dialog.activeDialog ? await dialog.continueDialog() : await dialog.beginDialog('test@1');
        statuses.push(status);
        await next();
      });
      await world.says('hello');
      await world.says('more');
      await hears('one', 'two');
      expect(statuses).to.deep.equal(['waiting', 'complete']);
      expect(state.dialogStack).to.deep.equal([]);
    });
  });
});
