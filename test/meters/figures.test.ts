import { execFileSync } from 'node:child_process';
import { expect } from 'chai';
import { OperationalError, silentLog, silentMeters } from '../../src/contract/host/index.js';
import type { Census } from '../../src/contract/store/index.js';
import { boundedLabel } from '../../src/meters/bounded-label.js';
import { createCensusGauges } from '../../src/meters/census-gauges.js';
import { createMeters } from '../../src/meters/create-meters.js';
import { createFigures } from '../../src/meters/figures.js';
import { createMetrics, type Metrics } from '../../src/meters/metrics.js';
import { openMeters } from '../../src/meters/open-meters.js';
import { processMetrics } from '../../src/meters/process-metrics.js';
import { openStore } from '../../src/store/open-store.js';
import { wakeSessions } from '../../src/turn/wake-sessions.js';
import { aCommit, aMessage, aSend, aSession, at } from '../support/builders.js';
import { manualClock } from '../support/manual-clock.js';

/** The series that begin so, with their values. */
async function series(metrics: Metrics, name: string): Promise<readonly string[]> {
  const text = await metrics.registers[0]?.metrics();
  return (text ?? '').split('\n').filter((line) => line.startsWith(name));
}
const claimOf = (n: number) => ({
  session: 's1',
  token: 't',
  until: at(25),
  effect: { effect: aSend('s1', 1, n), status: 'claimed', attempts: 0, accepted: 0, providerIds: [] } as const,
});

