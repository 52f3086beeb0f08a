import type { FlowCode, FlowDefinition } from '../contract/index.js';
import type { PlayTurn } from './scene.js';

/** How much of a flow was played. */
export interface Coverage {
  readonly flow: FlowCode;
  readonly nodes: Covered;
  readonly edges: Covered;
  /** What was not played: `node late`, `edge ask.invalid -> human`. */
  readonly missing: readonly string[];
}
interface Covered {
  readonly played: number;
  readonly all: number;
}

/** Returns how much of a flow these turns have played: the nodes that a run came to, and the edges that it took. */
export function coverageOf({ code, nodes, edges }: FlowDefinition, turns: readonly PlayTurn[]): Coverage {
  const path = turns.flatMap((turn) => turn.path).filter(({ flow }) => flow === code);
  const standing = turns.flatMap((turn) => turn.standing).filter(({ flow }) => flow === code);
  const visited = new Set([...path, ...standing].map(({ node }) => node));
  const taken = new Set(path.map(({ node, port }) => `${node}.${port}`));
  const left = nodes.filter(({ id }) => !visited.has(id)).map(({ id }) => `node ${id}`);
  const unused = edges
    .filter(({ from, port }) => !taken.has(`${from}.${port}`))
    .map(({ from, port, to }) => `edge ${from}.${port} -> ${to}`);
  return {
    flow: code,
    nodes: { played: nodes.length - left.length, all: nodes.length },
    edges: { played: edges.length - unused.length, all: edges.length },
    missing: [...left, ...unused],
  };
}

/** Returns the share of nodes and edges together that was played, in percent. */
export function percentOf({ nodes, edges }: Pick<Coverage, 'nodes' | 'edges'>): number {
  const all = nodes.all + edges.all;
  return all === 0 ? 100 : ((nodes.played + edges.played) / all) * 100;
}
