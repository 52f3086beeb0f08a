import { GIVEN_OBJECTS, GIVEN_VARIABLES, type Problem } from '../../contract/index.js';
import type { HeldField } from '../held-fields.js';
import { type FlowGraph, graphOf } from '../variables/flow-graph.js';
import { type Beginning, type WalkBudget, type WayStep, walkWithout } from '../variables/walk.js';
import { type Checked, namesSetBy } from './checked.js';
import { type At, warning } from './finding.js';

/** The maximum of warnings for one flow, and of ways between nodes that are looked at. */
const MAX_WARNINGS = 100;
const MAX_WAYS = 1_000_000;

/** Warns of variables that are read where a run can arrive without having set them, with a way on which that happens. */
export function checkUnset(checked: Checked): readonly Problem[] {
  if (checked.gaps.size > 0) return [];
  const reads = readsByName(checked);
  if (reads.size === 0) return [];
  const graph = graphOf(checked);
  if (graph.start === undefined) return [];
  const walking = { graph, emptying: emptyingExits(graph), budget: { left: MAX_WAYS } };
  const found: Problem[] = [];
  for (const [name, places] of reads) {
    const wayTo = waysWithout(name, walking);
    for (const { node, at } of places) {
      const way = wayTo?.(node);
      if (way) found.push(maybeUnset(name, at, sayWay(way, graph)));
      if (found.length >= MAX_WARNINGS) return found;
    }
  }
  return found;
}

interface ReadPlace {
  /** The place of the node in the flow. */
  readonly node: number;
  readonly at: At;
}

/** Returns where variables are read that may have no value, by name. Variables that no node sets are found by another check. */
function readsByName(checked: Checked): ReadonlyMap<string, readonly ReadPlace[]> {
  const uncertain = uncertainNames(checked);
  const reads = new Map<string, ReadPlace[]>();
  const places = new Map(checked.nodes.map(({ at }, i) => [at, i]));
  for (const one of checked.known) {
    const { node, at, fields } = one;
    const own = new Set(namesSetBy(one));
    for (const field of fields)
      for (const name of needed(field, uncertain, checked)) {
        // A value can be made of the one before it: a counter begins with nothing.
        if (field.holds === 'json' && own.has(name)) continue;
        const list = reads.get(name) ?? [];
        list.push({ node: places.get(at) ?? 0, at: { pointer: `${at}/params${field.pointer}`, node: node.id } });
        reads.set(name, list);
      }
  }
  return reads;
}

/** Returns the names of the variables that have no value when a run begins, and may get one from a node. */
function uncertainNames({ known, variables }: Checked): ReadonlySet<string> {
  const names = new Set(known.flatMap(namesSetBy));
  for (const { item } of variables) {
    if (item.input || (item.default ?? null) !== null) names.delete(item.name);
    else names.add(item.name);
  }
  for (const { name } of [...GIVEN_VARIABLES, ...GIVEN_OBJECTS]) names.delete(name);
  return names;
}

/** Returns which variables a text needs the values of: it does not ask whether there is one, and has no other text for that case. */
function needed(field: HeldField, among: ReadonlySet<string>, { read, effort }: Checked): readonly string[] {
  const { holds, comparedBy } = field;
  if (holds === 'variable' || holds === 'result' || holds === 'regex' || comparedBy !== undefined || !effort.spend(0)) return NONE;
  const { reads } = read(field);
  const names = reads.flatMap(({ path: [name], filters }) =>
    among.has(name) && !filters.some((one) => FOR_NOTHING.has(one)) ? [name] : NONE,
  );
  if (names.length === 0) return NONE;
  const tested = new Set(reads.flatMap(({ use, path }) => (use === 'tested' ? [path[0]] : NONE)));
  return [...new Set(names)].filter((name) => !tested.has(name));
}

const NONE: readonly string[] = [];
/** Filters that give something if there is nothing. */
const FOR_NOTHING: ReadonlySet<string> = new Set(['default', 'json', 'jsonify', 'inspect']);

interface Walking {
  readonly graph: FlowGraph;
  /** The exits that empty a variable, by its name. */
  readonly emptying: ReadonlyMap<string, readonly Beginning[]>;
  readonly budget: WalkBudget;
}

function emptyingExits({ nodes }: FlowGraph): ReadonlyMap<string, readonly Beginning[]> {
  const found = new Map<string, Beginning[]>();
  for (const [node, { exits }] of nodes.entries())
    for (const exit of exits)
      for (const name of exit.empties) {
        const list = found.get(name) ?? [];
        list.push({ node, exit });
        found.set(name, list);
      }
  return found;
}

/** Returns a function that finds a way from the start to a node on which a variable has no value. */
function waysWithout(name: string, { graph, emptying, budget }: Walking): ((node: number) => readonly WayStep[] | undefined) | undefined {
  const fromStart: readonly Beginning[] = graph.start === undefined ? [] : [{ node: graph.start }];
  const unset = walkWithout(name, { graph, from: fromStart, budget });
  if (!unset) return undefined;
  const exits = emptying.get(name) ?? [];
  const all = exits.length > 0 ? walkWithout('', { graph, from: fromStart, budget }) : undefined;
  const emptied = all && walkWithout(name, { graph, from: exits.filter(({ node }) => all.has(node)), budget });
  return (node) => {
    if (unset.has(node)) return unset.wayTo(node);
    if (!emptied?.has(node)) return undefined;
    const way = emptied.wayTo(node);
    return [...(all?.wayTo(way[0]?.node ?? node).slice(0, -1) ?? []), ...way];
  };
}

/** Returns the ids of the nodes of a way, with the ports that are not the usual ones, shortened: start → ask → (notReplied) → bye. */
function sayWay(way: readonly WayStep[], { nodes }: FlowGraph): string {
  const [head, tail] = way.length > 7 ? [way.slice(0, 2), way.slice(-4)] : [way, []];
  const say = (steps: readonly WayStep[]) =>
    steps.flatMap(({ node, port }) => [nodes[node]?.id ?? '', ...(port === undefined || port === nodes[node]?.main ? [] : [`(${port})`])]);
  return [...say(head), ...(tail.length > 0 ? ['…'] : []), ...say(tail)].join(' → ');
}

function maybeUnset(name: string, at: At, way: string): Problem {
  return warning({
    ...at,
    code: 'flow/maybe-unset',
    message: `"${name}" has no value if the flow goes ${way}`,
    hint: `Set it on this way, give it a default in the flow's variables, or write {{ ${name} | default: "…" }}.`,
  });
}
