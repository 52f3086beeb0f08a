import { expect } from 'chai';
import { packSteps, unpackSteps } from '../../src/editor/packed-steps.js';
import { createEditorStore, MAX_STEPS } from '../../src/editor/store.js';
import type { Command } from '../../src/flow/commands.js';
import { FLOW } from './support/flow.js';

const rename =
  (name: string): Command =>
  (flow) =>
    flow.name === name ? flow : { ...flow, name };
const without =
  (id: string): Command =>
  (flow) => ({ ...flow, nodes: flow.nodes.filter((node) => node.id !== id) });

function storeAt(clock = { now: 0 }) {
  return { clock, store: createEditorStore({ saved: { flow: FLOW, revision: 3, problems: [] } }, () => clock.now) };
}

describe('the store of an opened flow', () => {
  it('undoes and does again, by name', () => {
    const { store } = storeAt();
    store.getState().change('Rename', rename('Hi'));
    store.getState().change('Delete', without('end'));
    expect(store.getState().past.map(({ label }) => label)).to.deep.equal(['Rename', 'Delete']);
    store.getState().undo();
    expect(store.getState().flow).to.deep.equal({ ...FLOW, name: 'Hi' });
    expect(store.getState().future.map(({ label }) => label)).to.deep.equal(['Delete']);
    store.getState().undo();
    expect(store.getState().flow).to.equal(FLOW);
    store.getState().undo();
    expect(store.getState().flow).to.equal(FLOW);
    store.getState().redo();
    store.getState().redo();
    expect(store.getState().flow.nodes.map(({ id }) => id)).to.deep.equal(['start', 'ask']);
  });

  it('forgets what could be done again when something else is done', () => {
    const { store } = storeAt();
    store.getState().change('Rename', rename('Hi'));
    store.getState().undo();
    store.getState().change('Rename', rename('Hey'));
    expect(store.getState().future).to.deep.equal([]);
  });

  it('makes no step of a command that changes nothing', () => {
    const { store } = storeAt();
    store.getState().change('Rename', rename('Hello'));
    expect(store.getState().past).to.deep.equal([]);
  });

  it('joins a burst with the same key into one step, until a second has passed', () => {
    const { store, clock } = storeAt();
    for (const name of ['a', 'ab', 'abc']) {
      store.getState().change('Write', rename(name), 'name');
      clock.now += 999;
    }
    expect(store.getState().past).to.have.length(1);
    clock.now += 1;
    store.getState().change('Write', rename('abcd'), 'name');
    store.getState().change('Write', rename('abcde'), 'remark');
    expect(store.getState().past).to.have.length(3);
  });

  it('begins a new step after an undo, however quickly', () => {
    const { store } = storeAt();
    store.getState().change('Write', rename('a'), 'name');
    store.getState().undo();
    store.getState().change('Write', rename('b'), 'name');
    expect(store.getState().past.map(({ flow }) => flow.name)).to.deep.equal(['Hello']);
  });

  it(`keeps ${MAX_STEPS} steps`, () => {
    const { store } = storeAt();
    for (let i = 0; i < MAX_STEPS + 5; i++) store.getState().change('Rename', rename(`Hello ${i}`));
    expect(store.getState().past).to.have.length(MAX_STEPS);
    for (let i = 0; i < MAX_STEPS + 5; i++) store.getState().undo();
    expect(store.getState().flow.name).to.equal('Hello 4');
  });

  it('does not select nodes that are gone', () => {
    const { store } = storeAt();
    store.getState().select(['end']);
    store.getState().change('Delete', without('end'));
    expect(store.getState().selection).to.deep.equal([]);
  });

  it('leaves the flow alone when the host answers a save', () => {
    const { store } = storeAt();
    store.getState().change('Rename', rename('Hi'));
    const { flow } = store.getState();
    store.getState().change('Rename', rename('Hey'));
    store.getState().setSaved({ flow, revision: 4, problems: [] });
    expect(store.getState()).to.include({ saved: flow, revision: 4 });
    expect(store.getState().flow.name).to.equal('Hey');
  });

  it("brings another editor's changes into the steps of undo", () => {
    const { store } = storeAt();
    const theirs = { ...FLOW, remark: 'Theirs' };
    store.getState().change('Rename', rename('Hi'));
    store
      .getState()
      .setMerged({ ...theirs, name: 'Hi' }, { flow: theirs, revision: 4, problems: [] }, (step) => ({ ...step, remark: 'Theirs' }));
    store.getState().undo();
    expect(store.getState().flow).to.deep.equal(theirs);
  });
});

describe('steps in the store of the tab', () => {
  it('come back with their names, and share what they shared', () => {
    const { store } = storeAt();
    store.getState().change('Rename', rename('Hi'));
    store.getState().change('Delete', without('end'));
    store.getState().undo();
    const { flow, past, future } = store.getState();
    const read = unpackSteps(packSteps({ flow, past, future }));
    expect(read).to.deep.equal({ flow, past, future });
    expect(read?.past[0]?.flow.nodes).to.equal(read?.flow.nodes);
    expect(read?.future[0]?.flow.nodes[0]).to.equal(read?.flow.nodes[0]);
  });

  it('are nothing if the text is something else', () => {
    expect(unpackSteps('{')).to.equal(undefined);
    expect(unpackSteps('{"flows":1}')).to.equal(undefined);
  });
});
