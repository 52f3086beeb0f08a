import type { Problem } from '../../contract/index.js';
import { nearestAmong } from '../nearest.js';
import type { Checked } from './checked.js';
import { error } from './finding.js';
import { namesOfTypes, typeOf } from './node-facts.js';

/** Reports flows without a node at which runs begin, with two of them, or without a node at which they end. */
export function checkStartAndEnd({ nodes, gaps, world }: Checked): readonly Problem[] {
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
  const missing = (code: string, property: 'startsFlow' | 'endsFlow', message: string) =>
    lacks(property) ? [error({ pointer: '/nodes', code, message, hint: `Add a node of type ${namesOfTypes(world, property)}.` })] : [];
  return [
    ...second,
    ...missing('flow/no-start', 'startsFlow', 'the flow has no start'),
    ...missing('flow/no-end', 'endsFlow', 'the flow has no end'),
  ];
}

/** Returns whether a node has an unknown type whose name is nearly that of such a type: its misspelling is a problem of its own. */
function mayBeMeant({ nodes, world }: Pick<Checked, 'nodes' | 'world'>, property: 'startsFlow' | 'endsFlow'): boolean {
  const like = nearestAmong(world.nodeTypes.all.filter((type) => type[property]).map(({ type }) => type));
  return nodes.some(({ item }) => !typeOf(item, world) && like(item.type).length > 0);
}
