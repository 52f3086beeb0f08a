import { expect } from 'chai';
import { plugins } from '../../plugins/all.js';
import type { TurnRecord } from '../../src/contract/host/index.js';
import { type FlowDefinition, type FlowEvent, type SessionState, timeoutEventId } from '../../src/contract/index.js';
import { advance } from '../../src/engine/advance.js';
import type { ChannelFacts } from '../../src/engine/turn-input.js';
import { dueWaits } from '../../src/engine/waits.js';
import { compileFlow } from '../../src/flow/compile.js';
import { createNodeTypes } from '../../src/flow/node-types.js';
import type { Program, Programs } from '../../src/flow/program.js';
import { newSession } from '../../src/people/new-session.js';
import { replayTurns, versionsIn } from '../../src/replay/replay.js';
import { aFlow, aMessage, at } from '../support/builders.js';
import { whatsappFacts } from '../support/whatsapp-facts.js';

const nodeTypes = createNodeTypes(plugins);
const channels: ReadonlyMap<string, ChannelFacts> = new Map([['wa', whatsappFacts('wa')]]);
const say = (id: string, text: string) => ({
  id,
  type: 'send-whatsapp-message',
  version: 1,
  params: { action: 'reply', message: { type: 'text', text } },
});
const set = (id: string) => ({ id, type: 'set-variables', version: 1, params: { set: [{ name: 'x', value: 1 }] } });
const call = { id: 'call', type: 'http-request', version: 1, params: { url: 'https://x.example', save: [{ name: 'got', from: 'body' }] } };
const ask = {
  id: 'ask',
  type: 'wait-for-response',
  version: 1,
  params: { timeout: { value: 60, unit: 'seconds' }, timeoutBranch: true, saveAs: 'said' },
};
type Node = FlowDefinition['nodes'][number];

/** A line of nodes; what a wait's timeout leads to is the last one. */
function line(...nodes: readonly Node[]): FlowDefinition {
  const ids = ['start', ...nodes.map(({ id }) => id)];
  return aFlow('talk', {
    triggers: [{ type: 'TriggeredByWhatsApp' }],
    nodes: [{ id: 'start', type: 'start', version: 1, params: {} }, ...nodes],
    edges: ids.slice(1).flatMap((to, i) => {
      const from = ids[i] ?? '';
      const wait = nodes.some(({ id, type }) => id === from && type === 'wait-for-response');
      return wait
        ? [
            { from, port: 'replied', to },
            { from, port: 'notReplied', to: ids.at(-1) ?? '' },
          ]
        : [{ from, port: 'next', to }];
    }),
  });
}

/** All of them loaded; of a flow's versions the last is ONLINE. */
function programsOf(all: readonly Program[]): Programs {
  return { get: (key) => all.find((one) => one.key === key), online: (code) => all.findLast((one) => one.code === code) };
}

type Happening = 'hi' | 'answer' | 'timeout' | 'result' | 'receipt';

/** Plays a flow, and gives its journal. */
function played(
  definition: FlowDefinition,
  happenings: readonly Happening[],
  others: readonly Program[] = [],
): { readonly records: TurnRecord[]; readonly programs: Programs } {
  const program = compileFlow(definition, 1, nodeTypes);
  const programs = programsOf([program, ...others]);
  const records: TurnRecord[] = [];
  let state: SessionState = newSession('s1', aMessage('').from, at(0));
  happenings.forEach((happening, i) => {
    const event = eventOf(happening, state, i);
    const step = advance({
      programs,
      channels,
      session: { ...state, turn: state.turn + 1 },
      waitingEffects: 0,
      event,
      match: () => ({ tried: [], best: { flow: 'talk', version: 1, trigger: 0, onBusy: 'ignore', reason: 'any' } }),
    });
    if (!('done' in step)) throw new Error('no guests here');
    const { session, ...rest } = step.done;
    records.push({ ...rest, id: `s1.${session.turn}`, turn: session.turn, at: event.at, event, ...(i === 0 ? { before: state } : {}) });
    state = session;
  });
  return { records, programs };
}

function eventOf(happening: Happening, state: SessionState, i: number): FlowEvent {
  const base = { id: `e${i}`, at: at(i * 100) };
  if (happening === 'timeout') {
    const waitId = dueWaits(state, at(10_000))[0]?.id ?? 'none';
    return { id: timeoutEventId(waitId), at: base.at, type: 'timeout', waitId };
  }
  if (happening === 'result') {
    const frame = state.runs[0]?.stack[0];
    const callId = frame?.kind === 'flow' && frame.wait && 'callId' in frame.wait ? frame.wait.callId : 'none';
    return { ...base, type: 'callResult', callId, ok: true, value: { status: 200, body: { n: 1 }, isJson: true } };
  }
  if (happening === 'receipt') {
    const frame = state.runs[0]?.stack[0];
    const effectId = frame?.kind === 'flow' && frame.wait && 'effectId' in frame.wait ? frame.wait.effectId : 'none';
    return { ...base, type: 'receipt', effectId, status: 'delivered' };
  }
  return { ...base, type: 'message', message: { ...aMessage(happening), id: `m${i}`, sentAt: base.at } };
}

