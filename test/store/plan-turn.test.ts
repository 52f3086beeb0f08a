import { expect } from 'chai';
import { CALL_GRACE, PARKED, SEND_LEASE } from '../../src/contract/host/index.js';
import { BUDGET, type Effect, partId, plusMillis, type SendBody } from '../../src/contract/index.js';
import type { TurnCommit } from '../../src/contract/store/index.js';
import { dueOf } from '../../src/store/due-of.js';
import { planClaim } from '../../src/store/plan-claim.js';
import { needsLogLookup, planCommit } from '../../src/store/plan-commit.js';
import { planSettle } from '../../src/store/plan-settle.js';
import { idsInLog, type Planned, type SessionRecord } from '../../src/store/session-record.js';
import { aCall, aCommit, aSend, at } from '../support/builders.js';

let made = 0;
const newToken = () => `token ${++made}`;

function plan(record: SessionRecord | undefined, turn: TurnCommit, adopted?: SessionRecord): Planned {
  const planned = planCommit(record, turn, { newToken, adopted });
  if (typeof planned === 'string') throw new Error(`the commit is a ${planned}`);
  return planned;
}

const ids = ({ effects }: SessionRecord) => effects.map(({ effect }) => effect.id);

describe('the record that a turn leaves', () => {
  it('needs the turn log for every event that is not newer than the newest forgotten one', () => {
    let record: SessionRecord | undefined;
    for (let base = 0; base <= BUDGET.seen; base += 1) ({ record } = plan(record, aCommit('s1', base)));
    if (!record) throw new Error('there is no record');
    expect(record.seen.map(({ id }) => id)).to.not.include('e1');
    // The first event was forgotten, and another one of the same time may have been.
    expect(needsLogLookup(record, { eventTime: at(0) })).to.equal(true);
    expect(needsLogLookup(record, { eventTime: at(1) })).to.equal(true);
    expect(needsLogLookup(record, { eventTime: at(1.001) })).to.equal(false);
    expect(needsLogLookup(plan(undefined, aCommit('s1', 0)).record, { eventTime: at(0) })).to.equal(false);
  });

  it('knows the ids of all sessions that were ever merged into it', () => {
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((id) => plan(undefined, aCommit(id, 0)).record);
    const both = plan(b, aCommit('b', 1, { adopts: 'c' }), c).record;
    const three = plan(a, aCommit('a', 1, { adopts: 'd' }), d).record;
    expect(idsInLog(plan(three, aCommit('a', 2, { adopts: 'b' }), both).record)).to.deep.equal(['a', 'd', 'b', 'c']);
    expect(idsInLog(plan(three, aCommit('a', 2)).record)).to.deep.equal(['a', 'd']);
  });

  it('has no effect and no lease after the session was merged into another one', () => {
    const { record } = plan(undefined, aCommit('s1', 0, { effects: [aSend('s1', 1, 1)] }));
    expect(record.lease).to.not.equal(undefined);
    const emptied = plan(record, aCommit('s1', 1, { empties: true, effects: [aSend('s1', 2, 1)] })).record;
    expect([emptied.effects, emptied.lease, dueOf(emptied)]).to.deep.equal([[], undefined, {}]);
  });

  describe('with a send that is parked until the person writes', () => {
    const parked = () => plan(undefined, aCommit('s1', 0, { effects: [{ ...aSend('s1', 1, 1), parked: true }, aCall('s1', 1, 2)] })).record;

    it('sends it when they do, before the effects of that turn', () => {
      const { record, claims } = plan(parked(), aCommit('s1', 1, { unparks: 'wa', effects: [aSend('s1', 2, 1)] }));
      expect(claims.map(({ effect }) => effect.effect.id)).to.deep.equal(['s1.1.1']);
      expect(ids(record)).to.deep.equal(['s1.1.1', 's1.1.2', 's1.2.1']);
    });

    it('keeps it if they write on another channel, or do something else', () => {
      for (const turn of [aCommit('s1', 1, { unparks: 'vi' }), aCommit('s1', 1)]) {
        const { record, claims } = plan(parked(), turn);
        expect(claims).to.deep.equal([]);
        expect(record.effects[0]).to.include({ parked: true, notBefore: plusMillis(at(1), PARKED) });
      }
    });

    it('sends it when its time is over', () => {
      const record = { ...parked(), effects: parked().effects.slice(0, 1) };
      const over = plusMillis(at(1), PARKED);
      expect(planClaim(record, {}, { now: plusMillis(over, -1), newToken })).to.equal(undefined);
      expect(planClaim(record, {}, { now: over, newToken })?.claims).to.have.length(1);
    });

    it('settles it as soon as a receipt proves it', () => {
      const from = { proven: 's1.1.1' };
      expect(planClaim(parked(), from, { now: at(2), newToken })?.claims.map(({ effect }) => effect.effect.id)).to.deep.equal(['s1.1.1']);
      expect(planClaim(parked(), { ...from, proven: 's1.9.9' }, { now: at(2), newToken })).to.equal(undefined);
    });

    it('does not park it again once it was attempted', () => {
      const over = plusMillis(at(1), PARKED);
      const claimed = planClaim(parked(), {}, { now: over, newToken });
      const [claim] = claimed?.claims ?? [];
      if (!claimed || !claim) throw new Error('nothing was claimed');
      const retry = {
        effect: 's1.1.1',
        outcome: 'retry',
        notBefore: plusMillis(over, 1_000),
        reason: 'no',
        accepted: 0,
        providerIds: [],
      } as const;
      const settled = planSettle(claimed.record, claim, { now: over, results: [retry], newToken });
      expect(typeof settled === 'object' && settled.record.effects[0]?.parked).to.equal(undefined);
    });
  });

  describe('if the HTTP response to the event carries its first send', () => {
    const effects = [aSend('s1', 1, 1), aSend('s1', 1, 2)];

    it('counts a whole message as sent', () => {
      const { record, deliveries } = plan(undefined, aCommit('s1', 0, { effects, answered: { effect: 's1.1.1', isWhole: true } }));
      expect(ids(record)).to.deep.equal(['s1.1.2']);
      expect(deliveries).to.deep.equal([{ effect: 's1.1.1', status: 'sent' }]);
    });

    it('counts a part of a message as accepted, and sends the rest', () => {
      const { record, deliveries } = plan(undefined, aCommit('s1', 0, { effects, answered: { effect: 's1.1.1', isWhole: false } }));
      expect(record.effects.map(({ accepted }) => accepted)).to.deep.equal([1, 0]);
      expect(deliveries).to.deep.equal([]);
    });
  });
});

