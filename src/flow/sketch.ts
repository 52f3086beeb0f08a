import type { Edge, FlowCode, FlowNode, FlowSettings, JsonObject, Problem, Trigger, VariableDeclaration } from '../contract/index.js';
import { isObject } from '../contract/json/json-members.js';
import type { Drawn, ListName } from './check/checked.js';
import { envelopeForm, listIn, withinLimits } from './envelope.js';
import type { NodeTypes } from './program.js';

/** The parts of a body that have the right form, with their places, and the problems of form of the rest. */
export interface Sketch {
  readonly problems: readonly Problem[];
  readonly code?: FlowCode;
  readonly nodes: readonly Drawn<FlowNode>[];
  readonly edges: readonly Drawn<Edge>[];
  readonly triggers: readonly Drawn<Trigger>[];
  readonly variables: readonly Drawn<VariableDeclaration>[];
  readonly settings: FlowSettings;
  /** The JSON Pointers of nodes that have no member `params`. */
  readonly withoutParams: ReadonlySet<string>;
  /** Lists that are missing or have members of the wrong form. */
  readonly gaps: ReadonlySet<ListName>;
}

/**
 * Reads as much of a flow file as has the right form, so that a mistake of form hides no other mistake. A node with a wrong remark keeps its
 * id, its type and its params; an edge without a port is left out.
 */
export function sketchOf(body: unknown, { describe }: Pick<NodeTypes, 'describe'>): Sketch {
  const { problems, unread } = envelopeForm(body, describe);
  const broken = new Set(problems.flatMap(({ pointer }) => prefixesOf(pointer)));
  const cut = withinLimits(body);
  const file: JsonObject = isObject(cut) ? cut : {};
  const gaps = new Set<ListName>();
  const listOf = <T>(name: ListName, read: (one: JsonObject, at: string) => T | undefined): readonly Drawn<T>[] => {
    if (!Array.isArray(file[name]) && (name !== 'variables' || file[name] !== undefined)) gaps.add(name);
    return listIn(file, name).flatMap((one, i) => {
      const at = `/${name}/${i}`;
      const item = isObject(one) && !unread.has(at) ? read(one, at) : undefined;
      if (item === undefined) gaps.add(name);
      return item === undefined ? [] : [{ item, at }];
    });
  };
  const withoutParams = new Set<string>();
  const whole = <T>(one: JsonObject, at: string): T | undefined => (broken.has(at) ? undefined : (one as unknown as T));
  return {
    problems,
    ...(typeof file['code'] === 'string' ? { code: file['code'] } : {}),
    nodes: listOf('nodes', (one, at) => {
      if (one['params'] === undefined) withoutParams.add(at);
      return nodeOf(one, (member) => !broken.has(`${at}/${member}`));
    }),
    withoutParams,
    edges: listOf<Edge>('edges', whole),
    triggers: listOf<Trigger>('triggers', whole),
    variables: listOf<VariableDeclaration>('variables', whole),
    settings: isObject(file['settings']) ? rightMembers(file['settings'], (member) => !broken.has(`/settings/${member}`)) : {},
    gaps,
  };
}

/** Returns a node with its members of the right form; undefined if it has no id. */
function nodeOf(node: JsonObject, isRight: (member: string) => boolean): FlowNode | undefined {
  const { id, type } = node;
  if (typeof id !== 'string') return undefined;
  const params = isRight('params') ? (node['params'] ?? {}) : null;
  return { ...rightMembers(node, isRight), id, type: typeof type === 'string' ? type : '', params: params as JsonObject };
}

function rightMembers(object: JsonObject, isRight: (member: string) => boolean): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([member]) => isRight(member)));
}

/** Returns `/nodes`, `/nodes/3` and `/nodes/3/id` for the last one. */
function prefixesOf(pointer: string): readonly string[] {
  const parts = pointer.split('/');
  return parts.map((_, i) => parts.slice(0, i + 1).join('/')).filter((one) => one !== '');
}
