import { expect } from 'chai';
import { type AutosaveTalk, type Clashing, startAutosave } from '../../src/editor/autosave.js';
import { createEditorStore } from '../../src/editor/store.js';
import { mergeFlows } from '../../src/flow/merge.js';
import { fakeHost } from './support/fake-host.js';
import { FLOW, nameNode, nameOf } from './support/flow.js';
import { manualClock } from './support/manual-clock.js';

type Host = ReturnType<typeof fakeHost>;
type Clock = ReturnType<typeof manualClock>;

let editors = 0;

/** Opens an editor on what the host has. */
function editorOn(host: Host, clock: Clock, talk: Partial<AutosaveTalk> = {}) {
  const told: Parameters<AutosaveTalk['merged']>[0][] = [];
  const store = createEditorStore({ saved: { flow: host.draft, revision: host.revision, problems: [] } }, clock.now);
  const resolve = () => Promise.reject(new Error('nobody asked for a choice'));
  const autosave = startAutosave({
    store,
    api: host.for(`editor ${++editors}`),
    clock,
    merged: (theirs) => told.push(theirs),
    resolve,
    ...talk,
  });
  const name = (id: string, words: string) => store.getState().change('Name', nameNode(id, words));
  return { store, autosave, told, name, state: () => store.getState().saveState.is };
}

function world() {
  const clock = manualClock();
  const host = fakeHost(FLOW, clock);
  return { clock, host };
}

describe('autosave', () => {
  it('saves 800 ms after the last change, once for a burst', async () => {
    const { clock, host } = world();
    const { name, state } = editorOn(host, clock);
    name('ask', 'a');
    expect(state()).to.equal('edited');
    await clock.pass(500);
    name('ask', 'ab');
    await clock.pass(799);
    expect(host.calls).to.equal(0);
    await clock.pass(1);
    expect(state()).to.equal('saving');
    await clock.pass(200);
    expect(state()).to.equal('saved');
    expect(host.saves.map((flow) => nameOf(flow, 'ask'))).to.deep.equal(['ab']);
  });

  it('has the host save within two seconds, however long somebody types', async () => {
    const { clock, host } = world();
    const { name } = editorOn(host, clock);
    for (let i = 0; i < 20; i++) {
      name('ask', `word ${i}`);
      await clock.pass(100);
    }
    expect(host.saves).to.not.have.length(0);
  });

  it('has one save in flight, and begins the next with the revision that came back', async () => {
    const { clock, host } = world();
    host.latency = 2_000;
    const { name, state, store } = editorOn(host, clock);
    name('ask', 'a');
    await clock.pass(900);
    name('ask', 'b');
    await clock.pass(1_500);
    expect(host.calls).to.equal(1);
    await clock.pass(10_000);
    expect(state()).to.equal('saved');
    expect(store.getState().revision).to.equal(3);
    expect(nameOf(host.draft, 'ask')).to.equal('b');
  });

  it('saves nothing if undo leads back to what is saved', async () => {
    const { clock, host } = world();
    const { name, store, state } = editorOn(host, clock);
    name('ask', 'a');
    store.getState().undo();
    await clock.pass(5_000);
    expect(host.calls).to.equal(0);
    expect(state()).to.equal('saved');
  });

  it('tries again after 1, 2, 5 and 15 seconds, and at once when it is told to', async () => {
    const { clock, host } = world();
    host.latency = 0;
    host.refusal = 0;
    const { name, state, autosave } = editorOn(host, clock);
    name('ask', 'a');
    const calls: number[] = [];
    for (const millis of [800, 1_000, 2_000, 5_000, 15_000, 15_000]) {
      await clock.pass(millis - 1);
      calls.push(host.calls);
      await clock.pass(1);
    }
    expect(calls).to.deep.equal([0, 1, 2, 3, 4, 5]);
    expect(state()).to.equal('failed');
    host.refusal = undefined;
    autosave.saveNow();
    await clock.pass(0);
    expect(state()).to.equal('saved');
    expect(nameOf(host.draft, 'ask')).to.equal('a');
  });

  it('waits while nobody is signed in, and then goes on with all changes', async () => {
    const { clock, host } = world();
    host.refusal = 401;
    const { name, state, autosave } = editorOn(host, clock);
    name('ask', 'a');
    await clock.pass(2_000);
    expect(state()).to.equal('signed-out');
    name('end', 'b');
    await clock.pass(60_000);
    expect(host.calls).to.equal(1);
    host.refusal = undefined;
    autosave.saveNow();
    await clock.pass(500);
    expect(state()).to.equal('saved');
    expect([nameOf(host.draft, 'ask'), nameOf(host.draft, 'end')]).to.deep.equal(['a', 'b']);
  });

  it('does not try again what the host refuses, until something is changed', async () => {
    const { clock, host } = world();
    host.refusal = 422;
    const { name, state } = editorOn(host, clock);
    name('ask', 'a');
    await clock.pass(60_000);
    expect([state(), host.calls]).to.deep.equal(['refused', 1]);
    host.refusal = undefined;
    name('ask', 'b');
    await clock.pass(2_000);
    expect(state()).to.equal('saved');
  });
});