describe('who may perform an effect', () => {
  it('holds a call for its deadline and the time for settling it', () => {
    const { record } = plan(undefined, aCommit('s1', 0, { effects: [aCall('s1', 1, 1)] }));
    expect(record.effects[0]?.lease?.until).to.equal(plusMillis(at(1), 10_000 + CALL_GRACE));
    expect(dueOf(record)).to.deep.equal({ call: { queue: 'call|test', dueAt: record.effects[0]?.lease?.until } });
  });

  const retry = (effect: string, seconds: number) =>
    ({ effect, outcome: 'retry', notBefore: at(seconds), reason: 'not yet', accepted: 0, providerIds: [] }) as const;

  it('claims one effect at a time and leaves other calls free', () => {
    const { record, claims } = plan(undefined, aCommit('s1', 0, { effects: [aCall('s1', 1, 1), aCall('s1', 1, 2)] }));
    const free = { ...record, effects: record.effects.map(({ lease: _, ...one }) => one) };
    const planned = planClaim(free, {}, { now: at(2), newToken });
    expect([claims.length, planned?.claims.length]).to.deep.equal([2, 1]);
    expect(planned?.record.effects.map(({ lease }) => lease !== undefined)).to.deep.equal([true, false]);
  });

  it('does not claim an effect before its time', () => {
    for (const effect of [aSend('s1', 1, 1), aCall('s1', 1, 1)]) {
      const { record, claims } = plan(undefined, aCommit('s1', 0, { effects: [effect] }));
      const [claim] = claims;
      const later = claim && planSettle(record, claim, { now: at(2), results: [retry('s1.1.1', 9)], newToken });
      if (typeof later !== 'object') throw new Error('the token does not hold');
      for (const [seconds, from, isFree] of [
        [8.999, {}, false],
        [8.999, { proven: 's1.7.7' }, false],
        [9, {}, true],
      ] as const)
        expect(planClaim(later.record, from, { now: at(seconds), newToken }) !== undefined, `${effect.body.kind} ${seconds}`).to.equal(
          isFree,
        );
    }
  });

  it('is no longer in doubt if the latest settlement does not say so', () => {
    const first = plan(undefined, aCommit('s1', 0, { effects: [aSend('s1', 1, 1)] }));
    const [claim] = first.claims;
    const inDoubt =
      claim && planSettle(first.record, claim, { now: at(2), results: [{ ...retry('s1.1.1', 3), inDoubt: true, doubts: 2 }], newToken });
    const again = typeof inDoubt === 'object' ? planClaim(inDoubt.record, {}, { now: at(3), newToken }) : undefined;
    const [second] = again?.claims ?? [];
    const clear = again && second && planSettle(again.record, second, { now: at(4), results: [retry('s1.1.1', 9)], newToken });
    expect(second?.effect).to.include({ inDoubt: true, doubts: 2, attempts: 1 });
    expect(typeof clear === 'object' && clear.record.effects[0]).to.not.have.any.keys('inDoubt', 'doubts');
  });

  it('a send in flight that must not be made is not retried, and is settled as skipped', () => {
    const error = { kind: 'rejected', code: 'number-moved', message: 'no' } as const;
    const first = plan(undefined, aCommit('s1', 0, { effects: [aSend('s1', 1, 1), aSend('s1', 1, 2), aCall('s1', 1, 3)] }));
    const [claim] = first.claims;
    const skipped = plan(first.record, aCommit('s1', 1, { skips: { addresses: ['491'], error } }));
    expect(ids(skipped.record)).to.deep.equal(['s1.1.1', 's1.1.3']);
    expect(skipped.deliveries).to.deep.equal([{ effect: 's1.1.2', status: 'skipped', error }]);
    const settled = claim && planSettle(skipped.record, claim, { now: at(3), results: [retry('s1.1.1', 9)], newToken });
    expect(typeof settled === 'object' && settled.deliveries).to.deep.equal([{ effect: 's1.1.1', status: 'skipped', error }]);
    expect(typeof settled === 'object' && ids(settled.record)).to.deep.equal(['s1.1.3']);
    const others = plan(first.record, aCommit('s1', 1, { skips: { addresses: ['492'], error } }));
    expect(ids(others.record)).to.deep.equal(['s1.1.1', 's1.1.2', 's1.1.3']);
  });

  it('a send that must not be made and that a run waits for is due at once, until whoever claims it has told the run', () => {
    const error = { kind: 'blocked', code: 'send/opted-out', message: 'no' } as const;
    const [sent, awaited] = [aSend('s1', 1, 1), { ...aSend('s1', 1, 2), awaited: 'sent' as const, parked: true as const }];
    const first = plan(undefined, aCommit('s1', 0, { effects: [sent, awaited] }));
    const skipped = plan(first.record, aCommit('s1', 1, { skips: { addresses: ['491'], error, until: { 491: at(9) } } }));
    expect(ids(skipped.record)).to.deep.equal(['s1.1.1', 's1.1.2']);
    expect(skipped.record.effects[1]).to.include({ status: 'queued', skip: error }).and.not.have.any.keys('parked', 'notBefore');
    const [claim] = first.claims;
    const settled = claim && planSettle(skipped.record, claim, { now: at(3), results: [retry('s1.1.1', 9)], newToken });
    const [next] = typeof settled === 'object' ? settled.claims : [];
    expect(next?.effect).to.deep.include({ skip: error });
    const told = { effect: 's1.1.2', outcome: 'skipped', error } as const;
    const done =
      typeof settled === 'object' && next ? planSettle(settled.record, next, { now: at(4), results: [told], newToken }) : undefined;
    expect(typeof done === 'object' && [ids(done.record), done.deliveries]).to.deep.equal([
      [],
      [{ effect: 's1.1.2', status: 'skipped', error }],
    ]);
    const later = plan(
      first.record,
      aCommit('s1', 1, { skips: { addresses: ['491'], error, until: { 491: '2000-01-01T00:00:00.000Z' } } }),
    );
    expect(later.record.effects.some(({ skip }) => skip)).to.equal(false);
  });

  it('calls and sends do not hold each other up', () => {
    const { record } = plan(undefined, aCommit('s1', 0, { effects: [aCall('s1', 1, 1)] }));
    expect(plan(record, aCommit('s1', 1, { effects: [aSend('s1', 2, 1)] })).claims).to.have.length(1);
    const held = plan(undefined, aCommit('s2', 0, { effects: [aSend('s2', 1, 1)] })).record;
    expect(plan(held, aCommit('s2', 1, { effects: [aCall('s2', 2, 1)] })).claims).to.have.length(1);
  });

  it('is due when the first of its leases ends', () => {
    const winner = plan(undefined, aCommit('w', 4, { base: 0, effects: [aSend('w', 5, 1)] })).record;
    const loser = plan(undefined, aCommit('l', 0, { effects: [aSend('l', 1, 1)] })).record;
    const both = plan(winner, aCommit('w', 5, { base: 1, adopts: 'l' }), loser).record;
    expect(dueOf(both).send?.dueAt).to.equal(plusMillis(at(1), SEND_LEASE));
  });

  describe('whose outcome comes after the lease has ended', () => {
    const done = { effect: 's1.1.1', outcome: 'done', receipt: { ok: true, providerIds: ['w1'] } } as const;
    const late = at(2 + SEND_LEASE / 1_000);
    const lost = () => {
      const first = plan(undefined, aCommit('s1', 0, { effects: [aSend('s1', 1, 1), aSend('s1', 1, 2)] }));
      const released = planClaim(first.record, {}, { now: late, newToken });
      const [claim] = first.claims;
      if (!claim || !released) throw new Error('nothing was claimed');
      return { claim, record: released.record };
    };

    it('a send that the provider has accepted is settled, and the next one is claimed', () => {
      const { record, claim } = lost();
      const settled = planSettle(record, claim, { now: late, results: [done], newToken });
      if (typeof settled !== 'object') throw new Error('it was not settled');
      expect(settled.deliveries).to.deep.equal([{ effect: 's1.1.1', status: 'sent', providerId: 'w1' }]);
      expect(settled.claims.map(({ effect }) => effect.effect.id)).to.deep.equal(['s1.1.2']);
    });

    it('any other outcome is ignored: the send waits for its proof', () => {
      const { record, claim } = lost();
      const error = { kind: 'rejected', code: 'no', message: 'no' } as const;
      const results = [retry('s1.1.1', 60), { effect: 's1.1.1', outcome: 'dead', error } as const, { ...done, effect: 's1.1.2' }];
      for (const result of results) expect(planSettle(record, claim, { now: late, results: [result], newToken })).to.equal(undefined);
    });

    it('is ignored once the send is being repeated', () => {
      const { record, claim } = lost();
      const again = planClaim(record, { proven: 's1.1.1' }, { now: late, newToken });
      if (!again) throw new Error('nothing was claimed');
      expect(planSettle(again.record, claim, { now: late, results: [done], newToken })).to.equal(undefined);
    });
  });

  const error = { kind: 'rejected', code: 'no', message: 'no' } as const;
  const ofParts = (count: number): Effect => {
    const { body, ...send } = aSend('s1', 1, 1);
    const before = Array.from({ length: count }, (_, i) => ({ type: 'text' as const, text: `part ${i}` }));
    return { ...send, body: { ...(body as SendBody), before } };
  };
  const done = (...providerIds: string[]) => ({ effect: 's1.1.1', outcome: 'done', receipt: { ok: true, providerIds } }) as const;
  for (const [what, effect, result, rows] of [
    ['a message', aSend('s1', 1, 1), done('w1'), [{ effect: 's1.1.1', status: 'sent', providerId: 'w1' }]],
    ['a message without an id of the provider', aSend('s1', 1, 1), done(), [{ effect: 's1.1.1', status: 'sent' }]],
    [
      'a message of two requests',
      aSend('s1', 1, 1),
      done('w1', 'w2'),
      [
        { effect: 's1.1.1', status: 'sent', providerId: 'w1' },
        { effect: 's1.1.1', status: 'sent', providerId: 'w2' },
      ],
    ],
    [
      'a message of three parts, the earlier ones under ids of their own',
      ofParts(2),
      done('w1', 'w2', 'w3'),
      [
        { effect: partId('s1.1.1', 1), status: 'sent', providerId: 'w1' },
        { effect: partId('s1.1.1', 2), status: 'sent', providerId: 'w2' },
        { effect: 's1.1.1', status: 'sent', providerId: 'w3' },
      ],
    ],
    [
      'a message that was given up',
      aSend('s1', 1, 1),
      { effect: 's1.1.1', outcome: 'dead', error },
      [{ effect: 's1.1.1', status: 'failed', error, dead: true }],
    ],
    ['a message that is tried again', aSend('s1', 1, 1), retry('s1.1.1', 9), []],
    ['a call', aCall('s1', 1, 1), { effect: 's1.1.1', outcome: 'done' }, []],
  ] as const)
    it(`settled, ${what} leaves its rows in the delivery log, whether the outbox settles it or a turn`, () => {
      const { record, claims } = plan(undefined, aCommit('s1', 0, { effects: [effect] }));
      const [claim] = claims;
      if (!claim) throw new Error('nothing was claimed');
      const settled = planSettle(record, claim, { now: at(2), results: [result], newToken });
      expect(typeof settled === 'object' && settled.deliveries).to.deep.equal(rows);
      expect(plan(record, aCommit('s1', 1, { settles: { result, claim } })).deliveries).to.deep.equal(rows);
    });

  it('settles only the effect that it holds: a send from a merged session leaves the lease on the head send as it is', () => {
    const winner = plan(undefined, aCommit('w', 0, { effects: [aSend('w', 1, 1)] }));
    const loser = plan(undefined, aCommit('l', 0, { effects: [aSend('l', 1, 1)] }));
    const { record } = plan(winner.record, aCommit('w', 1, { adopts: 'l' }), loser.record);
    const [claim] = loser.claims;
    const settled = claim && planSettle(record, claim, { now: at(3), results: [{ effect: 'l.1.1', outcome: 'done' }], newToken });
    if (typeof settled !== 'object') throw new Error('the token does not hold');
    expect([ids(settled.record), settled.claims, settled.record.lease]).to.deep.equal([['w.1.1'], [], winner.record.lease]);
  });
});
