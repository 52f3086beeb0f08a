import { expect } from 'chai';
import type { FlowDefinition, FlowNode } from '../../../src/contract/flow.js';
import type { Json } from '../../../src/contract/json.js';
import { addNode, inOrder, newNode, removeNodes, setParam } from '../../src/flow/commands.js';
import { mainPort } from '../../src/flow/ports.js';
import { descriptors } from './support/descriptors.js';
import { readTemplate } from './support/read-template.js';

const when = { variable: 'v', operator: 'exists' };
const branch = (...names: readonly string[]): FlowNode => ({
  id: 'b',
  type: 'conditional-branch',
  params: { branches: names.map((name) => ({ name, when })) },
});

function flowOf(node: FlowNode, ports: readonly string[]): FlowDefinition {
  const others = ports.map((port) => ({ id: `to-${port}`, type: 'end', params: {} }));
  const edges = ports.map((port) => ({ from: node.id, port, to: `to-${port}` }));
  return { format: 'parley/1', code: 'f', name: 'F', triggers: [], nodes: [node, ...others], edges };
}

function set(pointer: string, value: Json | undefined) {
  return (flow: FlowDefinition) => {
    const node = flow.nodes[0] as FlowNode;
    return setParam({ node: node.id, pointer, value }, descriptors.get(node.type))(flow);
  };
}

const ways = (flow: FlowDefinition) => flow.edges.map(({ port, to }) => `${port} ${to}`);

describe('edges follow their ports', () => {
  it('when a port is renamed', () => {
    expect(ways(set('/branches/0/name', 'new')(flowOf(branch('a', 'b'), ['a', 'b', 'else'])))).to.deep.equal([
      'new to-a',
      'b to-b',
      'else to-else',
    ]);
    const whole = set('/branches', [
      { name: 'x', when },
      { name: 'b', when },
    ]);
    expect(ways(whole(flowOf(branch('a', 'b'), ['a', 'b'])))).to.deep.equal(['x to-a', 'b to-b']);
  });

  it('through names that are those of other ports, or none, while they are typed', () => {
    const typed = ['ye', 'y', '', undefined, 'n', 'no', 'el', 'else', 'elsewhere'].map((name) => set('/branches/0/name', name));
    const steps = typed.map((_, i) => ways(inOrder(...typed.slice(0, i + 1))(flowOf(branch('yes', 'n'), ['yes', 'n', 'else']))));
    expect(steps.map(([first]) => first)).to.deep.equal([
      'ye to-yes',
      'y to-yes',
      ' to-yes',
      ' to-yes',
      ' to-yes',
      'no to-yes',
      'el to-yes',
      'el to-yes',
      'elsewhere to-yes',
    ]);
    expect(steps.map(([, second, third]) => `${second}, ${third}`)).to.deep.equal(steps.map(() => 'n to-n, else to-else'));
  });

  it('when their order changes', () => {
    const turned = set('/branches', [
      { name: 'b', when },
      { name: 'a', when },
    ]);
    expect(ways(turned(flowOf(branch('a', 'b'), ['a', 'b'])))).to.deep.equal(['a to-a', 'b to-b']);
  });

  it('and go with a port that is removed', () => {
    expect(ways(set('/branches/0', undefined)(flowOf(branch('a', 'b'), ['a', 'b', 'else'])))).to.deep.equal(['b to-b', 'else to-else']);
    expect(ways(set('/branches', undefined)(flowOf(branch('a', 'b'), ['a', 'b', 'else'])))).to.deep.equal(['else to-else']);
    const wait: FlowNode = { id: 'w', type: 'wait-for-response', params: { timeoutBranch: true } };
    expect(ways(set('/timeoutBranch', false)(flowOf(wait, ['replied', 'notReplied'])))).to.deep.equal(['replied to-replied']);
  });

  it('but stay at ports that were unknown before', () => {
    expect(ways(set('/branches/0/title', 'A')(flowOf(branch('a'), ['a', 'gone'])))).to.deep.equal(['a to-a', 'gone to-gone']);
    expect(ways(set('/branches/0/name', 'gone')(flowOf(branch('a'), ['a', 'gone'])))).to.deep.equal(['a to-a', 'gone to-gone']);
  });
});

