import type { Json, NodeProblem, Problem } from '../../contract/index.js';
import { valueAt } from '../compile.js';
import { attempt, type Checked, type KnownNode } from './checked.js';

/** What each node type has to say of its params itself; types are asked of wrong params, too, as far as they can read them. */
export function checkOwn(checked: Checked): readonly Problem[] {
  const linked = new Set(checked.edges.map(({ item }) => `${item.port} ${item.from}`));
  return checked.known.flatMap((one) => ownProblems(one, checked, linked));
}

function ownProblems(
  { node, at, type, loose, error }: KnownNode,
  { world, platforms }: Checked,
  linked: ReadonlySet<string>,
): readonly Problem[] {
  const world_ = { platforms, limits: world.limits, linked: (port: string) => linked.has(`${port} ${node.id}`) };
  const found: readonly NodeProblem[] = (loose === undefined ? undefined : attempt(() => type.check?.(loose, world_))) ?? [];
  // Of wrong params it may name a place that is not there.
  const isThere = ({ pointer }: NodeProblem) => error === undefined || holdsPlace(node.params, pointer);
  return found.filter(isThere).map(({ severity = 'error', pointer, ...rest }) => ({
    ...rest,
    pointer: `${at}/params${pointer}`,
    node: node.id,
    severity,
  }));
}

/** Is there a member at a pointer, or at least something that it could be a member of? */
function holdsPlace(params: Json, pointer: string): boolean {
  const holder = valueAt(params, pointer.slice(0, Math.max(0, pointer.lastIndexOf('/'))));
  return holder !== null && typeof holder === 'object';
}
