import { expect } from 'chai';
import { plugins } from '../../../plugins/all.js';
import { portsOf } from '../../../src/contract/ports.js';
import { edgeOf, edgesByNode, mainPort, nextPort, portsOfNode, titleOfPort } from '../../src/flow/ports.js';
import { caseParams } from './support/cases.js';
import { descriptors } from './support/descriptors.js';

const nodeOf = (type: string, params: object) => ({ id: 'n', type, version: 1, params: { ...params } });

describe('ports of nodes', () => {
  it('are those of the engine, for the params of all cases of all plugins', () => {
    let compared = 0;
    for (const { node } of plugins)
      for (const params of caseParams.get(node.type) ?? []) {
        // The engine gets params with the defaults of their schema.
        const validated = node.params.validate(params).value as unknown;
        expect(portsOfNode(nodeOf(node.type, params), descriptors.get(node.type)), `${node.type} ${JSON.stringify(params)}`).to.deep.equal(
          portsOf(node.ports, validated),
        );
        compared++;
      }
    expect(compared).to.be.greaterThan(100);
  });

  it('hold what edges leave by that the type does not have, last', () => {
    const wait = descriptors.get('wait');
    const edges = ['next', 'gone', 'gone'].map((port) => ({ from: 'n', port, to: 'n' }));
    expect(portsOfNode(nodeOf('wait', {}), wait, edges).map(({ name }) => name)).to.deep.equal(['next', 'gone']);
    expect(portsOfNode(nodeOf('of-another-host', {}), undefined, edges).map(({ name }) => name)).to.deep.equal(['next', 'gone']);
    expect(mainPort(nodeOf('of-another-host', {}), undefined)).to.equal(undefined);
  });

  it('the next node is connected to the first way that leads nowhere, else to the main one', () => {
    const branch = descriptors.get('conditional-branch');
    const node = nodeOf('conditional-branch', { branches: [{ name: 'a' }, { name: 'b', title: 'B' }] });
    const edge = (port: string) => ({ from: 'n', port, to: 'n' });
    expect(mainPort(node, branch)?.name).to.equal('a');
    expect(nextPort(node, branch, [edge('a')])?.name).to.equal('b');
    expect(nextPort(node, branch, [edge('a'), edge('b'), edge('else')])?.name).to.equal('a');
  });

  it('have words: their title, else their name', () => {
    expect(['notReplied', 'else', ''].map((name) => titleOfPort({ name }))).to.deep.equal(['Not replied', 'Else', '']);
    expect(titleOfPort({ name: 'vip', title: 'Very important' })).to.equal('Very important');
    expect(titleOfPort({ name: 'vip', title: ' ' })).to.equal('Vip');
  });

  it('edges are found by their port and by their node', () => {
    const edges = [
      { from: 'a', port: 'next', to: 'b' },
      { from: 'b', port: 'next', to: 'a' },
      { from: 'a', port: 'failed', to: 'b' },
    ];
    const flow = { format: 'parley/1', code: 'f', name: 'F', triggers: [], nodes: [], edges } as const;
    expect(edgeOf(flow, { from: 'a', port: 'failed' })).to.equal(edges[2]);
    expect(edgesByNode(edges).get('a')).to.deep.equal([edges[0], edges[2]]);
  });
});
