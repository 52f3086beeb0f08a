import type { Edge, FlowDefinition, FlowNode, NodeId } from '../../../src/contract/flow.js';
import type { Json } from '../../../src/contract/json.js';
import { freshId } from './fresh-id.js';
import { isSame } from './json-edit.js';
import { mergedWithin, sideOf } from './merge-member.js';
import { mergedOrder } from './merge-order.js';

/** A flow that two people have changed. */
export interface Versions {
  /** What both began with. */
  readonly base: FlowDefinition;
  readonly mine: FlowDefinition;
  readonly theirs: FlowDefinition;
}

/** What to take where both have changed the same thing. `both`: their node stays, and mine becomes a copy of it. */
export type Choice = 'mine' | 'theirs' | 'both';

/** Something that both have changed, each in a different way. What one of them has removed is undefined. */
export type Clash =
  | (ClashOf<FlowNode> & { readonly kind: 'node'; readonly node: NodeId })
  | (ClashOf<Edge> & { readonly kind: 'way'; readonly from: NodeId; readonly port: string })
  | (ClashOf<Json> & { readonly kind: 'member'; readonly member: string });

interface ClashOf<T> {
  /** Names the clash in `choices`. */
  readonly key: string;
  readonly mine: T | undefined;
  readonly theirs: T | undefined;
  /** What can be chosen. */
  readonly choices: readonly Choice[];
}

/** Both changes in one flow. */
export interface Merged {
  readonly flow: FlowDefinition;
  /** Where both have changed the same thing, in the order of the flow. Without a choice, mine is in the flow. */
  readonly clashes: readonly Clash[];
  readonly theirs: {
    /** The nodes that they have added, removed or changed, or from which they have changed a way. */
    readonly nodes: readonly NodeId[];
    /** The nodes that they have only moved. */
    readonly moved: readonly NodeId[];
  };
}

/**
 * Merges what two people have done to a flow, by node, by edge, and by variable, setting and other members of the flow. Both have moved a node: it stays where I have moved
 * it. One has removed a node to or from which the other has led an edge: that is a clash, too. The edges that leave a node over which they clash go
 * with the node that is chosen.
 *
 * @param choices - what to take for clashes of a merge of the same versions, by key
 * @example
 * const merged = mergeFlows({ base: saved, mine: flow, theirs: draft });
 * if (merged.clashes.length > 0) … mergeFlows(versions, new Map([[merged.clashes[0].key, 'theirs']]))
 */
export function mergeFlows(versions: Versions, choices: ReadonlyMap<string, Choice> = new Map()): Merged {
  const nodes = mergeNodes(versions, choices);
  const edges = mergeEdges(versions, { choices, nodes });
  const members = mergeMembers(versions, choices);
  const flow = withMembers(versions.mine, { members: members.merged, nodes: nodes.list, edges: edges.list });
  const copied = copiesOfMine(flow, { mine: versions.mine, clashes: nodes.clashes, choices });
  return { flow: copied, clashes: [...members.clashes, ...nodes.clashes, ...edges.clashes], theirs: changedByThem(versions) };
}

type Side = 'mine' | 'theirs';

interface MergedNodes {
  readonly list: readonly FlowNode[];
  readonly clashes: readonly Extract<Clash, { readonly kind: 'node' }>[];
}

function mergeNodes(versions: Versions, choices: ReadonlyMap<string, Choice>): MergedNodes {
  const [base, mine, theirs] = [byId(versions.base.nodes), byId(versions.mine.nodes), byId(versions.theirs.nodes)];
  const linked = { mine: nodesOfNewEdges(versions, 'mine'), theirs: nodesOfNewEdges(versions, 'theirs') };
  const clashes: Extract<Clash, { readonly kind: 'node' }>[] = [];
  const order = mergedOrder({ base: [...base.keys()], mine: [...mine.keys()], theirs: [...theirs.keys()] });
  const list = order.flatMap((name): readonly FlowNode[] => {
    const [was, my, their] = [base.get(name), mine.get(name), theirs.get(name)];
    const { id } = (my ?? their ?? was) as FlowNode;
    const key = `node ${name}`;
    const isTornOff = was !== undefined && ((!my && their && linked.theirs.has(id)) || (!their && my && linked.mine.has(id)));
    const side = isTornOff ? 'clash' : sideOf({ was: was && unplaced(was), my: my && unplaced(my), their: their && unplaced(their) });
    if (side === 'clash') clashes.push({ kind: 'node', key, node: id, mine: my, theirs: their, choices: my && their ? ALL : SIDES });
    const choice = side === 'clash' ? (choices.get(key) ?? 'mine') : side;
    const chosen = choice === 'mine' ? my : their;
    // A copy of mine is made when the edges are known.
    return chosen ? [placed(chosen, { was, my, their })] : [];
  });
  return { list, clashes };
}