describe('the figures', () => {
  it('a label takes so many values of a plain form, and what else comes is `other`', () => {
    const label = boundedLabel(2);
    expect(['131026', 'send/no-channel', 'third', '131026'].map(label)).to.deep.equal(['131026', 'send/no-channel', 'other', '131026']);
    expect(boundedLabel(9)('Ada said: hello')).to.equal('other');
    expect(boundedLabel(9)('x'.repeat(65))).to.equal('other');
  });

  it('count the CPU time of the process in seconds', async () => {
    const { cpuUsage } = process;
    const read = async (user: number, system: number) => {
      process.cpuUsage = () => ({ user, system });
      const text = await processMetrics().metrics();
      return ['user_', 'system_', ''].map((which) => Number(new RegExp(`^process_cpu_${which}seconds_total (.*)$`, 'm').exec(text)?.[1]));
    };
    try {
      const before = await read(1_000_000_000, 1_000_000_000);
      const after = await read(1_002_500_000, 1_000_750_000);
      expect(after.map((one, i) => (one - (before[i] ?? 0)).toFixed(6))).to.deep.equal(['2.500000', '0.750000', '3.250000']);
    } finally {
      process.cpuUsage = cpuUsage;
      // The real times are smaller, which a counter refuses once.
      await processMetrics()
        .metrics()
        .catch(() => {});
    }
  });

  it('tell a send by what came of it and why', async () => {
    const metrics = createMetrics();
    const meters = createMeters([createFigures(metrics)]);
    const refusal = { ok: false, kind: 'throttled', code: '130429', message: 'slower' } as const;
    const retry = { effect: 's1.1.1', outcome: 'retry', notBefore: at(9), reason: '', accepted: 0, providerIds: [] } as const;
    meters.send(claimOf(1)).ended({ effect: 's1.1.1', outcome: 'done', receipt: { ok: true, providerIds: ['a'] } });
    meters.send(claimOf(2)).ended({ ...retry, untried: true });
    const tried = meters.send(claimOf(3));
    tried.refused(refusal);
    tried.ended(retry);
    meters.send(claimOf(4)).ended({ effect: 's1.1.4', outcome: 'dead', error: { kind: 'blocked', code: '131026', message: '' } });
    expect(await series(metrics, 'parley_sends_total')).to.have.members([
      'parley_sends_total{channel="wa",outcome="sent",code=""} 1',
      'parley_sends_total{channel="wa",outcome="put-off",code=""} 1',
      'parley_sends_total{channel="wa",outcome="retry",code="130429"} 1',
      'parley_sends_total{channel="wa",outcome="failed",code="131026"} 1',
    ]);
  });

  it('tell a turn by its outcome: a bug is one, a store that is away is one, a conflict is counted beside', async () => {
    const metrics = createMetrics();
    const meters = createMeters([createFigures(metrics)]);
    const event = { id: 'e', at: at(0), type: 'message', message: aMessage('hi') } as const;
    const decision = { effects: [], decision: { kind: 'failed', reason: '', tried: [] }, path: [], warnings: [], matches: [] } as const;
    const session = { turn: 1 } as never;
    const slow = meters.turn('s1', event);
    slow.deciding();
    slow.committing();
    slow.conflicted();
    slow.deciding();
    slow.committing();
    slow.taken({ ...decision, session });
    meters.turn('s1', event).taken({ ...decision, session, bug: 'bug-1' });
    meters.turn('s1', event).ended('away');
    expect(await series(metrics, 'parley_turns_total')).to.have.members([
      'parley_turns_total{outcome="failed"} 1',
      'parley_turns_total{outcome="bug"} 1',
      'parley_turns_total{outcome="away"} 1',
    ]);
    expect(await series(metrics, 'parley_turn_conflicts_total')).to.deep.equal(['parley_turn_conflicts_total 1']);
  });

  it('tell how late a wait was taken up', async () => {
    const store = await openStore({ dataDir: '' }, silentLog);
    const wait = { id: 'w1', until: at(10), for: 'time' } as const;
    const frame = { kind: 'flow', flow: 'f', version: 1, nodeId: 'n', vars: {}, memory: {}, wait } as const;
    const run = { id: 'r', startedBy: 'api', place: 'foreground', startedAt: at(0), channel: 'wa', lane: 'reply', stack: [frame] } as const;
    const index = { status: 'waiting', positions: ['f@1#n'], wakeAt: at(10) } as const;
    await store.sessions.commit(aCommit('s1', 0, { state: aSession('s1', { turn: 1, runs: [run] }), index }));
    const late: number[] = [];
    await wakeSessions({
      store,
      takeTurn: async (session) => ({ kind: 'duplicate', session }),
      clock: manualClock(at(12.5)),
      jobs: { look() {}, soon() {}, stop: async () => {} },
      log: silentLog,
      meters: { ...silentMeters, wake: (millis) => late.push(millis) },
    });
    expect(late).to.deep.equal([2_500]);
    await store.close();
  });

  describe('of the store', () => {
    const CENSUS: Census = {
      sessions: { idle: 7, waiting: 3 },
      outbox: [
        { channel: 'wa', lane: 'reply', depth: 2, dueSince: at(40) },
        { channel: 'wa', lane: 'campaign', depth: 1, dueSince: at(90) },
      ],
    };
    function gauges(count: () => Promise<Census>) {
      const metrics = createMetrics();
      const time = { now: 0 };
      const parts = { metrics, count, clock: { now: () => at(60) }, log: silentLog, now: () => time.now };
      return { metrics, time, ...createCensusGauges(parts) };
    }

    it('are counted when somebody looks, and what is due later is not late', async () => {
      const { metrics, refresh } = gauges(async () => CENSUS);
      await refresh();
      expect(await series(metrics, 'parley_sessions{')).to.deep.equal([
        'parley_sessions{status="idle"} 7',
        'parley_sessions{status="waiting"} 3',
      ]);
      expect(await series(metrics, 'parley_outbox_depth{')).to.deep.equal([
        'parley_outbox_depth{channel="wa",lane="reply"} 2',
        'parley_outbox_depth{channel="wa",lane="campaign"} 1',
      ]);
      expect(await series(metrics, 'parley_outbox_oldest')).to.deep.equal([
        'parley_outbox_oldest_age_seconds{channel="wa",lane="reply"} 20',
        'parley_outbox_oldest_age_seconds{channel="wa",lane="campaign"} 0',
      ]);
    });

    it('are counted again after ten seconds, and after four times as long as the counting took', async () => {
      let counts = 0;
      let takes = 0;
      const world = gauges(async () => {
        counts += 1;
        world.time.now += takes;
        return CENSUS;
      });
      const look = async (now: number) => {
        world.time.now = now;
        await world.refresh();
        return counts;
      };
      expect([await look(0), await look(9_999)]).to.deep.equal([1, 1]);
      takes = 5_000;
      expect(await look(10_000)).to.equal(2);
      expect([await look(34_999), await look(35_000)]).to.deep.equal([2, 3]);
    });

    it('are gone while the store is away, and a lane that has emptied is gone, too', async () => {
      let answer: () => Promise<Census> = async () => CENSUS;
      const { metrics, time, refresh } = gauges(() => answer());
      await refresh();
      answer = async () => ({ ...CENSUS, outbox: [] });
      time.now = 10_000;
      await refresh();
      expect(await series(metrics, 'parley_outbox_depth{')).to.deep.equal([]);
      answer = () => Promise.reject(new OperationalError('store/away', 'away'));
      time.now = 20_000;
      await refresh();
      for (const name of ['parley_sessions{', 'parley_census_age_seconds ']) expect(await series(metrics, name)).to.deep.equal([]);
      answer = async () => CENSUS;
      await refresh();
      expect(await series(metrics, 'parley_sessions{')).to.have.length(2);
    });
  });

  it('tell how much caches hold when somebody looks', async () => {
    const opened = await openMeters(
      { figures: true },
      { count: async () => ({ sessions: { idle: 0, waiting: 0 }, outbox: [] }), clock: manualClock(), log: silentLog },
    );
    let programs = 1;
    opened.watch(() => ({ programs }));
    opened.watch(() => ({ pauses: 7 }));
    programs = 2;
    const lines = (await opened.show?.({ rooms: [], paces: [] }))?.text.split('\n').filter((line) => line.startsWith('parley_cached{'));
    expect(lines).to.deep.equal(['parley_cached{what="programs"} 2', 'parley_cached{what="pauses"} 7']);
  });

  it('what is not configured is not loaded', () => {
    const app = new URL('../support/test-app.js', import.meta.url).href;
    const loaded = (env: object) => {
      const script = `const { startTestApp } = await import('${app}'); const { app } = await startTestApp(${JSON.stringify(env)});
        const { createRequire } = await import('node:module');
        const names = Object.keys(createRequire('${app}').cache).map((file) => /node_modules\\/(prom-client|@opentelemetry)\\//.exec(file)?.[1]);
        process.stdout.write(JSON.stringify([...new Set(names)].filter(Boolean))); await app.stop(); process.exit(0);`;
      return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }));
    };
    expect(loaded({ METRICS: 'off' })).to.deep.equal([]);
    expect(loaded({})).to.deep.equal(['prom-client']);
  });
});