describe('translations follow their texts', () => {
  const choices = ['a', 'b', 'c'].map((id) => ({ id, title: id }));
  const node: FlowNode = {
    id: 'ask',
    type: 'send-message',
    params: { message: { type: 'text', text: 'Which?', choices } },
    locales: { de: { '/message/text': 'Welche?', '/message/choices/0/title': 'A', '/message/choices/2/title': 'C' } },
  };
  const texts = (flow: FlowDefinition) => (flow.nodes[0] as FlowNode).locales?.['de'];

  it('when members of lists are removed, or change their order', () => {
    expect(texts(set('/message/choices/0', undefined)(flowOf(node, [])))).to.deep.equal({
      '/message/text': 'Welche?',
      '/message/choices/1/title': 'C',
    });
    expect(texts(set('/message/choices', [choices[2], choices[0]] as Json)(flowOf(node, [])))).to.deep.equal({
      '/message/text': 'Welche?',
      '/message/choices/1/title': 'A',
      '/message/choices/0/title': 'C',
    });
  });

  it('and the texts that they were made from move with them', () => {
    const from = { ...node, translatedFrom: { de: { '/message/choices/2/title': 'old' } } };
    expect((set('/message/choices/0', undefined)(flowOf(from, [])).nodes[0] as FlowNode).translatedFrom).to.deep.equal({
      de: { '/message/choices/1/title': 'old' },
    });
  });

  it('and a text that changes marks its translation with what it was, once', () => {
    const typed = inOrder(set('/message/text', 'Which o'), set('/message/text', 'Which one?'), set('/message/choices/1/title', 'B'));
    expect((typed(flowOf(node, [])).nodes[0] as FlowNode).translatedFrom).to.deep.equal({ de: { '/message/text': 'Which?' } });
    expect(set('/message/choices/1/title', 'B')(flowOf(node, [])).nodes[0]).to.not.have.property('translatedFrom');
  });

  it('and stay the same object when nothing moves', () => {
    const flow = flowOf(node, []);
    expect((set('/message/choices/0/title', 'An A')(flow).nodes[0] as FlowNode).locales).to.equal(node.locales);
    expect((set('/message/text', undefined)(flow).nodes[0] as FlowNode).locales).to.equal(node.locales);
  });
});

describe('adding and removing nodes', () => {
  it('puts a node between, by its main port', () => {
    const flow = readTemplate('welcome');
    const type = descriptors.get('wait');
    if (!type) throw new Error('no wait');
    const node = newNode(type, flow, { x: 100.4, y: -0.2 });
    expect(node).to.deep.include({ type: 'wait', version: 1, position: { x: 100, y: 0 } });
    const by = mainPort(node, type)?.name;
    const after = addNode(node, { from: 'start', port: 'next', by })(flow);
    expect(after.edges[0]).to.deep.equal({ from: 'start', port: 'next', to: node.id });
    expect(after.edges.at(-1)).to.deep.equal({ from: node.id, port: 'next', to: 'greet' });
    // Removing it joins again what was joined before.
    expect(removeNodes([node.id], descriptors)(after)).to.deep.equal(flow);
  });

  it('joins over several removed nodes, and keeps the start', () => {
    const flow = readTemplate('welcome');
    const after = removeNodes(['start', 'greet', 'to-flows', 'to-code'], descriptors)(flow);
    expect(after.nodes.map(({ id }) => id))
      .to.include('start')
      .and.not.include('greet');
    expect(after.edges).to.deep.include.members([
      { from: 'start', port: 'next', to: 'name' },
      { from: 'which', port: 'flows', to: 'end' },
      { from: 'which', port: 'code', to: 'end' },
    ]);
  });

  it('does not join where several edges enter or leave, or a node would lead to itself', () => {
    const flow = readTemplate('welcome');
    expect(removeNodes(['late'], descriptors)(flow).edges.filter(({ port }) => port === 'notReplied')).to.deep.equal([]);
    expect(removeNodes(['which'], descriptors)(flow).edges.filter(({ from }) => from === 'interest')).to.have.lengthOf(1);
    const round = flowOf({ id: 'a', type: 'wait', params: {} }, ['next']);
    const circle = { ...round, edges: [...round.edges, { from: 'to-next', port: 'next', to: 'a' }] };
    expect(removeNodes(['to-next'], descriptors)(circle).edges).to.deep.equal([]);
  });
});
