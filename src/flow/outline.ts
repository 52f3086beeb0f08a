import { GIVEN_OBJECTS, GIVEN_VARIABLES, type NodeId, type Shape, typeOfShape, type VariableType } from '../contract/index.js';
import { unreachableNodes } from './check/check-reach.js';
import { attempt, type Checked, type KnownNode, namesSetBy } from './check/checked.js';

/** What an editor knows of a flow beside its problems: which variables there are, and which nodes nobody reaches. */
export interface FlowOutline {
  /** Declared variables first, then those that nodes set or read, in the order of the nodes. Given variables only if nodes set them. */
  readonly variables: readonly OutlinedVariable[];
  /** What the contact holds, with the fields that nodes of the flow set; absent if they set none. */
  readonly contact?: Shape;
  readonly unreachable: readonly NodeId[];
}

/** A variable of a flow, with the nodes that set and read it. */
export interface OutlinedVariable {
  readonly name: string;
  /** Absent if it is not known. */
  readonly type?: VariableType;
  /** What is in a list or an object, as far as it is known. */
  readonly shape?: Shape;
  readonly declared?: true;
  readonly setBy: readonly NodeId[];
  readonly readBy: readonly NodeId[];
}

export const EMPTY_OUTLINE: FlowOutline = { variables: [], unreachable: [] };

/** Returns the outline of a flow, as far as its parts have the right form. */
export function outlineOf(checked: Checked): FlowOutline {
  const uses = new Map<string, Use>();
  for (const { item } of checked.variables) useOf(uses, item.name, { type: item.type, declared: true });
  for (const one of checked.known) noteSets(one, uses);
  for (const one of checked.known) noteReads(one, checked, uses);
  const variables = [...uses].map(([name, { type: told, declared, setBy, readBy }]) => {
    const shape = checked.shapes.of(name);
    const type = told ?? typeOfShape(shape);
    return {
      name,
      ...(type ? { type } : {}),
      ...(typeof shape === 'object' ? { shape } : {}),
      ...(declared ? { declared } : {}),
      setBy: [...setBy],
      readBy: [...readBy],
    };
  });
  const contact = checked.shapes.of('contact');
  return { variables, ...(contact === CONTACT ? {} : { contact }), unreachable: unreachableNodes(checked).map(({ item }) => item.id) };
}

interface Use {
  readonly type?: VariableType | undefined;
  readonly declared?: true;
  readonly setBy: Set<NodeId>;
  readonly readBy: Set<NodeId>;
}

function useOf(uses: Map<string, Use>, name: string, known: Pick<Use, 'type' | 'declared'> = {}): Use {
  const use = uses.get(name) ?? { ...known, setBy: new Set(), readBy: new Set() };
  uses.set(name, use);
  return use;
}

function noteSets(one: KnownNode, uses: Map<string, Use>): void {
  const { node, type, loose, error } = one;
  const types = (error ? undefined : attempt(() => type.setTypes?.(loose))) ?? {};
  for (const name of namesSetBy(one))
    useOf(uses, name, { type: Object.hasOwn(types, name) ? typeOfShape(types[name] ?? 'any') : undefined }).setBy.add(node.id);
}

const CONTACT = GIVEN_OBJECTS.find(({ name }) => name === 'contact')?.shape;
const GIVEN: ReadonlySet<string> = new Set([...GIVEN_OBJECTS, ...GIVEN_VARIABLES].map(({ name }) => name));

function noteReads({ node, fields }: KnownNode, { read, effort }: Checked, uses: Map<string, Use>): void {
  for (const field of fields) {
    // An expression over a result reads no variables.
    if (field.holds === 'result' || field.holds === 'regex' || !effort.spend(0)) continue;
    for (const { path } of read(field).reads) {
      const [root] = path;
      if (uses.has(root) || !GIVEN.has(root)) useOf(uses, root).readBy.add(node.id);
    }
  }
}
