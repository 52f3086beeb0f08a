import { type AnyNodeType, type Edge, type FlowNode, type Problem, portsOf } from '../../contract/index.js';
import { squashed } from '../../text/meant-name.js';
import type { Mend } from '../mends/mend.js';
import { nearestAmong } from '../nearest.js';
import type { Checked, Drawn } from './checked.js';
import { error } from './finding.js';
import { namesOfTypes, typeOf } from './node-facts.js';

/** Reports flows without a node at which runs begin, with two of them, or without a node at which they end. */
export function checkStartAndEnd(checked: Checked): readonly Problem[] {
  const { nodes, gaps, world } = checked;
  const starts = nodes.filter(({ item }) => typeOf(item, world)?.startsFlow);
  const second = starts.slice(1).map(({ item, at }) =>
    error({
      pointer: at,
      code: 'flow/two-starts',
      node: item.id,
      message: 'the flow has a second start',
      hint: 'Keep one start. Draw edges from there to other beginnings.',
    }),
  );
  const lacks = (property: 'startsFlow' | 'endsFlow') =>
    !gaps.has('nodes') && !nodes.some(({ item }) => typeOf(item, world)?.[property]) && !mayBeMeant({ nodes, world }, property);
  const missing = (code: string, property: 'startsFlow' | 'endsFlow', message: string) => {
    if (!lacks(property)) return [];
    const hint = `Add a node of type ${namesOfTypes(world, property)}.`;
    return [error({ pointer: '/nodes', code, message, hint, ...(property === 'startsFlow' ? withStart : withEnd)(checked) })];
  };
  return [
    ...second,
    ...missing('flow/no-start', 'startsFlow', 'the flow has no start'),
    ...missing('flow/no-end', 'endsFlow', 'the flow has no end'),
  ];
}

/** Adds the start that edges leave already; else one that leads to the only node that no edge leads to. */
function withStart({ nodes, edges, gaps, world }: Checked): Partial<Mend> {
  const type = onlyType(world, 'startsFlow');
  if (!type || gaps.has('edges')) return {};
  const ids = new Set(nodes.map(({ item }) => item.id));
  const open = new Set(edges.map(({ item }) => item.from).filter((id) => !ids.has(id)));
  const [named] = open;
  if (open.size === 1 && named !== undefined && squashed(named) === squashed(type.type))
    return withNode({ id: named, type: type.type }, []);
  const led = new Set(edges.map(({ item }) => item.to));
  const first = nodes.filter(({ item }) => !led.has(item.id) && !typeOf(item, world)?.endsFlow);
  const [only] = first;
  const [port] = portsOf(type.ports, {});
  if (open.size > 0 || first.length !== 1 || !only || !port || ids.has(type.type)) return {};
  return withNode({ id: type.type, type: type.type }, [{ from: type.type, port: port.name, to: only.item.id }]);
}

/** Adds the end that edges lead to already; else one that no edge leads to: a port without an edge ends the flow anyway. */
function withEnd({ nodes, edges, world }: Checked): Partial<Mend> {
  const type = onlyType(world, 'endsFlow')?.type;
  if (type === undefined) return {};
  const ids = new Set(nodes.map(({ item }) => item.id));
  const missing = new Set(edges.map(({ item }) => item.to).filter((id) => !ids.has(id)));
  const [named = type] = missing;
  const id = missing.size === 1 && squashed(named) === squashed(type) ? named : type;
  return ids.has(id) ? {} : withNode({ id, type }, []);
}

function withNode({ id, type }: Pick<FlowNode, 'id' | 'type'>, edges: readonly Edge[]): Mend {
  const led = edges.map(({ to }) => `, with an edge to "${to}"`).join('');
  return {
    mend: [
      { op: 'add', path: '/nodes/-', value: { id, type, params: {} } },
      ...edges.map((value) => ({ op: 'add' as const, path: '/edges/-', value: { ...value } })),
    ],
    hint: `Add a node "${id}" of type "${type}"${led}.`,
  };
}

function onlyType({ nodeTypes }: Checked['world'], property: 'startsFlow' | 'endsFlow'): AnyNodeType | undefined {
  const types = nodeTypes.all.filter((type) => type[property]);
  return types.length === 1 ? types[0] : undefined;
}

/** Returns whether a node has an unknown type whose name is nearly that of such a type: its misspelling is a problem of its own. */
function mayBeMeant(
  { nodes, world }: { readonly nodes: readonly Drawn<FlowNode>[] } & Pick<Checked, 'world'>,
  property: 'startsFlow' | 'endsFlow',
): boolean {
  const like = nearestAmong(world.nodeTypes.all.filter((type) => type[property]).map(({ type }) => type));
  return nodes.some(({ item }) => !typeOf(item, world) && like(item.type).length > 0);
}
