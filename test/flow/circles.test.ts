import { expect } from 'chai';
import { type Circle, circlesAlong, circlesIn } from '../../src/flow/check/circles.js';
import { waysOf } from '../../src/flow/check/ways.js';

const NODES = ['a', 'b', 'c', 'd'];
const ALL = NODES.flatMap((from) => NODES.map((to) => ({ from, port: 'next', to })));
/** Every graph of three nodes, and those of four in which no node leads to itself. */
const GRAPHS = [ALL.filter(({ from, to }) => from < 'd' && to < 'd'), ALL.filter(({ from, to }) => from !== to)].flatMap((edges) =>
  Array.from({ length: 2 ** edges.length }, (_, chosen) => edges.filter((_edge, i) => (chosen >> i) % 2 === 1)),
);
type Graph = (typeof GRAPHS)[number];

/** The nodes that a node leads to, by one edge or several. */
function reachable(graph: Graph, node: string): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [node];
  for (let from = open.pop(); from !== undefined; from = open.pop())
    for (const edge of graph)
      if (edge.from === from && !found.has(edge.to)) {
        found.add(edge.to);
        open.push(edge.to);
      }
  return found;
}

function isRound(graph: Graph, circle: Circle): boolean {
  return (
    new Set(circle).size === circle.length &&
    circle.every((from, i) => graph.some((edge) => edge.from === from && edge.to === circle[(i + 1) % circle.length]))
  );
}

describe('the circles of a flow', () => {
  it('are found in every small graph that has one, and go round', () => {
    for (const graph of GRAPHS) {
      const found = circlesIn(waysOf(graph));
      const name = graph.map(({ from, to }) => from + to).join(' ');
      expect(found.length > 0, name).to.equal(NODES.some((node) => reachable(graph, node).has(node)));
      expect(
        found.every((circle) => isRound(graph, circle)),
        name,
      ).to.equal(true);
    }
  });

  it('along an edge are found where its end leads back to its beginning, and begin with it', () => {
    for (const graph of GRAPHS)
      for (const edge of graph) {
        const found = circlesAlong([edge], waysOf(graph));
        const name = `${edge.from}${edge.to} of ${graph.map(({ from, to }) => from + to).join(' ')}`;
        expect(found.length, name).to.equal(edge.from === edge.to || reachable(graph, edge.to).has(edge.from) ? 1 : 0);
        for (const circle of found) {
          expect(isRound(graph, circle), name).to.equal(true);
          expect([circle[0], circle[1 % circle.length]], name).to.deep.equal([edge.from, edge.to]);
        }
      }
  });

  it('along several edges are one for each knot of nodes that lead to each other', () => {
    for (const graph of GRAPHS) {
      const knots = graph.flatMap(({ from, to }) =>
        from === to || reachable(graph, to).has(from)
          ? [NODES.filter((one) => one === from || (reachable(graph, from).has(one) && reachable(graph, one).has(from))).join('')]
          : [],
      );
      expect(circlesAlong(graph, waysOf(graph))).to.have.length(new Set(knots).size);
    }
  });
});
