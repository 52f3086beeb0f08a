import { valueAt } from './json/json-pointer.js';
import type { Json } from './json.js';

/**
 * Gives a node one port, or one for each member of a list in its params. A node type has a list of rules, the main port first.
 *
 * @example
 * ports: [{ name: 'replied' }, { name: 'notReplied', kind: 'time', when: '/timeoutBranch' }]
 * ports: [{ each: '/branches', name: '/name', title: '/title' }, { name: 'else' }]
 * ports: [{ each: '/choices', name: '/id', title: '/title', where: [{ pointer: '/kind', is: ['choice'] }] }, { name: 'next' }]
 */
export type PortRule = FixedPort | PortOfEach;

/** A port that the node type names. */
export interface FixedPort {
  readonly name: string;
  /** Shown instead of the name. */
  readonly title?: string;
  /** JSON Pointer to a text in the params that is shown instead of `title`, if there is one. */
  readonly titleAt?: string;
  /** Why the node is left by this port; `way` by default. */
  readonly kind?: PortKind;
  /** JSON Pointers into the params: the port exists only if there is a value at each of them that is not false, 0 or empty. */
  readonly when?: string | readonly string[];
  /** JSON Pointers into the params: the port does not exist if there is such a value at one of them. */
  readonly unless?: string | readonly string[];
}

/** A port for each member of a list in the params: its name is the author's. */
export interface PortOfEach {
  /** JSON Pointer to the list. */
  readonly each: string;
  /** The ports exist only if all of these are true. */
  readonly where?: readonly PortWhere[];
  /** True if the list may be left out, or be something else than a list: then there are no such ports. */
  readonly optional?: true;
  /** JSON Pointers into a member of the list. */
  readonly name: string;
  readonly title?: string;
}

/** A condition on the params: there is a value at the pointer that is not false, 0 or empty; with `is`, it is one of these values. */
export interface PortWhere {
  readonly pointer: string;
  readonly is?: readonly Json[];
}

/** `way`: the node did its part. `failure`: it could not. `time`: its time ran out. */
export type PortKind = 'way' | 'failure' | 'time';

/** A way out of a node. */
export interface Port {
  readonly name: string;
  readonly title?: string;
  readonly kind: PortKind;
  /** Where the params name the port, if the author does. */
  readonly pointer?: string;
}

/** Returns the ports of a node with these params, in the order of the rules. Never throws: what has the wrong form gives no port. */
export function portsOf(rules: readonly PortRule[], params: unknown): readonly Port[] {
  return rules.flatMap((rule) => ('each' in rule ? portsOfEach(rule, params) : exists(rule, params) ? [fixedPort(rule, params)] : []));
}

/** Returns whether `portsOf` knows all ports: false if the author's names for them cannot be read. */
export function arePortsKnown(rules: readonly PortRule[], params: unknown): boolean {
  return rules.every((rule) => {
    if (!('each' in rule)) return params !== undefined || (rule.when === undefined && rule.unless === undefined);
    const list = valueAt(params, rule.each);
    if (!isHere(rule, params) || (rule.optional && !Array.isArray(list))) return params !== undefined;
    return Array.isArray(list) && list.every((one) => typeof valueAt(one, rule.name) === 'string');
  });
}

/** Returns whether the author names ports of this type. */
export function hasOwnPorts(rules: readonly PortRule[]): boolean {
  return rules.some((rule) => 'each' in rule);
}

function fixedPort({ name, title, titleAt, kind = 'way' }: FixedPort, params: unknown): Port {
  const own = titleAt === undefined ? undefined : valueAt(params, titleAt);
  const shown = typeof own === 'string' && own !== '' ? own : title;
  return { name, kind, ...(shown === undefined ? {} : { title: shown }) };
}

function exists({ when = [], unless = [] }: FixedPort, params: unknown): boolean {
  const holds = (pointer: string) => Boolean(valueAt(params, pointer));
  return [when].flat().every(holds) && ![unless].flat().some(holds);
}

function isHere({ where = [] }: PortOfEach, params: unknown): boolean {
  return where.every(({ pointer, is }) => {
    const value = valueAt(params, pointer);
    return is === undefined ? Boolean(value) : is.some((one) => one === value);
  });
}

function portsOfEach(rule: PortOfEach, params: unknown): readonly Port[] {
  const { each, name, title } = rule;
  const list = valueAt(params, each);
  if (!Array.isArray(list) || !isHere(rule, params)) return [];
  return list.flatMap((one, i) => {
    const [named, shown] = [valueAt(one, name), title === undefined ? undefined : valueAt(one, title)];
    if (typeof named !== 'string') return [];
    return [{ name: named, kind: 'way', pointer: `${each}/${i}${name}`, ...(typeof shown === 'string' ? { title: shown } : {}) }];
  });
}
