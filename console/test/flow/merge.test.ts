import { expect } from 'chai';
import fc from 'fast-check';
import type { FlowDefinition } from '../../../src/contract/flow.js';
import { connect, disconnect, inOrder, moveNodes, removeNodes, setFlow, setNode, setParam } from '../../src/flow/commands.js';
import { isSame } from '../../src/flow/json-edit.js';
import { type Choice, type Clash, mergeFlows, type Versions } from '../../src/flow/merge.js';
import { commandFor } from './support/any-command.js';
import { descriptors } from './support/descriptors.js';
import { faultsIn, flows } from './support/flows.js';
import { readTemplate } from './support/read-template.js';

function changed(flow: FlowDefinition, seed: number): FlowDefinition {
  const commands = fc.sample(commandFor(flow), { numRuns: 3, seed });
  return inOrder(...commands.map(({ command }) => command))(flow);
}

const versions: fc.Arbitrary<Versions> = fc
  .tuple(flows, fc.integer(), fc.integer())
  .map(([base, a, b]) => ({ base, mine: changed(base, a), theirs: changed(base, b) }));

/** The nodes and edges in an order of their own. */
function inSomeOrder(flow: FlowDefinition): unknown {
  const sorted = <T>(list: readonly T[]) => list.map((one) => JSON.stringify(one)).toSorted();
  return { ...flow, nodes: sorted(flow.nodes), edges: sorted(flow.edges) };
}

function choose(clashes: readonly Clash[], choice: Choice): ReadonlyMap<string, Choice> {
  return new Map(clashes.map(({ key }) => [key, choice]));
}

