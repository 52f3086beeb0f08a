import type { Problem } from '../../contract/index.js';
import type { Checked } from './checked.js';
import { error } from './finding.js';
import { waysOf } from './ways.js';

/** A circle holds a node that waits, or a jump; else it would run until it is out of steps. */
export function checkLoops({ nodes, known, edges }: Checked): readonly Problem[] {
  const moving = new Map(
    known
      .filter(({ type, params }) => params !== undefined && type.type !== 'jump' && type.waitsFor?.(params) === undefined)
      .map(({ node, at }) => [node.id, at]),
  );
  // An edge to or from nowhere is a problem of its own, and so is a node of an unknown type.
  const ways = waysOf(edges.map(({ item }) => item).filter(({ from, to }) => moving.has(from) && moving.has(to)));
  return circles(
    nodes.map(({ item }) => item.id),
    ways,
  ).map((circle) => {
    const [id = ''] = circle;
    return error({
      pointer: moving.get(id) ?? '',
      code: 'flow/endless-loop',
      node: id,
      message: `${wayRound(circle)} → "${id}" goes round without waiting`,
      hint: 'Put a node that waits for something into the loop, or go back by a jump.',
    });
  });
}

/** Circles told at once, and nodes named of each. */
const MOST_CIRCLES = 20;
const MOST_NAMED = 8;

function wayRound(circle: readonly string[]): string {
  const named = circle.slice(0, MOST_NAMED).map((one) => `"${one}"`);
  return [...named, ...(circle.length > MOST_NAMED ? [`${circle.length - MOST_NAMED} more`] : [])].join(' → ');
}

/** Circles found by walking, each told once; without recursion, because a flow may be long. */
function circles(ids: readonly string[], ways: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const done = new Set<string>();
  const found: string[][] = [];
  for (const id of ids) {
    const path: { readonly id: string; next: number }[] = done.has(id) ? [] : [{ id, next: 0 }];
    const on = new Set(path.map((step) => step.id));
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const to = ways.get(top.id)?.[top.next];
      top.next += 1;
      if (to === undefined) {
        done.add(top.id);
        on.delete(top.id);
        path.pop();
      } else if (on.has(to)) {
        found.push(path.slice(path.findIndex((step) => step.id === to)).map((step) => step.id));
        if (found.length >= MOST_CIRCLES) return found;
      } else if (!done.has(to)) {
        path.push({ id: to, next: 0 });
        on.add(to);
      }
    }
  }
  return found;
}
