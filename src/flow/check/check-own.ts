import type { CheckScope, Json, NodeProblem, Problem } from '../../contract/index.js';
import { valueAt } from '../../contract/json/json-pointer.js';
import { placedIn } from '../../params/limit-problems.js';
import { attempt, type Checked, type KnownNode } from './checked.js';

/** Returns the problems that node types find in their params by `check`. It is called with invalid params, too. */
export function checkOwn(checked: Checked): readonly Problem[] {
  const scopeOf = ownScopes(checked);
  return checked.known.flatMap((one) => ownProblems(one, scopeOf(one)));
}

/** Returns a function that gives what the `check` of a node sees of the flow. */
export function ownScopes(checked: Checked): (one: KnownNode) => CheckScope {
  const linked = new Set(checked.edges.map(({ item }) => `${item.port} ${item.from}`));
  const shown = shownIn(checked);
  const timeZone = checked.settings.timeZone ?? checked.world.timeZone;
  return (one) => {
    const isLinked = (port: string) => linked.has(`${port} ${one.node.id}`);
    const { platforms, world, code } = checked;
    const { limits, mayCall, hasSetting } = world;
    const ofHost = { ...(code === undefined ? {} : { code }), ...(mayCall ? { mayCall } : {}), ...(hasSetting ? { hasSetting } : {}) };
    const seen = { platforms, limits, linked: isLinked, shows: (name: string) => shown.has(name), ...ofHost };
    return timeZone === undefined ? seen : { ...seen, timeZone };
  };
}

/** Returns the variables that a text shows as they are. */
function shownIn({ known, effort, read }: Checked): ReadonlySet<string> {
  const texts = known.flatMap(({ fields }) => fields.filter(({ holds, isAddress }) => holds === 'text' && !isAddress));
  const reads = texts.flatMap((field) => (effort.spend(0) ? read(field).reads : []));
  return new Set(reads.flatMap(({ path: [name, ...members] }) => (members.length === 0 ? [name] : [])));
}

function ownProblems({ node, at, type, loose, error }: KnownNode, world: CheckScope): readonly Problem[] {
  const found: readonly NodeProblem[] = (loose === undefined ? undefined : attempt(() => type.check?.(loose, world))) ?? [];
  // In invalid params it may report a place that does not exist.
  const isThere = ({ pointer }: NodeProblem) => error === undefined || holdsPlace(node.params, pointer);
  return found.filter(isThere).map((problem) => {
    const { severity = 'error', ...rest } = placedIn(`${at}/params`, problem);
    return { ...rest, node: node.id, severity };
  });
}

/** Returns whether a place exists, or at least the object that it would be a member of. */
function holdsPlace(params: Json, pointer: string): boolean {
  const holder = valueAt(params, pointer.slice(0, Math.max(0, pointer.lastIndexOf('/'))));
  return holder !== null && typeof holder === 'object';
}
