import {
  GIVEN_OBJECTS,
  GIVEN_VARIABLES,
  type GivenVariable,
  joinShapes,
  type Shape,
  shapeOf,
  typeOfShape,
  type VariableDeclaration,
} from '../../contract/index.js';
import { attempt, type Checked, type KnownNode, namesSetBy } from '../check/checked.js';
import type { HeldField } from '../held-fields.js';
import { shapeOfRead } from './expression-shape.js';
import { type FlowGraph, graphOf } from './flow-graph.js';
import { groupsShape } from './groups-shape.js';
import { textsIn } from './texts-in.js';
import type { VariableShapes } from './variable-shapes.js';
import { type WalkBudget, type Walked, walkWithout } from './walk.js';

/** The maximum of ways between nodes that are looked at to tell which values arrive where. */
const MAX_WAYS = 300_000;

/** A value that a variable may have: of a node, or from the beginning. */
interface Source {
  readonly node: KnownNode | undefined;
  readonly shape: () => Shape;
}

/** Returns what the variables of a flow hold. Everything is found out when it is asked for. */
export function createShapes(checked: Omit<Checked, 'shapes'>): VariableShapes {
  let sources: ReadonlyMap<string, readonly Source[]> | undefined;
  const known = new Map<string, Shape>();
  const arriving = new Map<string, readonly Arriving[]>();
  const map = createMap(checked);

  const shapes: VariableShapes = {
    of(name) {
      const found = known.get(name);
      if (found !== undefined) return found;
      // A variable that is made of itself may hold anything.
      known.set(name, 'any');
      sources ??= sourcesIn(checked, shapes);
      const shape = joined((sources.get(name) ?? []).map((one) => one.shape()));
      known.set(name, shape);
      return shape;
    },
    at(name, node) {
      const anywhere = shapes.of(name);
      const all = sources?.get(name) ?? [];
      if (all.length < 2) return anywhere;
      const found = arriving.get(name);
      // A value that is made of the variable itself, such as a counter, asks again: what the variable holds anywhere is enough for it.
      if (found === undefined) arriving.set(name, []);
      const walks = found ?? (areAlike(all) ? [] : walksOf(name, all, map));
      arriving.set(name, walks);
      if (walks.length === 0) return anywhere;
      // A node may save it in one row and read it in the next.
      if (all.some((one) => one.node?.at === node)) return 'any';
      const place = map.places.get(node) ?? -1;
      return joined(walks.flatMap(({ walk, shape }) => (!walk || walk.has(place) ? [shape] : [])));
    },
  };
  return shapes;
}

/** The graph of a flow, made when it is needed, with the places of its nodes by their JSON Pointers. */
interface FlowMap {
  readonly places: ReadonlyMap<string, number>;
  readonly graph: () => FlowGraph;
  readonly budget: WalkBudget;
}

function createMap(checked: Omit<Checked, 'shapes'>): FlowMap {
  let graph: FlowGraph | undefined;
  return {
    places: new Map(checked.nodes.map(({ at }, i) => [at, i])),
    budget: { left: MAX_WAYS },
    graph() {
      graph ??= graphOf(checked);
      return graph;
    },
  };
}

function areAlike([first, ...others]: readonly Source[]): boolean {
  const shape = JSON.stringify(first?.shape());
  return others.every((one) => JSON.stringify(one.shape()) === shape);
}

function joined([first, ...others]: readonly Shape[]): Shape {
  return first === undefined ? 'any' : others.reduce(joinShapes, first);
}

/** A value and the nodes at which it arrives; without a walk it may arrive anywhere. */
interface Arriving {
  readonly shape: Shape;
  readonly walk: Walked | undefined;
}

function walksOf(name: string, sources: readonly Source[], { places, graph, budget }: FlowMap): readonly Arriving[] {
  const { nodes, start = 0 } = graph();
  return sources.map(({ node, shape }) => {
    const place = node ? (places.get(node.at) ?? start) : start;
    const exits = (node && nodes[place]?.exits) ?? [];
    const from = node ? exits.filter(({ sets }) => sets.has(name)).map((exit) => ({ node: place, exit })) : [{ node: place }];
    return { shape: shape(), walk: walkWithout(name, { graph: graph(), from, budget }) };
  });
}

