import { expect } from 'chai';
import type { FlowDefinition, JsonPatch } from '../../../src/contract/index.js';
import { createEditorStore } from '../../src/editor/store.js';
import { mendProblems } from '../../src/flow/mend.js';

const flow = {
  format: 'parley/1',
  code: 'welcome',
  name: 'Welcome',
  triggers: [{ type: 'TriggeredManually' }],
  nodes: [
    { id: 'start', type: 'start', params: {} },
    { id: 'ask', type: 'ask-question', params: { anser: { type: 'text' } } },
    { id: 'end', type: 'end', params: {} },
  ],
  edges: [
    { from: 'start', port: 'next', to: 'ask' },
    { from: 'ask', port: 'next', to: 'end' },
    { from: 'ask', port: 'next', to: 'end' },
  ],
} as unknown as FlowDefinition;
const RENAME: JsonPatch = [{ op: 'move', from: '/nodes/1/params/anser', path: '/nodes/1/params/answer' }];
const PORT: JsonPatch = [{ op: 'replace', path: '/edges/1/port', value: 'answered' }];
const TWICE: JsonPatch = [{ op: 'remove', path: '/edges/2' }];
const LAST: JsonPatch = [{ op: 'add', path: '/nodes/-', value: { id: 'bye', type: 'end', params: {} } }];

describe('mends of problems', () => {
  it('rename, replace, add and remove, and keep all else as the same objects', () => {
    const mended = mendProblems([RENAME, PORT, LAST, TWICE], flow)(flow);
    expect(mended.nodes[1]?.params).to.deep.equal({ answer: { type: 'text' } });
    expect(mended.nodes.map(({ id }) => id)).to.deep.equal(['start', 'ask', 'end', 'bye']);
    expect(mended.edges).to.deep.equal([flow.edges[0], { from: 'ask', port: 'answered', to: 'end' }]);
    expect([mended.nodes[0], mended.edges[0], mended.triggers]).to.deep.equal([flow.nodes[0], flow.edges[0], flow.triggers]);
    expect(mended.nodes[0]).to.equal(flow.nodes[0]);
  });

  it('are one step that can be undone', () => {
    const store = createEditorStore({ saved: { flow, revision: 1, problems: [] } }, () => 0);
    const { change, undo } = store.getState();
    change('Mend all', mendProblems([RENAME, PORT], flow));
    expect(store.getState().past.map(({ label }) => label)).to.deep.equal(['Mend all']);
    undo();
    expect(store.getState().flow).to.equal(flow);
  });

  it('change nothing where somebody has changed it since the check', () => {
    const changed = { ...flow, edges: [{ from: 'ask', port: 'invalid', to: 'end' }, ...flow.edges] };
    expect(mendProblems([PORT], flow)(changed)).to.equal(changed);
    expect(mendProblems([RENAME], flow)(changed)).to.not.equal(changed);
  });
});
