import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { adapters } from '../adapters/index.js';
import { plugins } from '../plugins/index.js';
import {
  type Decision,
  type FlowDefinition,
  type FlowEvent,
  type SessionState,
  type StartEvent,
  type TurnRecord,
  timeoutEventId,
} from '../src/contract/index.js';
import { advance } from '../src/engine/advance.js';
import type { ChannelFacts, Decide } from '../src/engine/step.js';
import { dueWaits } from '../src/engine/waits.js';
import { checkFlow, errorsOf } from '../src/flow/check.js';
import { compileFlow } from '../src/flow/compile.js';
import { createNodeTypes } from '../src/flow/node-types.js';
import type { Program, Programs } from '../src/flow/program.js';
import { listeningTriggers, matchTrigger } from '../src/turn/match-trigger.js';
import { newSession } from '../src/turn/new-session.js';
import { replayTurns } from '../src/turn/replay.js';
import { testNodes } from './support/test-nodes.js';

/** A golden conversation: the flows that are online, what happens, and what each turn came to. */
interface Conversation {
  readonly promise: string;
  readonly flows: readonly string[];
  readonly steps: readonly Step[];
}
interface Step {
  /** Seconds since the beginning. */
  readonly at: number;
  readonly say?: string;
  readonly on?: string;
  readonly tap?: { readonly id: string; readonly title: string };
  /** The newest link is opened on this channel. */
  readonly opens?: string;
  /** The time of the first wait is up. */
  readonly timeout?: true;
  /** What became of the newest send. */
  readonly receipt?: 'sent' | 'delivered' | 'read' | 'failed';
  readonly start?: {
    readonly flow: string;
    readonly onBusy: StartEvent['onBusy'];
    readonly data?: Record<string, never>;
    readonly discardAt?: number;
  };
  readonly command?: { readonly command: 'end' | 'resume' | 'move'; readonly args: Record<string, never> };
  readonly turn?: unknown;
}

const FOLDER = 'test/flows';
const BEGIN = Date.parse('2026-11-24T09:00:00.000Z');
/** As long as they are, so that links know it. */
const SESSION = 's00000000000000000000000001';
const time = (seconds: number) => new Date(BEGIN + seconds * 1000).toISOString();
const nodeTypes = createNodeTypes([...plugins, ...testNodes]);
const from = { identities: ['whatsapp:491511'], address: '491511', name: 'Ada' };
const fromViber = { identities: ['viber:vb:abc=='], address: 'abc==', name: 'Ada' };
const [whatsapp, viber] = (['whatsapp', 'viber'] as const).map((type) => adapters.find((one) => one.type === type));
if (!whatsapp || !viber) throw new Error('there are adapters missing');
const channels: ReadonlyMap<string, ChannelFacts> = new Map(
  [whatsapp, whatsapp, viber].map(({ platform, limits }, i) => {
    const id = ['wa', 'wa-2', 'vb'][i] ?? '';
    return [id, { id, platform, limits, variables: { wabaId: '1' }, link: (token: string) => `https://${platform}.example/${token}` }];
  }),
);
const links = { channelsOf: () => ['wa', 'vb'], seal: () => 'abcdefghijklmnop' };

describe('golden conversations', () => {
  for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.case.json'))) {
    const conversation = JSON.parse(readFileSync(`${FOLDER}/${file}`, 'utf8')) as Conversation;

    it(conversation.promise, async () => {
      const played = await play(conversation);
      if (process.env['UPDATE'] === '1' && process.env['CI'] === undefined) {
        writeFileSync(`${FOLDER}/${file}`, `${JSON.stringify({ ...conversation, steps: played.steps }, null, 2)}\n`);
        return;
      }
      expect(played.steps).to.deep.equal(conversation.steps);
    });

    it(`${conversation.promise} — and comes out the same when it is computed again from its journal`, async () => {
      const { records, programs } = await play(conversation);
      // Written and read back, as a store would.
      const stored = JSON.parse(JSON.stringify(records)) as readonly TurnRecord[];
      const { compared, different } = replayTurns(stored, { programs, channels, links });
      expect(different).to.deep.equal([]);
      expect(compared).to.equal(records.filter((one) => one.bug === undefined).length);
    });
  }

  it('a replay on another flow tells what would differ', async () => {
    const conversation = JSON.parse(readFileSync(`${FOLDER}/name.case.json`, 'utf8')) as Conversation;
    const { records, programs } = await play(conversation);
    const onto = load('name', (text) => text.replace('Thanks', 'Many thanks'));
    const { different } = replayTurns(records, { programs, channels, links, onto });
    expect(different.map(({ turn }) => turn)).to.deep.equal([2]);
  });
});

const decide: Decide = (input) => {
  const step = advance(input);
  if (!('done' in step)) throw new Error('golden conversations have no guest dialogs');
  return step.done;
};

