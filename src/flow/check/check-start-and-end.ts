import type { Problem } from '../../contract/index.js';
import { nearestAmong } from '../nearest.js';
import type { Checked } from './checked.js';
import { error } from './finding.js';

/** One start, and an end. */
export function checkStartAndEnd({ nodes, gaps, world }: Checked): readonly Problem[] {
  const starts = nodes.filter(({ item }) => item.type === 'start');
  const second = starts.slice(1).map(({ item, at }) =>
    error({
      pointer: at,
      code: 'flow/two-starts',
      node: item.id,
      message: 'the flow has a second start',
      hint: 'Keep one start; lead other beginnings to the node after it.',
    }),
  );
  // A misspelt type that may have been meant is a problem of its own.
  const like = nearestAmong(['start', 'end']);
  const meant = new Set(nodes.filter(({ item }) => !world.nodeTypes.get(item.type)).flatMap(({ item }) => like(item.type)));
  const lacks = (type: string) => !gaps.has('nodes') && !meant.has(type) && !nodes.some(({ item }) => item.type === type);
  return [
    ...second,
    ...(lacks('start')
      ? [error({ pointer: '/nodes', code: 'flow/no-start', message: 'the flow has no start', hint: 'Add a node of type "start".' })]
      : []),
    ...(lacks('end')
      ? [error({ pointer: '/nodes', code: 'flow/no-end', message: 'the flow has no end', hint: 'Add a node of type "end".' })]
      : []),
  ];
}