describe('a save whose answer is lost', () => {
  it('is known again by the editor: what was changed since is saved, and nobody is asked', async () => {
    const { clock, host } = world();
    const { name, state, told } = editorOn(host, clock);
    host.losesAnswers = true;
    name('ask', 'a');
    await clock.pass(1_000);
    expect([state(), nameOf(host.draft, 'ask')]).to.deep.equal(['failed', 'a']);
    host.losesAnswers = false;
    name('ask', 'ab');
    await clock.pass(5_000);
    expect([state(), nameOf(host.draft, 'ask'), told]).to.deep.equal(['saved', 'ab', []]);
  });
});

describe('two editors of a flow', () => {
  it('get the changes of both if they have changed different nodes, and are told', async () => {
    const { clock, host } = world();
    const [ada, grace] = [editorOn(host, clock), editorOn(host, clock)];
    grace.name('end', 'by Grace');
    await clock.pass(2_000);
    ada.name('ask', 'by Ada');
    await clock.pass(3_000);
    expect([nameOf(host.draft, 'ask'), nameOf(host.draft, 'end')]).to.deep.equal(['by Ada', 'by Grace']);
    expect(ada.store.getState().flow).to.deep.equal(host.draft);
    expect(ada.told).to.deep.equal([{ by: 'grace', nodes: ['end'] }]);
    expect(ada.state()).to.equal('saved');
  });

  it("keep the other's changes when one undoes", async () => {
    const { clock, host } = world();
    const [ada, grace] = [editorOn(host, clock), editorOn(host, clock)];
    ada.name('ask', 'first');
    await clock.pass(2_000);
    grace.name('end', 'by Grace');
    await clock.pass(3_000);
    ada.name('ask', 'second');
    await clock.pass(3_000);
    ada.store.getState().undo();
    ada.store.getState().undo();
    await clock.pass(3_000);
    expect([nameOf(host.draft, 'ask'), nameOf(host.draft, 'end')]).to.deep.equal([undefined, 'by Grace']);
  });

  it('are asked about a node that both have changed', async () => {
    const { clock, host } = world();
    const asked: Clashing[] = [];
    const ada = editorOn(host, clock, {
      async resolve(clashing) {
        asked.push(clashing);
        return mergeFlows(clashing.versions, new Map(clashing.clashes.map(({ key }) => [key, 'theirs'] as const))).flow;
      },
    });
    const grace = editorOn(host, clock);
    grace.name('ask', 'by Grace');
    await clock.pass(2_000);
    ada.name('ask', 'by Ada');
    ada.name('end', 'by Ada');
    await clock.pass(3_000);
    expect(asked.map(({ clashes, by }) => [clashes.map(({ key }) => key), by])).to.deep.equal([[['node ask'], 'grace']]);
    expect([nameOf(host.draft, 'ask'), nameOf(host.draft, 'end')]).to.deep.equal(['by Grace', 'by Ada']);
    expect(ada.state()).to.equal('saved');
  });

  it('lose nothing that is changed while the question is open', async () => {
    const { clock, host } = world();
    const answers: (() => void)[] = [];
    const ada = editorOn(host, clock, {
      resolve: ({ versions }) => new Promise((resolve) => answers.push(() => resolve(mergeFlows(versions).flow))),
    });
    const grace = editorOn(host, clock);
    grace.name('ask', 'by Grace');
    await clock.pass(2_000);
    ada.name('ask', 'by Ada');
    await clock.pass(3_000);
    expect(ada.state()).to.equal('clash');
    ada.name('end', 'meanwhile');
    answers.shift()?.();
    await clock.pass(3_000);
    answers.shift()?.();
    await clock.pass(3_000);
    expect([nameOf(host.draft, 'ask'), nameOf(host.draft, 'end')]).to.deep.equal(['by Ada', 'meanwhile']);
    expect(ada.state()).to.equal('saved');
  });
});
