import { expect } from 'chai';
import type { FlowEvent, Run, SessionState, Wait } from '../../src/contract/index.js';
import { dueWaits, isWaitingFor, wakeAt } from '../../src/engine/waits.js';
import { aSession, at } from '../support/builders.js';

/** A session with a run for each of these waits. */
const waiting = (...runs: readonly (Partial<Run> & { readonly wait: object })[]): SessionState =>
  aSession('s1', {
    runs: runs.map(({ wait, ...more }, i) => ({
      id: `r${i}`,
      startedBy: 'api',
      place: 'foreground',
      startedAt: at(0),
      channel: 'wa',
      lane: 'reply',
      stack: [{ kind: 'flow', flow: 'f', version: 1, nodeId: 'n', vars: {}, memory: {}, wait: { id: `w${i}`, ...wait } as Wait }],
      ...more,
    })),
  });
const due = (state: SessionState, seconds: number) => dueWaits(state, at(seconds)).map(({ id }) => id);
const time = (seconds: number) => ({ for: 'time', until: at(seconds) });
const queued = { place: 'queued' } as const;
const aside = { ...queued, aside: 'foreground' } as const;

describe('the waits of a session', () => {
  it('are due from the very moment of their deadline on, the one that is longest due first', () => {
    const state = waiting({ wait: time(20) }, { wait: time(10), place: 'background' }, { wait: { for: 'message' } });
    expect([due(state, 9), due(state, 10), due(state, 20)]).to.deep.equal([[], ['w1'], ['w1', 'w0']]);
    expect(wakeAt(state)).to.equal(at(10));
  });

  it('do not count in a run that has not begun, or is aside', () => {
    const state = waiting({ wait: time(10), ...queued }, { wait: time(10), ...aside });
    expect([due(state, 10), wakeAt(state)]).to.deep.equal([[], undefined]);
  });

  it('are due at once when what they wait for has come', () => {
    const came: FlowEvent = { id: 'e', at: at(5), type: 'callResult', callId: 'c', ok: true, value: null };
    const state = waiting({ wait: { for: 'call', callId: 'c', until: at(60), came } });
    expect([wakeAt(state), due(state, 5)]).to.deep.equal([at(5), ['w0']]);
  });

  it('for a send are those of runs that have begun, also of one that is aside', () => {
    const wait = { for: 'delivered', effectId: 'e1' };
    const isHeard = (more: Partial<Run>, effect = 'e1') => isWaitingFor(waiting({ wait, ...more }), effect);
    expect([isHeard({}), isHeard(aside), isHeard(queued), isHeard({}, 'e2')]).to.deep.equal([true, true, false, false]);
  });
});
