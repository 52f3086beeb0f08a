import { expect } from 'chai';
import fc from 'fast-check';
import type { FlowDefinition, FlowNode } from '../../../src/contract/flow.js';
import { connect, inOrder, moveNodes, removeNodes, setFlow, setNode, setParam } from '../../src/flow/commands.js';
import { type Change, diffOf, type FieldChange } from '../../src/flow/diff.js';
import { withValueAt } from '../../src/flow/json-edit.js';
import { commandFor } from './support/any-command.js';
import { descriptors } from './support/descriptors.js';
import { flows } from './support/flows.js';
import { readTemplate } from './support/read-template.js';

/** What is left of a flow when places and orders do not count. */
function essence({ nodes, edges, ...rest }: FlowDefinition): unknown {
  const sorted = (list: readonly object[]) => list.map((one) => JSON.stringify(one, Object.keys(one).toSorted())).toSorted();
  return {
    rest,
    nodes: nodes.map(({ position: _position, ...node }) => node).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    edges: sorted(edges.map(({ from, port, to }) => ({ from, port, to }))),
  };
}

/** Does to a value what the changes say. */
function withFields<T>(value: T, fields: readonly FieldChange[]): T {
  const changed = fields.filter((one) => 'is' in one && 'was' in one);
  const removed = fields.filter((one) => !('is' in one)).toReversed();
  const added = fields.filter((one) => !('was' in one));
  const after = [...changed, ...removed].reduce((done, { pointer, is }) => withValueAt(done, pointer, is), value);
  return added.reduce((done, one) => withAdded(done, one), after);
}

function withAdded<T>(value: T, { pointer, is }: FieldChange): T {
  const [, at = '', index = ''] = /^(.*)\/([^/]*)$/.exec(pointer) ?? [];
  const list = at
    .split('/')
    .slice(1)
    .reduce<unknown>((one, part) => Reflect.get(one as object, part.replaceAll('~1', '/').replaceAll('~0', '~')), value);
  return Array.isArray(list) ? withValueAt(value, at, list.toSpliced(Number(index), 0, is)) : withValueAt(value, pointer, is);
}

/** Does to a flow what a change says. The ways that leave a new node are part of it: they are taken from the new flow. */
function applied(flow: FlowDefinition, change: Change, is: FlowDefinition): FlowDefinition {
  const { nodes, edges } = flow;
  switch (change.kind) {
    case 'flow':
      return withFields(flow, change.fields);
    case 'added':
      return { ...flow, nodes: [...nodes, change.node], edges: [...edges, ...is.edges.filter(({ from }) => from === change.node.id)] };
    case 'removed': {
      const { id } = change.node;
      return { ...flow, nodes: nodes.filter((node) => node.id !== id), edges: edges.filter(({ from, to }) => from !== id && to !== id) };
    }
    case 'changed':
      return { ...flow, nodes: nodes.map((node) => (node.id === change.was.id ? withFields<FlowNode>(node, change.fields) : node)) };
    case 'way': {
      const { from, port, is: to } = change;
      const others = edges.filter((edge) => edge.from !== from || edge.port !== port);
      return { ...flow, edges: to === undefined ? others : [...others, { from, port, to }] };
    }
  }
}

describe('differences', () => {
  it('are none between a flow and itself, or the same flow with its nodes elsewhere', () => {
    fc.assert(
      fc.property(flows, (flow) => {
        expect(diffOf(flow, flow)).to.deep.equal([]);
        expect(diffOf(flow, structuredClone(flow))).to.deep.equal([]);
        expect(diffOf(flow, moveNodes(Object.fromEntries(flow.nodes.map(({ id }, i) => [id, { x: i, y: 3 }])))(flow))).to.deep.equal([]);
      }),
    );
  });

  it('done to the old flow make the new one', () => {
    fc.assert(
      fc.property(flows, fc.integer(), (was, seed) => {
        const is = inOrder(...fc.sample(commandFor(was), { numRuns: 4, seed }).map(({ command }) => command))(was);
        const made = diffOf(was, is).reduce((flow, change) => applied(flow, change, is), was);
        expect(essence(made)).to.deep.equal(essence(is));
      }),
    );
  });

  it('name fields, ways, nodes and members of the flow', () => {
    const was = readTemplate('welcome');
    const offer = descriptors.get('send-whatsapp-message');
    const is = inOrder(
      setFlow('/settings/locale', 'de'),
      setParam({ node: 'greet', pointer: '/message/text', value: 'Hello!' }, offer),
      setParam({ node: 'offer', pointer: '/message/choices/1', value: undefined }, offer),
      setNode('name', 'name', undefined),
      setParam({ node: 'name', pointer: '/timeout', value: { value: 1, unit: 'hours' } }, descriptors.get('wait-for-response')),
      connect({ from: 'late', port: 'next', to: 'greet' }),
      removeNodes(['to-all'], descriptors),
    )(was);
    expect(diffOf(was, is).map(short)).to.deep.equal([
      'flow /settings/locale',
      'greet /params/message/text',
      'name /name /params/timeout',
      'offer /params/message/choices/1',
      'which else to-all → end',
      'late next end → greet',
      'removed to-all',
    ]);
  });
});

function short(change: Change): string {
  switch (change.kind) {
    case 'flow':
      return `flow ${change.fields.map(({ pointer }) => pointer).join(' ')}`;
    case 'changed':
      return `${change.is.id} ${change.fields.map(({ pointer }) => pointer).join(' ')}`;
    case 'way':
      return `${change.from} ${change.port} ${change.was} → ${change.is}`;
    default:
      return `${change.kind} ${change.node.id}`;
  }
}
