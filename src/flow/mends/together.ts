import { type Edge, type JsonPatch, type JsonPatchStep, type Problem, portsOf } from '../../contract/index.js';
import { valueAt } from '../../contract/json/json-pointer.js';
import type { Checked, KnownNode } from '../check/checked.js';

/**
 * Makes the mends of a flow applicable one after another, in the order of the problems. A mend that renames a node or a port takes its edges
 * along, and one that sets a param of a node without params adds them. A mend of what an earlier one changes is left out: the next check offers it. Mends that remove members of a list come last, from the
 * end of the list.
 */
export function mendsTogether(
  problems: readonly Problem[],
  { body, ...checked }: Pick<Checked, 'nodes' | 'known' | 'edges'> & { readonly body: unknown },
): readonly Problem[] {
  if (!problems.some(({ mend }) => mend)) return problems;
  const followed = withParams(withEdges(problems, checked), body);
  const kept = withoutConflicts([...followed].sort((a, b) => listPlace(a.mend) - listPlace(b.mend)));
  return kept;
}

/** Returns -1 for a mend that removes no member of a list; else the later the member, the smaller, so that the last one is removed first. */
function listPlace(mend: JsonPatch | undefined): number {
  const removed = mend?.find(({ op, path }) => op === 'remove' && LIST_MEMBER.test(path));
  const [, index] = (removed && LIST_MEMBER.exec(removed.path)) ?? [];
  return index === undefined ? -MAX_INDEX : -Number(index);
}

const LIST_MEMBER = /^\/(?:nodes|edges|triggers|variables)\/(\d{1,9})$/;
const MAX_INDEX = 1_000_000_000;

function withEdges(problems: readonly Problem[], { nodes, known, edges }: Pick<Checked, 'nodes' | 'known' | 'edges'>): readonly Problem[] {
  const byPlace = new Map(known.map((one) => [one.at, one]));
  const ids = new Map(nodes.map(({ item, at }) => [`${at}/id`, item.id]));
  // The ids that edges name, or will name.
  const named = new Set([
    ...edges.flatMap(({ item: { from, to } }) => [from, to]),
    ...problems.flatMap(({ mend = [] }) => mend.flatMap(endNamed)),
  ]);
  return problems.map((problem) => {
    const { mend: [step, ...others] = [] } = problem;
    if (!problem.mend || !step || step.op !== 'replace' || typeof step.value !== 'string' || others.length > 0) return problem;
    const { path, value } = step;
    const id = ids.get(path);
    if (id !== undefined) {
      if (nodes.some(({ item }) => item.id === value)) return withoutMend(problem);
      return {
        ...problem,
        mend: [step, ...edges.flatMap(({ item, at }) => endsAt(item, id).map((end) => replaceStep(`${at}/${end}`, value)))],
      };
    }
    if (NODE_ID.test(path)) return named.has(value) ? problem : withoutMend(problem);
    const node = byPlace.get(/^\/nodes\/\d+/.exec(path)?.[0] ?? '');
    const port = node && portNamedAt(node, path);
    if (!node || port === undefined) return problem;
    const out = edges.filter(({ item }) => item.from === node.node.id && item.port === port);
    return { ...problem, mend: [step, ...out.map(({ at }) => replaceStep(`${at}/port`, value))] };
  });
}

/** Adds the params of a node before a mend that adds one of them, if the file has none. */
function withParams(problems: readonly Problem[], body: unknown): readonly Problem[] {
  return problems.map((problem) => {
    const { mend } = problem;
    const [, path] = (mend?.[0]?.op === 'add' && PARAM.exec(mend[0].path)) || [];
    if (!mend || path === undefined || valueAt(body, path) !== undefined) return problem;
    return { ...problem, mend: [{ op: 'add', path, value: {} }, ...mend] };
  });
}

const PARAM = /^(\/nodes\/\d+\/params)\/[^/]+$/;
const NODE_ID = /^\/nodes\/\d+\/id$/;
const EDGE_END = /^\/edges\/\d+\/(?:from|to)$/;

function endNamed(step: JsonPatchStep): readonly string[] {
  return step.op === 'replace' && EDGE_END.test(step.path) && typeof step.value === 'string' ? [step.value] : [];
}

function endsAt(edge: Edge, id: string): readonly ('from' | 'to')[] {
  return (['from', 'to'] as const).filter((end) => edge[end] === id);
}

function replaceStep(path: string, value: string): JsonPatchStep {
  return { op: 'replace', path, value };
}

/** Returns the name of the port that the params of a node have at a place. */
function portNamedAt({ type, node, at }: KnownNode, path: string): string | undefined {
  const isAuthors = type.ports.some((rule) => 'each' in rule);
  const pointer = path.slice(`${at}/params`.length);
  if (!isAuthors || !path.startsWith(`${at}/params/`)) return undefined;
  // Params that the schema refuses for the name of a port have no defaults.
  const rules = type.ports.map((rule) => ('each' in rule ? { each: rule.each, name: rule.name } : rule));
  return portsOf(rules, node.params).some((port) => port.pointer === pointer) ? String(valueAt(node.params, pointer)) : undefined;
}

function withoutConflicts(problems: readonly Problem[]): readonly Problem[] {
  const touched = new Set<string>();
  const around = new Set<string>();
  return problems.map((problem) => {
    const places = (problem.mend ?? []).flatMap(placesOf);
    if (places.some((place) => around.has(place) || prefixesOf(place).some((one) => touched.has(one)))) return withoutMend(problem);
    for (const place of places) {
      touched.add(place);
      for (const one of prefixesOf(place)) around.add(one);
    }
    return problem;
  });
}

function placesOf(step: JsonPatchStep): readonly string[] {
  // Members that are added to the end of a list are in nobody's way.
  if (step.path.endsWith('/-')) return [];
  return step.op === 'move' ? [step.from, step.path] : [step.path];
}

/** Returns `/nodes`, `/nodes/3` and `/nodes/3/id` for the last one. */
function prefixesOf(pointer: string): readonly string[] {
  const parts = pointer.split('/');
  return parts.map((_, i) => parts.slice(0, i + 1).join('/')).filter((one) => one !== '');
}

function withoutMend({ mend: _, ...problem }: Problem): Problem {
  return problem;
}