const ALL: readonly Choice[] = ['mine', 'theirs', 'both'];
const SIDES: readonly Choice[] = ['mine', 'theirs'];

/** The nodes from and to which one side has led edges that are new. */
function nodesOfNewEdges({ base, ...versions }: Versions, side: Side): ReadonlySet<NodeId> {
  const was = byPort(base.edges);
  const changed = versions[side].edges.filter((edge) => was.get(keyOf(edge))?.to !== edge.to);
  return new Set(changed.flatMap(({ from, to }) => [from, to]));
}

function unplaced({ position: _position, ...node }: FlowNode): Omit<FlowNode, 'position'> {
  return node;
}

/** Returns the node at its merged place; the same object if it is there already. */
function placed(
  node: FlowNode,
  { was, my, their }: { readonly was: FlowNode | undefined; readonly my: FlowNode | undefined; readonly their: FlowNode | undefined },
): FlowNode {
  if (!my || !their) return node;
  const position = isSame(my.position, was?.position) ? their.position : my.position;
  const same = [my, their].find((one) => isSame(one.position, position) && isSame(unplaced(one), unplaced(node)));
  return same ?? { ...unplaced(node), ...(position ? { position } : {}) };
}

function mergeEdges(
  versions: Versions,
  { choices, nodes }: { readonly choices: ReadonlyMap<string, Choice>; readonly nodes: MergedNodes },
): { readonly list: readonly Edge[]; readonly clashes: readonly Clash[] } {
  const [base, mine, theirs] = [byPort(versions.base.edges), byPort(versions.mine.edges), byPort(versions.theirs.edges)];
  const decided = new Map(nodes.clashes.map(({ node, key }) => [node, choices.get(key) ?? 'mine']));
  const lost = lostNodes(versions, nodes.list);
  const clashes: Clash[] = [];
  const order = mergedOrder({ base: [...base.keys()], mine: [...mine.keys()], theirs: [...theirs.keys()] });
  const list = order.flatMap((port): readonly Edge[] => {
    const [was, my, their] = [base.get(port), mine.get(port), theirs.get(port)];
    const { from, port: name } = (my ?? their ?? was) as Edge;
    const key = `way ${port}`;
    const withNode = decided.get(from);
    const side = withNode ?? sideOf({ was, my, their });
    if (side === 'clash' && !lost.has(from)) clashes.push({ kind: 'way', key, from, port: name, mine: my, theirs: their, choices: SIDES });
    const choice = side === 'clash' ? (choices.get(key) ?? 'mine') : side;
    const chosen = choice === 'mine' ? my : their;
    if (!chosen || lost.has(chosen.from) || lost.has(chosen.to)) return [];
    return [my && isSame(my, chosen) ? my : chosen];
  });
  return { list, clashes };
}

/** The nodes that somebody has, but the merged flow has not. */
function lostNodes({ base, mine, theirs }: Versions, list: readonly FlowNode[]): ReadonlySet<NodeId> {
  const kept = new Set(list.map(({ id }) => id));
  return new Set([base, mine, theirs].flatMap(({ nodes }) => nodes.map(({ id }) => id)).filter((id) => !kept.has(id)));
}

interface MergedMembers {
  /** The members of the flow beside its nodes and edges. */
  readonly merged: ReadonlyMap<string, unknown>;
  readonly clashes: readonly Clash[];
}

function mergeMembers({ base, mine, theirs }: Versions, choices: ReadonlyMap<string, Choice>): MergedMembers {
  const merged = new Map<string, unknown>();
  const clashes: Clash[] = [];
  for (const member of new Set([base, mine, theirs].flatMap((flow) => Object.keys(flow)))) {
    if (member === 'nodes' || member === 'edges') continue;
    const states = { was: memberOf(base, member), my: memberOf(mine, member), their: memberOf(theirs, member) };
    const key = `member ${member}`;
    const side = sideOf(states);
    const within = side === 'clash' ? mergedWithin(states) : undefined;
    if (side === 'clash' && within === undefined)
      clashes.push({ kind: 'member', key, member, mine: states.my, theirs: states.their, choices: SIDES });
    const choice = side === 'clash' ? (choices.get(key) ?? 'mine') : side;
    merged.set(member, within ?? (choice === 'theirs' ? states.their : states.my));
  }
  return { merged, clashes };
}

