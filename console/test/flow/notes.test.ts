import { expect } from 'chai';
import type { FlowDefinition } from '../../../src/contract/index.js';
import { addNote, noteAt, withoutNote } from '../../src/flow/notes.js';

const flow: FlowDefinition = { format: 'parley/1', code: 'noted', name: 'Noted', triggers: [], nodes: [], edges: [] };

describe('notes on the canvas', () => {
  it('are added with an id of their own, and removed; what else is there stays the same object', () => {
    const one = addNote({ x: 10.4, y: 20.6 })(flow);
    const two = addNote({ x: 10.4, y: 20.6 })(one);
    expect(one.notes?.map(noteAt)).to.deep.equal([{ text: '', x: 10, y: 21 }]);
    expect(new Set(two.notes?.map(({ id }) => id)).size).to.equal(2);
    expect(two.notes?.[0]).to.equal(one.notes?.[0]);
    expect(two.nodes).to.equal(flow.nodes);
    expect(withoutNote(1)(two)).to.deep.equal(one);
  });

  it('leave nothing behind: without the last one, the file is as it was', () => {
    expect(withoutNote(0)(addNote({ x: 0, y: 0 })(flow))).to.deep.equal(flow);
    expect(withoutNote(7)(flow)).to.equal(flow);
  });

  it('of other tools are drawn as far as they can be read', () => {
    const odd = [{}, { text: 7, position: 'here' }, { text: 'x', position: { x: null, y: Number.POSITIVE_INFINITY } }] as never[];
    expect(odd.map(noteAt)).to.deep.equal([
      { text: '', x: 0, y: 0 },
      { text: '', x: 0, y: 0 },
      { text: 'x', x: 0, y: 0 },
    ]);
  });
});
