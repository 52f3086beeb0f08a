import { expect } from 'chai';
import fc from 'fast-check';
import type { FlowDefinition } from '../../../src/contract/index.js';
import { startAutosave } from '../../src/editor/autosave.js';
import type { Clock } from '../../src/editor/clock.js';
import { type Keep, type Kept, keepChanges } from '../../src/editor/keep.js';
import { openFlow } from '../../src/editor/open-flow.js';
import { createEditorStore } from '../../src/editor/store.js';
import { mergeFlows } from '../../src/flow/merge.js';
import { fakeHost } from './support/fake-host.js';
import { FLOW, nameNode, nameOf } from './support/flow.js';
import { manualClock } from './support/manual-clock.js';

/** An hour of somebody who edits, made short: what happens when, until the tab is killed. */
interface Session {
  /** How many milliseconds lie between two changes. */
  readonly pauses: readonly number[];
  readonly killedAt: number;
  readonly latency: number;
  /** How long the browser takes to write. */
  readonly writing: number;
  /** When the network goes away, and for how long. */
  readonly away: { readonly at: number; readonly millis: number };
  /** Somebody else names the end. */
  readonly othersAt: number;
}

const sessions: fc.Arbitrary<Session> = fc.record({
  pauses: fc.array(fc.integer({ min: 5, max: 2_500 }), { minLength: 1, maxLength: 30 }),
  killedAt: fc.integer({ min: 0, max: 30_000 }),
  latency: fc.integer({ min: 0, max: 1_500 }),
  writing: fc.integer({ min: 0, max: 300 }),
  away: fc.record({ at: fc.integer({ min: 0, max: 20_000 }), millis: fc.integer({ min: 0, max: 10_000 }) }),
  othersAt: fc.integer({ min: 0, max: 30_000 }),
});

/** A tab with the store of its browser, in which a write is there as a whole or not at all. Once it is killed, nothing happens in it. */
function fakeTab(world: Clock, { writing }: Session) {
  let kept: Kept | undefined;
  let isKilled = false;
  const clock: Clock = { now: world.now, after: (millis, act) => world.after(millis, () => (isKilled ? undefined : act())) };
  const written = async (next: Kept | undefined) => {
    await new Promise<void>((done) => clock.after(writing, done));
    kept = next;
  };
  const keep: Keep = { put: (next) => written(structuredClone(next)), remove: () => written(undefined) };
  return {
    clock,
    keep,
    kill(): Kept | undefined {
      isKilled = true;
      return kept;
    },
  };
}

/** Takes the person's own changes, but only after others have saved: nobody is asked about their own changes alone. */
function takeMineOf({ othersAt, killedAt }: Session) {
  return ({ versions }: { versions: Parameters<typeof mergeFlows>[0] }) =>
    othersAt <= killedAt
      ? Promise.resolve(mergeFlows(versions).flow)
      : Promise.reject(new Error('a person was asked about their own changes'));
}

/** Edits until the tab is killed. Answers with what lies in the browser and the last change that was older than a second. */
async function editUntilKilled(session: Session) {
  const clock = manualClock();
  const host = fakeHost(FLOW, clock);
  host.latency = session.latency;
  const tab = fakeTab(clock, session);
  const store = createEditorStore({ saved: { flow: host.draft, revision: host.revision, problems: [] } }, clock.now);
  keepChanges(store, tab.keep, tab.clock);
  startAutosave({ store, api: host.for('killed'), clock: tab.clock, merged: () => undefined, resolve: takeMineOf(session) });
  const changes: { readonly at: number; readonly number: number }[] = [];
  const change = (i: number) => {
    store.getState().change('Name', nameNode('ask', String(i)));
    changes.push({ at: clock.now(), number: i });
  };
  session.pauses.reduce((at, pause, i) => {
    tab.clock.after(at + pause, () => change(i + 1));
    return at + pause;
  }, 0);
  tab.clock.after(session.away.at, () => {
    host.refusal = 0;
  });
  tab.clock.after(session.away.at + session.away.millis, () => {
    host.refusal = undefined;
  });
  const isInTime = session.othersAt <= session.killedAt;
  if (isInTime)
    clock.after(session.othersAt, () => {
      host.draft = nameNode('end', 'theirs')(host.draft);
      host.editor = { id: 'another', changes: 1 };
      host.revision++;
    });
  await clock.pass(session.killedAt);
  const safe = changes.filter(({ at }) => at <= session.killedAt - 1_000).at(-1)?.number ?? 0;
  return { session, clock, host, kept: tab.kill(), safe };
}

/** Opens the flow again in a browser that has this, and lets it be saved. */
async function openAgain({ session, clock, host, kept }: Awaited<ReturnType<typeof editUntilKilled>>): Promise<FlowDefinition> {
  host.refusal = undefined;
  await clock.pass(10_000);
  const reading = host.read();
  await clock.pass(5_000);
  const draft = { ...(await reading), ...(host.editor === undefined ? {} : { editor: host.editor }) };
  const opened = openFlow(draft, { kept: kept ? [{ ...kept, id: 'killed' }] : [] });
  const store = createEditorStore(opened, clock.now);
  startAutosave({
    store,
    api: host.for('opened again'),
    clock,
    merged: () => undefined,
    resolve: takeMineOf(session),
  });
  await clock.pass(20_000);
  expect(store.getState().saveState.is).to.equal('saved');
  expect(store.getState().flow).to.deep.equal(host.draft);
  return host.draft;
}

describe('a tab that is killed at any moment', () => {
  it('has lost nothing that is older than a second, and nothing of others', async () => {
    await fc.assert(
      fc.asyncProperty(sessions, async (session) => {
        const killed = await editUntilKilled(session);
        const flow = await openAgain(killed);
        expect(Number(nameOf(flow, 'ask') ?? 0)).to.be.at.least(killed.safe);
        if (session.othersAt <= session.killedAt) expect(nameOf(flow, 'end')).to.equal('theirs');
      }),
      { numRuns: 500 },
    );
  }).timeout(60_000);
});
