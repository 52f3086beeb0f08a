import { expect } from 'chai';
import type { HandOver, Run, SessionState } from '../../src/contract/index.js';
import { advance } from '../../src/engine/advance.js';
import { indexOf } from '../../src/engine/session-index.js';
import type { TurnInput } from '../../src/engine/turn-input.js';
import { aMessage, aSession, at, START } from '../support/builders.js';

type Event = TurnInput['event'];

const nothing: Omit<TurnInput, 'session' | 'event'> = {
  programs: { get: () => undefined, online: () => undefined },
  channels: new Map(),
  waitingEffects: 0,
  match: () => ({ tried: [] }),
};

function decide(session: SessionState, event: Event, more: Partial<TurnInput> = {}) {
  const step = advance({ ...nothing, session: { ...session, turn: session.turn + 1 }, event, ...more });
  if (!('done' in step)) throw new Error('no dialog is expected');
  return step.done;
}

const noticesOf = ({ effects }: ReturnType<typeof decide>) =>
  effects.flatMap(({ body, skipped }) =>
    body.kind === 'call' ? [`${String((body.input as { readonly type: string }).type)}${skipped ? ' (skipped)' : ''}`] : [],
  );

function aRun(id: string, more: Partial<Run> = {}): Run {
  const wait = { id: `${id}.w`, for: 'operator', queue: id } as const;
  const frame = { kind: 'flow', flow: 'desk', version: 1, nodeId: 'desk', vars: {}, memory: {}, wait } as const;
  return { id, startedBy: 'api', place: 'foreground', startedAt: START, channel: 'wa', lane: 'reply', stack: [frame], ...more };
}

const LEFT: HandOver = { id: 'h1', queue: 'q', note: '', since: START, channel: 'wa', run: 'gone', flow: 'desk', version: 1, node: 'desk' };
const operator = (more: object = {}): Event => ({ id: 'o1', at: at(5), type: 'operator', by: 'Bob', ...more });
const set: Event = { id: 'c0', at: at(1), type: 'command', command: 'set', args: { fields: {} }, by: 'api' };
const message: Event = { id: 'm1', at: at(5), type: 'message', message: aMessage('hello') };

/** A person whose run has just handed over. */
function handedOver(session = aSession('s1', { runs: [aRun('r1')] })): SessionState {
  return decide(session, set).session;
}

describe('hand-overs', () => {
  it('are noticed at the end of the turn that begins them, once', () => {
    expect(noticesOf(decide(aSession('s1', { runs: [aRun('r1')] }), set))).to.deep.equal(['handed-over']);
    expect(noticesOf(decide(handedOver(), message))).to.deep.equal(['message']);
    expect(indexOf(handedOver())).to.include({ status: 'waiting', queue: 'r1' });
  });

  it('end with whatever ends the run, and the operators hear of it', () => {
    const ended = decide(handedOver(), { id: 'c1', at: at(5), type: 'command', command: 'end', args: {}, by: 'Ada' });
    expect(noticesOf(ended)).to.deep.equal(['given-back']);
    expect(ended.session.lastHandOver).to.deep.equal({ endedAt: at(5), how: 'ended' });
    expect(ended.session).not.to.have.property('handOver');
    expect(indexOf(ended.session)).not.to.have.property('queue');
  });

  it('remember the channel on which the person wrote last, and the operator writes there', () => {
    const wrote = { ...message, message: aMessage('hi', { channel: 'wa-2' }) } as Event;
    const { session } = decide(handedOver(), wrote);
    expect(session.handOver?.channel).to.equal('wa-2');
  });

  it('of two people who turn out to be one: the one who is with an operator stays there, the other flow is set aside', () => {
    const asking = aRun('r2', { stack: [{ ...(aRun('r2').stack[0] as object), wait: { id: 'w2', for: 'message' } } as never] });
    const merge = (runs: readonly Run[], more: object = {}): Event => {
      const { contact, channels } = aSession('s2');
      return { id: 'merge', at: at(5), type: 'merge', loser: 's2', contact, channels, runs, held: [], effectCount: 0, ...more };
    };
    const places = ({ session }: ReturnType<typeof decide>) => session.runs.map(({ id, place }) => `${id} ${place}`).sort();
    expect(places(decide(handedOver(), merge([asking])))).to.deep.equal(['r1 foreground', 'r2 queued']);
    const other = decide(aSession('s1', { runs: [asking] }), merge([aRun('r1')]));
    expect(places(other)).to.deep.equal(['r1 foreground', 'r2 queued']);
    expect(noticesOf(other)).to.deep.equal(['handed-over']);
    const both = decide(handedOver(), merge([aRun('r3')]));
    expect(places(both)).to.deep.equal(['r1 foreground', 'r3 queued']);
    const later = decide(handedOver(), merge([], { handOvers: [LEFT] }));
    expect(later.session.laterHandOvers).to.deep.equal([LEFT]);
    const left = decide(aSession('s1', { handOver: LEFT }), merge([asking]));
    expect([left.session.handOver?.id, ...places(left)]).to.deep.equal(['h1', 'r2 queued']);
  });

  it('tell nothing for a contact that was merged into another one', () => {
    const marked = decide(handedOver(), { id: 'merged:s0', at: at(5), type: 'merged', winner: 's0' });
    expect(noticesOf(marked)).to.deep.equal([]);
    expect(indexOf(marked.session)).not.to.have.property('queue');
    const emptied = decide(marked.session, { id: 'merged:s0:done', at: at(6), type: 'merged', winner: 's0', isDone: true });
    expect([noticesOf(emptied), emptied.session.handOver]).to.deep.equal([[], undefined]);
  });

  it('leave room for the messages of the person, however much is told', () => {
    const full = decide(handedOver(), message, { waitingEffects: 100 });
    expect(noticesOf(full)).to.deep.equal(['message (skipped)']);
    expect(full.warnings.map(({ code }) => code)).to.deep.equal(['operator/not-told']);
  });

  it('refuse an answer that is too large, or for which there is no room or no address', () => {
    const state = handedOver();
    const codes = (event: Event, more: Partial<TurnInput> = {}) => decide(state, event, more).warnings.map(({ code }) => code);
    expect(codes(operator({ message: { type: 'text', text: 'a'.repeat(70_000) } }))).to.deep.equal(['flow/over-budget']);
    expect(codes(operator({ message: { type: 'text', text: 'hi' } }), { waitingEffects: 200 })).to.deep.equal(['flow/over-budget']);
    expect(codes(operator({ outside: true }))).to.deep.equal([]);
    const nowhere = decide(aSession('s1', { channels: {} }), operator({ outside: true, message: { type: 'text', text: 'hi' } }));
    expect(nowhere.warnings.map(({ code }) => code)).to.deep.equal(['send/no-address']);
    expect(nowhere.decision.kind).to.equal('refused');
  });

  it('that no run waits for go on until they are given back', () => {
    const state = aSession('s1', { handOver: LEFT });
    expect(noticesOf(decide(state, message))).to.deep.equal(['message']);
    const back = decide(state, operator({ giveBack: true }));
    expect(noticesOf(back)).to.deep.equal(['given-back']);
    expect(back.session.lastHandOver?.how).to.equal('given-back');
    expect(indexOf(state)).to.include({ status: 'idle', queue: 'q' });
  });
});