const onto = (...nodes: readonly Node[]): Program => compileFlow(line(...nodes), 0, nodeTypes);

describe('recorded conversations on another version', () => {
  it('come out the same where nothing that matters has changed, though waits and effects are numbered otherwise', () => {
    const { records, programs } = played(line(call, say('tell', 'got {{ got.n }}'), ask, say('end-it', 'bye')), [
      'hi',
      'result',
      'timeout',
    ]);
    const { compared, different } = replayTurns(records, { programs, channels });
    expect([compared, different]).to.deep.equal([3, []]);
    // A node more before the call gives other ids to its wait; only the path tells.
    const same = replayTurns(records, {
      programs,
      channels,
      onto: onto(set('first'), call, say('tell', 'got {{ got.n }}'), ask, say('end-it', 'bye')),
    });
    expect(same.different.map(({ turn, is }) => [turn, is.path])).to.deep.equal([[1, ['talk#start.next', 'talk#first.next', 'talk#call']]]);
  });

  it('a recorded result or timeout goes to the wait of the same node; where there is none it is left out, and said', () => {
    const { records, programs } = played(line(call, say('tell', 'got {{ got.n }}'), ask, say('end-it', 'bye')), [
      'hi',
      'result',
      'timeout',
    ]);
    const { different } = replayTurns(records, { programs, channels, onto: onto(say('tell', 'no call'), ask, say('end-it', 'bye')) });
    expect(different.map(({ turn, is }) => [turn, is.kind, is.note])).to.deep.equal([
      [1, 'started', undefined],
      [2, 'left out', 'nothing waits at "call" (visit 1) for this callResult'],
    ]);
  });

  it('a recorded receipt goes to the send of the same node, whatever was sent before it', () => {
    const heard = {
      ...say('news', 'news'),
      params: { ...say('news', 'news').params, notDelivered: { after: { value: 1, unit: 'hours' } } },
    };
    const { records, programs } = played(line(heard, say('end-it', 'bye')), ['hi', 'receipt']);
    expect(records[1]?.path).to.have.length(2);
    const { different } = replayTurns(records, { programs, channels, onto: onto(say('more', 'more'), heard, say('end-it', 'bye')) });
    expect(different.map(({ turn, is }) => [turn, is.kind])).to.deep.equal([[1, 'started']]);
    const none = replayTurns(records, { programs, channels, onto: onto(say('news', 'news'), say('end-it', 'bye')) });
    expect(none.different.map(({ turn, is }) => [turn, is.kind])).to.deep.equal([
      [1, 'started'],
      [2, 'left out'],
    ]);
  });

  it('of a node that is visited again the visit counts', () => {
    const twice = line(ask, say('one', 'one'), { ...ask, id: 'again' }, say('two', 'two'));
    const { records, programs } = played(twice, ['hi', 'answer', 'timeout']);
    const { different } = replayTurns(records, {
      programs,
      channels,
      onto: onto(ask, say('one', 'one'), { ...ask, id: 'other' }, say('two', 'two')),
    });
    expect(different.map(({ turn, is }) => [turn, is.kind])).to.deep.equal([
      [2, 'answered'],
      [3, 'left out'],
    ]);
  });

  it('a flow that was called is called in the version of then, also when another one is ONLINE or none is', () => {
    const callee = (version: number, text: string) =>
      compileFlow(
        aFlow('callee', {
          triggers: [{ type: 'TriggeredByFlow' }],
          nodes: [{ id: 'start', type: 'start', version: 1, params: {} }, say('tell', text)],
          edges: [{ from: 'start', port: 'next', to: 'tell' }],
        }),
        version,
        nodeTypes,
      );
    const definition = line({ id: 'callee', type: 'call-flow', version: 1, params: { flow: 'callee' } }, say('end-it', 'bye'));
    const { records } = played(definition, ['hi'], [callee(1, 'as it was')]);
    expect(records[0]?.called).to.deep.equal({ callee: 1 });
    const talk = compileFlow(definition, 1, nodeTypes);
    const now = programsOf([talk, callee(1, 'as it was'), callee(2, 'as it is')]);
    expect(replayTurns(records, { programs: now, channels }).different).to.deep.equal([]);
    expect(replayTurns(records, { programs: { ...now, online: () => undefined }, channels }).different).to.deep.equal([]);
    expect([...versionsIn(records).values()]).to.deep.include({ flow: 'callee', version: 1 });
  });

  it('what is different in a send is told, with what was and what would be', () => {
    const { records, programs } = played(line(ask, say('end-it', 'bye {{ said }}')), ['hi', 'answer']);
    const { different } = replayTurns(records, { programs, channels, onto: onto(ask, say('end-it', 'farewell {{ said }}')) });
    const texts = different.map(({ was, is }) => [was, is].map(({ effects }) => JSON.stringify(effects)));
    expect(texts[0]?.[0]).to.include('bye answer');
    expect(texts[0]?.[1]).to.include('farewell answer');
  });
});
