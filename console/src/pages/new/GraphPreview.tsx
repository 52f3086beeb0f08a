import type { FlowDefinition } from '../../../../src/contract/flow.js';

const CARD = { width: 190, height: 76 };
const GROUPS: readonly (readonly [RegExp, string])[] = [
  [/^(send-|wait-for-response|ask-)/, 'messages'],
  [/^(generate-|classify-|dialogue|recognize-)/, 'intelligence'],
  [/(contact|group|hand-over)/, 'contact'],
];

/** Draws the graph of a flow small, from the positions of its nodes. */
export function GraphPreview({ flow }: { readonly flow: FlowDefinition }) {
  const places = new Map(flow.nodes.map(({ id, position }, i) => [id, position ?? { x: i * 240, y: 0 }]));
  const xs = [...places.values()].map(({ x }) => x);
  const ys = [...places.values()].map(({ y }) => y);
  const [left, top] = [Math.min(...xs) - 20, Math.min(...ys) - 20];
  const box = `${left} ${top} ${Math.max(...xs) + CARD.width + 20 - left} ${Math.max(...ys) + CARD.height + 20 - top}`;
  return (
    <svg viewBox={box} className="graph-preview" preserveAspectRatio="xMidYMid meet" aria-hidden="true">
      {flow.edges.map(({ from, port, to }) => {
        const [a, b] = [places.get(from), places.get(to)];
        return a && b ? <path key={`${from} ${port}`} d={curve({ x: a.x + CARD.width, y: a.y + 24 }, { x: b.x, y: b.y + 24 })} /> : null;
      })}
      {flow.nodes.map(({ id, type }) => {
        const { x, y } = places.get(id) ?? { x: 0, y: 0 };
        return (
          <g key={id} transform={`translate(${x} ${y})`} data-group={GROUPS.find(([pattern]) => pattern.test(type))?.[1] ?? 'logic'}>
            <rect {...CARD} rx={12} />
          </g>
        );
      })}
    </svg>
  );
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function curve(a: Point, b: Point): string {
  const bend = Math.max(40, Math.abs(b.x - a.x) / 2);
  return `M ${a.x} ${a.y} C ${a.x + bend} ${a.y}, ${b.x - bend} ${b.y}, ${b.x} ${b.y}`;
}
