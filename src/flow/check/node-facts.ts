import { type AnyNodeType, type FlowNode, type PortRule, portsOf } from '../../contract/index.js';
import { attempt, type CheckWorld, type KnownNode } from './checked.js';

/** Returns the type of a node; that of the newest version if its own is unknown. */
export function typeOf({ type, version }: FlowNode, { nodeTypes }: CheckWorld): AnyNodeType | undefined {
  return nodeTypes.get(type, version) ?? nodeTypes.get(type);
}

/** Returns the names of the node types with a property, for hints: `"start"`, or several joined by `or`. */
export function namesOfTypes({ nodeTypes }: CheckWorld, property: 'startsFlow' | 'endsFlow' | 'boundsLoops'): string {
  return nodeTypes.all
    .filter((type) => type[property])
    .map(({ type }) => `"${type}"`)
    .join(' or ');
}

/** Returns the ports by which a node is left when nobody has answered in time. */
export function timeoutPorts({ type, params }: KnownNode): readonly string[] {
  const named = attempt(() => type.timeoutPorts?.(params));
  return named ?? portsOf(type.ports, params).flatMap(({ name, kind }) => (kind === 'time' ? [name] : []));
}

/** Returns the port for the time-out that a param switches on, and the name of the param; undefined if the type has none. */
export function timeoutBranch(rules: readonly PortRule[]): { readonly port: string; readonly param: string } | undefined {
  for (const rule of rules)
    if (!('each' in rule) && rule.kind === 'time' && typeof rule.when === 'string') return { port: rule.name, param: rule.when.slice(1) };
  return undefined;
}