describe('merging', () => {
  it('with nothing of theirs is mine, with nothing of mine theirs, and with the same of both that', () => {
    fc.assert(
      fc.property(versions, ({ base, mine, theirs }) => {
        const quiet = { clashes: [], theirs: { nodes: [], moved: [] } };
        expect(mergeFlows({ base, mine, theirs: base })).to.deep.equal({ flow: mine, ...quiet });
        expect(mergeFlows({ base, mine, theirs: base }).flow).to.equal(mine);
        expect(mergeFlows({ base, mine: base, theirs }).flow).to.deep.equal(theirs);
        expect(mergeFlows({ base, mine: base, theirs }).clashes).to.deep.equal([]);
        expect(mergeFlows({ base, mine, theirs: mine }).flow).to.equal(mine);
      }),
    );
  });

  it('leaves sound flows sound, whatever is chosen', () => {
    fc.assert(
      fc.property(versions, fc.constantFrom<Choice>('mine', 'theirs', 'both'), (three, choice) => {
        const { flow, clashes } = mergeFlows(three);
        expect(faultsIn(flow)).to.deep.equal([]);
        expect(faultsIn(mergeFlows(three, choose(clashes, choice)).flow)).to.deep.equal([]);
      }),
    );
  });

  it('gives the same whoever merges, if nothing clashes', () => {
    fc.assert(
      fc.property(versions, ({ base, mine, theirs }) => {
        const [one, other] = [mergeFlows({ base, mine, theirs }), mergeFlows({ base, mine: theirs, theirs: mine })];
        expect(one.clashes.map(({ key }) => key)).to.have.members(other.clashes.map(({ key }) => key));
        // Of two moves of a node mine counts.
        const places = new Map(base.nodes.map(({ id, position }) => [id, position]));
        const movedBy = (flow: FlowDefinition) =>
          flow.nodes.filter(({ id, position }) => !isSame(position, places.get(id))).map(({ id }) => id);
        const isTwiceMoved = movedBy(mine).some((id) => movedBy(theirs).includes(id));
        if (one.clashes.length === 0 && !isTwiceMoved) expect(inSomeOrder(one.flow)).to.deep.equal(inSomeOrder(other.flow));
      }),
    );
  });

  it('clashes only where both have changed the same, or one has removed what the other leads to', () => {
    fc.assert(
      fc.property(versions, (three) => {
        for (const clash of mergeFlows(three).clashes) {
          expect(isSame(clash.mine, clash.theirs)).to.equal(false);
          const isRemoved = clash.mine === undefined || clash.theirs === undefined;
          const before = stateOf(three.base, clash);
          expect(isRemoved || (!isSame(clash.mine, before) && !isSame(clash.theirs, before))).to.equal(true);
        }
      }),
    );
  });

  it('loses nothing: what each of both has changed is there, or in a clash', () => {
    fc.assert(
      fc.property(versions, (three) => {
        const { base } = three;
        const { clashes } = mergeFlows(three);
        for (const side of ['mine', 'theirs'] as const) {
          const { flow } = mergeFlows(three, choose(clashes, side));
          const clashing = new Set(clashes.flatMap((one) => (one.kind === 'node' ? [one.node] : [])));
          for (const node of three[side].nodes) {
            const isChanged = !isSame(content(base, node.id), content(three[side], node.id));
            if (isChanged || clashing.has(node.id)) expect(content(flow, node.id)).to.deep.equal(content(three[side], node.id));
          }
          for (const edge of three[side].edges) {
            const isChanged = !base.edges.some((one) => isSame(one, edge));
            if (isChanged)
              expect(
                flow.edges.some((one) => isSame(one, edge)),
                JSON.stringify(edge),
              ).to.equal(true);
          }
          for (const { id } of base.nodes)
            if (!content(three[side], id) && !clashing.has(id)) expect(content(flow, id)).to.equal(undefined);
        }
      }),
    );
  });

  it('keeps both as two nodes if that is chosen', () => {
    const base = readTemplate('welcome');
    const text = (value: string) => setParam({ node: 'greet', pointer: '/message/text', value }, descriptors.get('send-whatsapp-message'));
    const three = { base, mine: text('Mine')(base), theirs: inOrder(text('Theirs'), setNode('name', 'name', 'A name'))(base) };
    const merged = mergeFlows(three);
    expect(merged.clashes).to.have.lengthOf(1);
    expect(merged.clashes[0]).to.deep.include({ kind: 'node', node: 'greet', choices: ['mine', 'theirs', 'both'] });
    expect(merged.theirs).to.deep.equal({ nodes: ['greet', 'name'], moved: [] });
    const { flow } = mergeFlows(three, new Map([['node greet', 'both']]));
    const texts = flow.nodes.map(({ params }) => (params as { readonly message?: { readonly text: string } }).message?.text);
    expect(texts).to.include.members(['Mine', 'Theirs']);
    const copy = flow.nodes.at(-1);
    expect(flow.edges.filter(({ from }) => from === copy?.id)).to.deep.equal([{ from: copy?.id, port: 'next', to: 'name' }]);
    const { x, y } = base.nodes.find(({ id }) => id === 'greet')?.position ?? { x: 0, y: 0 };
    expect(copy?.position).to.deep.equal({ x: x + 32, y: y + 32 });
  });

  it('asks when one has removed a node to which the other has led an edge', () => {
    const base = readTemplate('welcome');
    const mine = removeNodes(['late'], descriptors)(base);
    const theirs = connect({ from: 'to-all', port: 'next', to: 'late' })(base);
    const merged = mergeFlows({ base, mine, theirs });
    expect(merged.clashes.map(({ key, choices }) => ({ key, choices }))).to.deep.equal([{ key: 'node late', choices: ['mine', 'theirs'] }]);
    expect(merged.flow.nodes.map(({ id }) => id)).to.not.include('late');
    const { flow } = mergeFlows({ base, mine, theirs }, new Map([['node late', 'theirs']]));
    expect(flow.edges).to.deep.include({ from: 'to-all', port: 'next', to: 'late' });
    expect(flow.edges).to.deep.include({ from: 'late', port: 'next', to: 'end' });
  });

  it('merges moves with changes, and members of the flow by their name', () => {
    const base = readTemplate('welcome');
    const mine = inOrder(moveNodes({ greet: { x: 1, y: 2 } }), setFlow('/name', 'Mine'), setFlow('/remark', 'Both'))(base);
    const theirs = inOrder(
      setNode('greet', 'name', 'Theirs'),
      setFlow('/settings/locale', 'de'),
      setFlow('/remark', 'Not the same'),
      disconnect({ from: 'late', port: 'next' }),
    )(base);
    const { flow, clashes } = mergeFlows({ base, mine, theirs });
    expect(flow.nodes[1]).to.deep.include({ name: 'Theirs', position: { x: 1, y: 2 } });
    expect(flow).to.deep.include({ name: 'Mine', remark: 'Both', settings: theirs.settings });
    expect(clashes).to.deep.equal([
      { kind: 'member', key: 'member remark', member: 'remark', mine: 'Both', theirs: 'Not the same', choices: ['mine', 'theirs'] },
    ]);
    expect(flow.edges).to.have.lengthOf(base.edges.length - 1);
  });

  it('merges variables, notes and settings by their names, and other lists as a whole', () => {
    const variable = (name: string, type = 'text') => ({ name, type });
    const base = setFlow('/variables', [variable('a'), variable('b')])(readTemplate('welcome'));
    const mine = inOrder(setFlow('/variables/-', variable('mine')), setFlow('/settings/locale', 'de'))(base);
    const theirs = inOrder(
      setFlow('/variables', [variable('b', 'number'), variable('theirs')]),
      setFlow('/settings/timeZone', 'Europe/Berlin'),
      setFlow('/notes', [{ id: 'n', text: 'A note' }]),
    )(base);
    const { flow, clashes } = mergeFlows({ base, mine, theirs });
    expect(clashes).to.deep.equal([]);
    expect(flow.variables).to.deep.equal([variable('b', 'number'), variable('theirs'), variable('mine')]);
    expect(flow.settings).to.deep.equal({ ...base.settings, locale: 'de', timeZone: 'Europe/Berlin' });
    expect(flow.notes).to.have.lengthOf(1);
    const keywords = (one: string) => setFlow('/triggers/0/match/keywords/-', one)(base);
    const triggers = mergeFlows({ base, mine: keywords('x'), theirs: keywords('y') }).clashes;
    expect(triggers.map(({ key }) => key)).to.deep.equal(['member triggers']);
  });

  it('loses no node of a draft with the same id twice', () => {
    const template = readTemplate('welcome');
    const base = { ...template, nodes: [...template.nodes, ...template.nodes.slice(-1)] };
    const theirs = setFlow('/name', 'Theirs')(base);
    expect(mergeFlows({ base, mine: moveNodes({ greet: { x: 1, y: 2 } })(base), theirs }).flow.nodes).to.have.lengthOf(base.nodes.length);
  });
});

function content(flow: FlowDefinition, id: string): unknown {
  const node = flow.nodes.find((one) => one.id === id);
  return node && { ...node, position: undefined };
}

function stateOf(flow: FlowDefinition, clash: Clash): unknown {
  if (clash.kind === 'node') return flow.nodes.find(({ id }) => id === clash.node);
  if (clash.kind === 'way') return flow.edges.find(({ from, port }) => from === clash.from && port === clash.port);
  return Reflect.get(flow, clash.member);
}
