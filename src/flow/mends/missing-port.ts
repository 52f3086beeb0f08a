import { hasOwnPorts, type Problem, portsOf } from '../../contract/index.js';
import { member } from '../../contract/json/json-members.js';
import type { Checked } from '../check/checked.js';
import { listIn } from '../envelope.js';
import { added } from './mend.js';

/** Mends edges without a port that leave a node whose author names no ports: its main port is meant, if no other edge leaves it. */
export function withPorts(
  problems: readonly Problem[],
  body: unknown,
  { known, edges }: Pick<Checked, 'known' | 'edges'>,
): readonly Problem[] {
  const missing = problems.filter(({ code, pointer }) => code === 'flow/missing' && PORT.test(pointer));
  if (missing.length === 0) return problems;
  const byId = new Map(known.map((one) => [one.node.id, one]));
  const taken = new Set(edges.map(({ item }) => JSON.stringify([item.from, item.port])));
  return problems.map((problem) => {
    const [, index] = (missing.includes(problem) && PORT.exec(problem.pointer)) || [];
    const from = index === undefined ? undefined : member(listIn(body, 'edges')[Number(index)], 'from');
    const node = typeof from === 'string' ? byId.get(from) : undefined;
    const main = node && !hasOwnPorts(node.type.ports) ? portsOf(node.type.ports, node.loose)[0]?.name : undefined;
    const way = JSON.stringify([from, main]);
    if (main === undefined || taken.has(way)) return problem;
    taken.add(way);
    return { ...problem, ...added(problem.pointer, main) };
  });
}

const PORT = /^\/edges\/(\d+)\/port$/;
