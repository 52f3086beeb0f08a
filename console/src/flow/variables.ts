import type { FlowDefinition, FlowNode, NodeId } from '../../../src/contract/flow.js';
import type { Field } from '../../../src/contract/form.js';
import { isObject } from '../../../src/contract/json/json-members.js';
import { type Shape, typeOfShape } from '../../../src/contract/shape.js';
import type { NodeDescriptors } from '../api/descriptors.js';
import type { GivenName, Outline } from './outline.js';

/** A variable, or a member of a given object, that templates can read. */
export interface Variable {
  /** As templates write it: `order`, `contact.name`. */
  readonly name: string;
  readonly type?: string;
  /** What is in it, if more is known than its type. */
  readonly shape?: Shape;
  /** `set`: a node sets it. `declared`: the flow declares it. `given`: every flow has it. */
  readonly origin: 'set' | 'declared' | 'given';
  /** What it is, in the words of its declaration or of the host. */
  readonly sentence?: string;
  /** The nodes that set it. */
  readonly setBy: readonly NodeId[];
  /** Whether it can have a value here: it is given, declared with a value or an input, or a node on a way to this one sets it. */
  readonly isKnown: boolean;
}

/** What is known of the variables of a flow. */
export interface VariableSources {
  readonly flow: FlowDefinition;
  readonly descriptors: NodeDescriptors;
  /** Of the newest save; nodes that were changed since then are read here. */
  readonly outline?: Outline | undefined;
  readonly given: readonly GivenName[];
}

/**
 * Returns the variables for the completion in a field of a node, or of the flow itself: first those that the nodes before it set, the nearest
 * first, then declared and given ones, and at last those that have no value yet when the node is reached.
 */
export function variablesAt(node: NodeId | undefined, sources: VariableSources): readonly Variable[] {
  const { flow, given } = sources;
  const distance = distancesTo(node, flow);
  const drawn = drawnVariables(sources, { node, distance });
  const nearest = ({ setBy }: Variable) =>
    Math.min(Number.MAX_SAFE_INTEGER, ...setBy.map((id) => distance.get(id) ?? Number.MAX_SAFE_INTEGER));
  const known = drawn.filter(({ isKnown }) => isKnown).toSorted((a, b) => nearest(a) - nearest(b));
  const names = new Set(drawn.map(({ name }) => name));
  const { contact } = sources.outline ?? {};
  const asHere = given.map((one) => (contact && one.name === 'contact' ? { ...one, shape: contact } : one));
  const others = asHere.flatMap(givenVariables).filter(({ name }) => !names.has(name));
  return [...known, ...others, ...drawn.filter(({ isKnown }) => !isKnown)];
}

/** Returns the names of the variables that a node sets: what its fields for names of variables hold. */
export function namesSetBy(node: FlowNode, descriptors: NodeDescriptors): readonly string[] {
  const form = descriptors.get(node.type)?.form;
  return form ? [...new Set(namesIn(node.params, form))] : [];
}

function namesIn(value: unknown, field: Field): readonly string[] {
  if (field.kind === 'variable') return typeof value === 'string' && value !== '' ? [value] : [];
  if (Array.isArray(value)) return field.item ? value.flatMap((member) => namesIn(member, field.item ?? field)) : [];
  if (field.kind === 'alternatives') return field.anyOf?.flatMap((one) => namesIn(value, one)) ?? [];
  if (!isObject(value)) return [];
  if (field.kind === 'map') return Object.values(value).flatMap((member) => (field.item ? namesIn(member, field.item) : []));
  const chosen = field.variants?.cases.find(({ value: one }) => one === value[field.variants?.by ?? '']);
  return [...(field.fields ?? []), ...(chosen?.fields ?? [])].flatMap(({ name, field: member }) =>
    Object.hasOwn(value, name) ? namesIn(value[name], member) : [],
  );
}

interface Here {
  readonly node: NodeId | undefined;
  readonly distance: ReadonlyMap<NodeId, number>;
}

/** The variables that the flow declares or its nodes set. */
function drawnVariables({ flow, descriptors, outline }: VariableSources, { node, distance }: Here): readonly Variable[] {
  const setBy = grouped(flow.nodes.flatMap((one) => namesSetBy(one, descriptors).map((name) => [name, one.id] as const)));
  const declared = new Map((flow.variables ?? []).map((one) => [one.name, one]));
  const checked = new Map((outline?.variables ?? []).map((one) => [one.name, one]));
  return [...new Set([...declared.keys(), ...setBy.keys()])].map((name) => {
    const [declaration, nodes] = [declared.get(name), setBy.get(name) ?? []];
    const type = declaration?.type ?? checked.get(name)?.type;
    const shape = checked.get(name)?.shape;
    const hasValue = declaration?.input === true || (declaration?.default ?? null) !== null;
    return {
      name,
      ...(type === undefined ? {} : { type }),
      ...(shape === undefined ? {} : { shape }),
      origin: declaration ? 'declared' : 'set',
      ...(declaration?.title ? { sentence: declaration.title } : {}),
      setBy: nodes,
      isKnown: node === undefined || hasValue || nodes.some((id) => distance.has(id)),
    };
  });
}

/** Returns how many edges lead from each node to this one, on the shortest way; the node itself only if it is in a circle. */
function distancesTo(node: NodeId | undefined, { edges }: FlowDefinition): ReadonlyMap<NodeId, number> {
  const entering = grouped(edges.map(({ from, to }) => [to, from] as const));
  const distance = new Map<NodeId, number>();
  let next: readonly NodeId[] = node === undefined ? [] : [node];
  for (let i = 1; next.length > 0; i++) {
    const before = [...new Set(next.flatMap((id) => entering.get(id) ?? []))].filter((id) => !distance.has(id));
    for (const id of before) distance.set(id, i);
    next = before;
  }
  return distance;
}

function grouped(pairs: readonly (readonly [string, NodeId])[]): ReadonlyMap<string, readonly NodeId[]> {
  const found = new Map<string, NodeId[]>();
  for (const [name, id] of pairs) {
    const others = found.get(name);
    if (others) others.push(id);
    else found.set(name, [id]);
  }
  return found;
}

/** A given object is listed with each of its members. */
function givenVariables({ name, type, shape, sentence }: GivenName): readonly Variable[] {
  const members = typeof shape === 'object' && 'members' in shape ? Object.entries(shape.members) : [];
  const given = { origin: 'given', sentence, setBy: [], isKnown: true } as const;
  return [
    { name, ...(type === undefined ? {} : { type }), ...(shape === undefined ? {} : { shape }), ...given },
    ...members.map(([member, of]): Variable => {
      const known = typeOfShape(of);
      return { name: `${name}.${member}`, ...(known === undefined ? {} : { type: known }), ...given };
    }),
  ];
}
