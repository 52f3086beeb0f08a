import { expect } from 'chai';
import fc from 'fast-check';
import { inOrder } from '../../src/flow/commands.js';
import { isSame } from '../../src/flow/json-edit.js';
import { commandFor } from './support/any-command.js';
import { faultsIn, flows } from './support/flows.js';

const changes = flows.chain((flow) => commandFor(flow).map((one) => ({ flow, ...one })));

describe('commands', () => {
  it('leave a sound flow sound, and never throw', () => {
    fc.assert(
      fc.property(changes, ({ flow, command }) => {
        expect(faultsIn(command(flow))).to.deep.equal([]);
      }),
    );
  });

  it('do not touch the flow that they are given, which is how they are undone', () => {
    fc.assert(
      fc.property(changes, ({ flow, command }) => {
        const before = structuredClone(flow);
        command(flow);
        expect(flow).to.deep.equal(before);
      }),
    );
  });

  it('keep all nodes and edges that they are not about as the same objects', () => {
    fc.assert(
      fc.property(changes, ({ flow, command, touched }) => {
        const after = command(flow);
        for (const node of flow.nodes) if (!touched.includes(node.id)) expect(after.nodes).to.include(node);
        const still = after.edges.filter((edge) => flow.edges.some((one) => isSame(one, edge)));
        for (const edge of still) expect(flow.edges).to.include(edge);
      }),
    );
  });

  it('return the flow itself if there is nothing to change', () => {
    fc.assert(
      fc.property(changes, ({ flow, command }) => {
        const after = command(flow);
        if (isSame(after, flow)) expect(after).to.equal(flow);
      }),
    );
  });

  it('keep members of other tools', () => {
    fc.assert(
      fc.property(changes, ({ flow, command }) => {
        const after = command(flow);
        expect(Reflect.get(after, 'x-tool')).to.deep.equal(Reflect.get(flow, 'x-tool'));
        expect(Reflect.get(after.settings ?? {}, 'x-tool')).to.deep.equal(Reflect.get(flow.settings ?? {}, 'x-tool'));
        for (const node of after.nodes) {
          const before = flow.nodes.find(({ id }) => id === node.id);
          if (before) expect(Reflect.get(node, 'x-tool')).to.deep.equal(Reflect.get(before, 'x-tool'));
        }
      }),
    );
  });

  it('make flows that are JSON', () => {
    fc.assert(
      fc.property(changes, ({ flow, command }) => {
        const after = command(flow);
        expect(JSON.parse(JSON.stringify(after))).to.deep.equal(after);
      }),
    );
  });

  it('leave a sound flow sound when many follow each other', () => {
    fc.assert(
      fc.property(flows, fc.integer(), (flow, seed) => {
        const all = fc.sample(commandFor(flow), { numRuns: 20, seed });
        expect(faultsIn(inOrder(...all.map(({ command }) => command))(flow))).to.deep.equal([]);
      }),
      { numRuns: 30 },
    );
  });
});