function load(code: string, edit = (text: string) => text): Program {
  const definition = JSON.parse(edit(readFileSync(`${FOLDER}/${code}.flow.json`, 'utf8'))) as FlowDefinition;
  const problems = errorsOf(
    checkFlow(definition, { nodeTypes, limits: (platform) => adapters.find((one) => one.platform === platform)?.limits }),
  );
  expect(problems, `${code}.flow.json`).to.deep.equal([]);
  return compileFlow(definition, 1, nodeTypes);
}

async function play({ flows, steps }: Conversation) {
  const all = flows.map((code) => load(code));
  const programs: Programs = { get: (key) => all.find((one) => one.key === key), online: (code) => all.find((one) => one.code === code) };
  const online = all.map(({ code, definition }) => ({
    code,
    version: 1,
    channels: ['wa', 'wa-2', 'vb'],
    triggers: listeningTriggers(definition.triggers),
  }));
  const records: TurnRecord[] = [];
  const played: Step[] = [];
  let state: SessionState = newSession(SESSION, from, time(0));
  let newest = '';
  for (const [i, step] of steps.entries()) {
    const event = eventOf(step, { i, state, newest });
    const session = { ...state, turn: state.turn + 1 };
    const decision = await decide({
      programs,
      channels,
      session,
      waitingEffects: 0,
      event,
      links,
      match: (one, scope) => matchTrigger(one, online, scope),
    });
    const { session: after, ...rest } = decision;
    records.push({ ...rest, id: `${SESSION}.${session.turn}`, turn: session.turn, at: event.at, event, before: state });
    newest = decision.effects.at(-1)?.id ?? newest;
    // Through JSON, so that nothing hides in it that a store would lose.
    state = JSON.parse(JSON.stringify(after)) as SessionState;
    const { turn: _, ...asked } = step;
    played.push({ ...asked, turn: JSON.parse(JSON.stringify(shown(decision, state))) as unknown });
  }
  return { steps: played, records, programs };
}

function eventOf(step: Step, now: { readonly i: number; readonly state: SessionState; readonly newest: string }): FlowEvent {
  const base = { id: `e${now.i}`, at: time(step.at) };
  if (step.timeout) {
    const [wait] = dueWaits(now.state, base.at);
    const waitId = wait?.id ?? 'none';
    return { id: timeoutEventId(waitId), at: base.at, type: 'timeout', waitId };
  }
  if (step.opens) {
    const token = now.state.links?.at(-1)?.token ?? 'none';
    return { ...base, type: 'linked', channel: step.opens, from: fromViber, token, subscribed: false };
  }
  if (step.receipt) {
    const error = step.receipt === 'failed' ? { error: { kind: 'rejected' as const, code: '131026', message: 'no' } } : {};
    return { ...base, type: 'receipt', effectId: now.newest, status: step.receipt, messageId: 'wamid.1', ...error };
  }
  if (step.start) {
    const { flow, onBusy, data = {}, discardAt } = step.start;
    return {
      ...base,
      type: 'start',
      flow,
      version: 1,
      run: `run${now.i}`,
      channel: 'wa',
      from,
      by: 'api',
      lane: 'reply',
      onBusy,
      data,
      ...(discardAt === undefined ? {} : { discardAt: time(discardAt) }),
    };
  }
  if (step.command) return { ...base, type: 'command', ...step.command, by: 'operator' };
  const said = step.tap
    ? { type: 'choice', choice: step.tap.id, title: step.tap.title, text: step.tap.title }
    : { type: 'text', text: step.say ?? '' };
  const channel = step.on ?? 'wa';
  const who = channel === 'vb' ? ({ platform: 'viber', from: fromViber } as const) : ({ platform: 'whatsapp', from } as const);
  return {
    ...base,
    type: 'message',
    message: { id: `m${now.i}`, channel, ...who, sentAt: base.at, ...said },
  };
}

/** What a reader of the golden file wants to see. */
function shown({ decision, effects, path, warnings }: Decision, { runs, held }: SessionState): object {
  return {
    decision: `${decision.kind}: ${decision.reason}`,
    sends: effects.map(({ body }) =>
      body.kind === 'send' ? (body.message.type === 'text' ? body.message.text : body.message.type) : `call ${body.service}`,
    ),
    path: path.map(({ flow, node, port }) => `${flow}#${node}${port === undefined ? '' : `.${port}`}`).join(' '),
    runs: runs.map(
      ({ place, stack }) =>
        `${place} ${stack.map((frame) => (frame.kind === 'flow' ? `${frame.flow}#${frame.nodeId} ${JSON.stringify(frame.vars)} waits for ${frame.wait?.for ?? 'nothing'} until ${frame.wait?.until ?? 'ever'}` : frame.dialog)).join(' > ')}`,
    ),
    ...(held.length > 0 ? { held: held.map(({ message }) => message.text) } : {}),
    ...(warnings.length > 0 ? { warnings: warnings.map(({ code }) => code) } : {}),
  };
}
