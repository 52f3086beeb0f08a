import { expect } from 'chai';
import { silentLog } from '../../src/contract/host/index.js';
import { type FlowEvent, plusMillis, type Run, type Wait } from '../../src/contract/index.js';
import type { Store } from '../../src/contract/store/index.js';
import { openStore } from '../../src/store/open-store.js';
import { type WakeParts, wakeSessions } from '../../src/turn/wake-sessions.js';
import { aCommit, aSend, aSession, at } from '../support/builders.js';
import { type ManualClock, manualClock } from '../support/manual-clock.js';

const MINUTE = 60_000;

describe('waking whose time is up', () => {
  let store: Store;
  let clock: ManualClock;
  let woken: string[];
  /** Sessions whose turn fails. */
  let failing: Set<string>;
  beforeEach(async () => {
    store = await openStore({ dataDir: '' }, silentLog);
    clock = manualClock(at(100));
    woken = [];
    failing = new Set();
  });
  afterEach(() => store.close());

  const runOf = (wait: Wait, i = 0): Run => ({
    id: `run ${i}`,
    startedBy: 'api',
    place: 'background',
    startedAt: at(0),
    channel: 'wa',
    lane: 'reply',
    stack: [{ kind: 'flow', flow: 'f', version: 1, nodeId: 'n', vars: {}, memory: {}, wait }],
  });
  /** A session of which one run for each of these waits. */
  const waiting = async (session: string, ...waits: readonly Wait[]) => {
    const wakeAt = waits.map(({ until }) => until ?? '').sort()[0] ?? '';
    const index = { status: 'waiting', positions: ['f@1#n'], wakeAt } as const;
    const base = (await store.sessions.load(session))?.revision ?? 0;
    const state = aSession(session, { turn: base + 1, runs: waits.map(runOf) });
    await store.sessions.commit(aCommit(session, base, { state, index }));
  };
  const forAnswer = (id: string, seconds: number): Wait => ({ id, until: at(seconds), for: 'message' });
  const forTime = (id: string, seconds: number): Wait => ({ id, until: at(seconds), for: 'time' });
  const look = (more: Partial<WakeParts> = {}) =>
    wakeSessions({
      store,
      clock,
      jobs: { look() {}, soon() {}, stop: async () => {} },
      log: silentLog,
      takeTurn: async (session: string, event: FlowEvent) => {
        if (failing.has(session)) throw new Error('no');
        woken.push(event.type === 'timeout' ? event.waitId : event.type);
        await store.sessions.postponeWake(session, plusMillis(clock.now(), 365 * 24 * 60 * MINUTE));
        return { kind: 'duplicate', session };
      },
      ...more,
    });

  it('takes the waits that have run out, longest ago first, and leaves the others', async () => {
    await waiting('s1', forTime('later', 200), forAnswer('second', 50), forTime('first', 10));
    await look();
    expect(woken).to.deep.equal(['first', 'second']);
  });

  it('a session that cannot be woken is tried again a minute later, and holds up none of those behind it', async () => {
    for (let i = 0; i < 101; i += 1) {
      await waiting(`bad${i}`, forTime(`bad${i}`, 10));
      failing.add(`bad${i}`);
    }
    await waiting('good', forTime('good', 20));
    await look();
    expect(woken).to.deep.equal(['good']);
    failing.clear();
    clock.advance(MINUTE - 1);
    await look();
    expect(woken).to.deep.equal(['good']);
    clock.advance(1);
    await look();
    expect(woken).to.have.length(102);
  });

  it('wakes nobody by a wall clock that was set less than a minute ago', async () => {
    await waiting('s1', forAnswer('w', 10));
    await look({ steadyFor: () => MINUTE - 1 });
    expect(woken).to.deep.equal([]);
    await look({ steadyFor: () => MINUTE });
    expect(woken).to.deep.equal(['w']);
  });

  it('asks to be called again when the next one ends, if that is soon', async () => {
    await waiting('s1', forTime('now', 10));
    await waiting('s2', forTime('later', 101));
    await waiting('s3', forTime('much later', 200));
    const asked: (readonly [string, string | undefined])[] = [];
    await look({ jobs: { look() {}, soon: (...request) => void asked.push([request[0], request[1]]), stop: async () => {} } });
    expect(asked).to.deep.equal([['wakes', at(101)]]);
  });

  describe('a run that waits to hear of its send', () => {
    /** What it is told, when its time is up. */
    const told = async (wait: Wait): Promise<FlowEvent | undefined> => {
      await waiting('s1', wait);
      const events: FlowEvent[] = [];
      await look({
        async takeTurn(session, event) {
          events.push(event);
          await store.sessions.postponeWake(session, plusMillis(clock.now(), MINUTE));
          return { kind: 'duplicate', session };
        },
      });
      return events[0];
    };
    const stages = ['sent', 'delivered', 'read'] as const;

    for (const [i, stage] of stages.entries())
      for (const [j, status] of stages.entries())
        it(`for ${stage} hears ${j < i ? 'nothing of' : 'of'} a message that is ${status}`, async () => {
          await store.deliveries.record({ channel: 'wa', providerId: 'p', effectId: 's1.1.1', status, at: at(5) });
          const event = await told({ id: 'w', until: at(10), for: stage, effectId: 's1.1.1' });
          expect(event).to.deep.include(j < i ? { type: 'timeout', waitId: 'w' } : { type: 'receipt', status, messageId: 'p' });
        });

    it('hears of one that was never made that it has failed, and why', async () => {
      const error = { kind: 'rejected', code: 'number-moved', message: 'no' } as const;
      await store.sessions.commit(aCommit('s1', 0, { effects: [{ ...aSend('s1', 1, 1), parked: true }] }));
      await store.sessions.commit(aCommit('s1', 1, { skips: { addresses: ['491'], error } }));
      const event = await told({ id: 'w', until: at(10), for: 'delivered', effectId: 's1.1.1' });
      expect(event).to.deep.include({ type: 'receipt', effectId: 's1.1.1', status: 'failed', error });
    });
  });

  describe('after a start', () => {
    let left: number;
    const grace = { before: at(90), left: () => left };
    beforeEach(() => {
      left = 30_000;
    });

    it('an answer that was due before it may still come: its wait is left alone until the grace is over', async () => {
      await waiting('s1', forAnswer('due-before', 89.999));
      await look({ grace });
      expect(woken).to.deep.equal([]);
      clock.advance(30_000);
      left = 0;
      await look({ grace });
      expect(woken).to.deep.equal(['due-before']);
    });

    it('what ran out since, and what waits for time or an outcome, is woken at once, beside a wait that is left alone', async () => {
      await waiting('s1', forAnswer('due-since', 90));
      await waiting('s2', forTime('time', 10), forAnswer('answer', 11), { id: 'sent', until: at(12), for: 'sent', effectId: 'e' });
      await look({ grace });
      expect(woken).to.have.members(['due-since', 'time', 'sent']);
    });

    it('hundreds that are left alone hold up nobody', async () => {
      for (let i = 0; i < 101; i += 1) await waiting(`s${i}`, forAnswer(`w${i}`, 10));
      await waiting('late', forTime('time', 20));
      await look({ grace });
      expect(woken).to.deep.equal(['time']);
    });
  });
});