/** Returns where the values of each variable come from. */
function sourcesIn(checked: Omit<Checked, 'shapes'>, shapes: VariableShapes): ReadonlyMap<string, readonly Source[]> {
  const found = new Map<string, Source[]>();
  const add = (name: string, source: Source) => {
    const list = found.get(name);
    if (list) list.push(source);
    else found.set(name, [source]);
  };
  const given: readonly GivenVariable[] = GIVEN_VARIABLES;
  for (const { name, type = 'text' } of given) add(name, atBeginning(type));
  for (const { name, shape } of GIVEN_OBJECTS)
    add(name, { node: undefined, shape: () => givenShape({ name, shape }, { checked, shapes }) });
  for (const { item } of checked.variables) {
    const shape = declaredShape(item);
    if (shape !== undefined) add(item.name, atBeginning(shape));
  }
  for (const node of checked.known) {
    let types: Readonly<Record<string, Shape>> | undefined;
    const told = () => {
      types ??= attempt(() => node.type.setTypes?.(node.loose)) ?? {};
      return types;
    };
    for (const name of savedBy(node)) add(name, { node, shape: () => savedShape({ name, node, told }, { checked, shapes }) });
  }
  const readable = new Set(checked.known.filter(({ error }) => !error).map(({ at }) => at));
  // A node that cannot be read may set any name in its params.
  for (const { item, at } of checked.nodes)
    if (!readable.has(at)) for (const name of new Set(textsIn(item.params))) add(name, atBeginning('any'));
  return found;
}

function atBeginning(shape: Shape): Source {
  return { node: undefined, shape: () => shape };
}

/** Returns what a declared variable holds at the beginning of a run; undefined if that is nothing. */
function declaredShape({ type, default: value = null, input }: VariableDeclaration): Shape | undefined {
  if (input) return type;
  if (value === null) return undefined;
  const shape = shapeOf(value);
  return typeOfShape(shape) === type ? shape : type;
}

const OF_CONTACT = 'contact.';

/** The variables, and fields of the contact as `contact.<field>`, that a node saves. */
function savedBy(node: KnownNode): ReadonlySet<string> {
  const ofContact = node.fields.flatMap(({ holds, value }) => (holds === 'variable' && value.startsWith(OF_CONTACT) ? [value] : []));
  return new Set([...namesSetBy(node), ...ofContact]);
}

interface Around {
  readonly checked: Omit<Checked, 'shapes'>;
  readonly shapes: VariableShapes;
}

interface Saving {
  readonly name: string;
  readonly node: KnownNode;
  /** Returns what the type of the node says of the variables that it sets. */
  readonly told: () => Readonly<Record<string, Shape>>;
}

/** Returns what a node saves in a variable: what its type says, else what the expression gives that is saved in it. */
function savedShape({ name, node, told }: Saving, around: Around): Shape {
  const { type, loose, fields } = node;
  if (node.error) return 'any';
  const types = told();
  const own = Object.hasOwn(types, name) ? (types[name] ?? 'any') : 'any';
  // What a person sends instead of words is saved as it is: a place, a file.
  if (own === 'text' && attempt(() => type.waitsFor?.(loose)) === 'message') return 'any';
  if (own !== 'any') return own;
  return joined(fields.filter(({ savedAs }) => savedAs === name).map((field) => shapeOfField(field, node, around)));
}

const ONE_EXPRESSION = /^\{\{-?((?:(?!\}\}|\{\{)[\s\S])*)-?\}\}$/;

function shapeOfField(field: HeldField, node: KnownNode, { checked, shapes }: Around): Shape {
  const { holds, value } = field;
  if (holds === 'json' && !ONE_EXPRESSION.test(value)) return 'text';
  if (!checked.effort.spend(0)) return 'any';
  const [first] = checked.read(field).reads;
  if (first?.use !== 'shown') return 'any';
  if (holds !== 'result') return shapeOfRead(shapes.at(first.path[0], node.at), first) ?? 'any';
  const result = (node.error ? undefined : attempt(() => node.type.resultShape?.(node.loose))) ?? 'any';
  return shapeOfRead(result, { ...first, path: ['', ...first.path] }) ?? 'any';
}

/** Returns what a given object holds in this flow: the contact has the fields that it sets, `match` the groups of its triggers. */
function givenShape({ name, shape }: { readonly name: string; readonly shape: Shape }, { checked, shapes }: Around): Shape {
  if (name === 'match') return groupsShape(checked);
  if (name !== 'contact' || typeof shape === 'string' || !('members' in shape)) return shape;
  const fields = checked.known.flatMap((node) => [...savedBy(node)].filter((one) => one.startsWith(OF_CONTACT)));
  if (fields.length === 0) return shape;
  const set = [...new Set(fields)].map((field) => [field.slice(OF_CONTACT.length), shapes.of(field)] as const);
  return { ...shape, members: { ...Object.fromEntries(set), ...shape.members } };
}