function memberOf(flow: FlowDefinition, member: string): Json | undefined {
  return Object.hasOwn(flow, member) ? (Reflect.get(flow, member) as Json | undefined) : undefined;
}

/** Returns a flow of merged parts; mine itself if nothing in it is different. */
function withMembers(
  mine: FlowDefinition,
  {
    members,
    nodes,
    edges,
  }: { readonly members: ReadonlyMap<string, unknown>; readonly nodes: readonly FlowNode[]; readonly edges: readonly Edge[] },
): FlowDefinition {
  const entries = [...members].filter(([, value]) => value !== undefined);
  const lists = { nodes: sameList(mine.nodes, nodes), edges: sameList(mine.edges, edges) };
  const flow = { ...Object.fromEntries(entries), ...lists } as FlowDefinition;
  return isSame(flow, mine) ? mine : flow;
}

function sameList<T>(mine: readonly T[], merged: readonly T[]): readonly T[] {
  return mine.length === merged.length && mine.every((one, i) => one === merged[i]) ? mine : merged;
}

/** How far a copy lies from the node that it was made of. */
const BESIDE = 32;

/** Adds copies of my nodes where both are chosen, with the edges that leave mine. */
function copiesOfMine(
  flow: FlowDefinition,
  {
    mine,
    clashes,
    choices,
  }: { readonly mine: FlowDefinition; readonly clashes: MergedNodes['clashes']; readonly choices: ReadonlyMap<string, Choice> },
): FlowDefinition {
  const both = clashes.filter(({ key, choices: possible }) => choices.get(key) === 'both' && possible.includes('both'));
  if (both.length === 0) return flow;
  const ids = new Set([...flow.nodes, ...mine.nodes].map(({ id }) => id));
  const copies = new Map(both.map(({ node: id }) => [id, freshId({ word: id, seed: 'mine' }, ids)]));
  const nodes = both.flatMap(({ node: id, mine: node }) => (node ? [copied(node, copies.get(id) ?? id)] : []));
  const present = new Set(flow.nodes.map(({ id }) => id));
  const edges = mine.edges.flatMap((edge) => {
    const from = copies.get(edge.from);
    return from !== undefined && present.has(edge.to) ? [{ ...edge, from }] : [];
  });
  return { ...flow, nodes: [...flow.nodes, ...nodes], edges: [...flow.edges, ...edges] };
}

function copied(node: FlowNode, id: NodeId): FlowNode {
  const { position } = node;
  return { ...node, id, ...(position ? { position: { ...position, x: position.x + BESIDE, y: position.y + BESIDE } } : {}) };
}

function changedByThem({ base, theirs }: Versions): Merged['theirs'] {
  const [was, is] = [byId(base.nodes), byId(theirs.nodes)];
  const [wereEdges, areEdges] = [byPort(base.edges), byPort(theirs.edges)];
  const ways = [...wereEdges, ...areEdges]
    .filter(([port]) => wereEdges.get(port)?.to !== areEdges.get(port)?.to)
    .map(([, { from }]) => from);
  const changed = new Set(ways);
  const moved: NodeId[] = [];
  for (const id of new Set([...was.keys(), ...is.keys()])) {
    const [before, after] = [was.get(id), is.get(id)];
    if (!before || !after || !isSame(unplaced(before), unplaced(after))) changed.add(id);
    else if (!isSame(before.position, after.position)) moved.push(id);
  }
  return { nodes: [...changed], moved: moved.filter((id) => !changed.has(id)) };
}

function byId(nodes: readonly FlowNode[]): ReadonlyMap<string, FlowNode> {
  return named(nodes, ({ id }) => id);
}

function byPort(edges: readonly Edge[]): ReadonlyMap<string, Edge> {
  return named(edges, keyOf);
}

function keyOf({ from, port }: Edge): string {
  return `${from} ${port}`;
}

/** Returns members by name. Drafts with mistakes can have a name twice; of these, the others get a number, so that none is lost. */
function named<T>(members: readonly T[], nameOf: (member: T) => string): ReadonlyMap<string, T> {
  const found = new Map<string, T>();
  for (const member of members) {
    const name = nameOf(member);
    let key = name;
    for (let i = 2; found.has(key); i++) key = `${name} #${i}`;
    found.set(key, member);
  }
  return found;
}
