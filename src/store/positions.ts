import type { FlowCode } from '../contract/index.js';
import type { SessionStore } from '../contract/store/index.js';

/** A position such as `welcome@3#ask`, and how many sessions wait there. */
export type Counted = readonly [position: string, waiting: number];

/** Returns the positions of one flow, sorted, each with its version and node. */
export function positionsIn(flow: FlowCode, counted: Iterable<Counted>): Awaited<ReturnType<SessionStore['positions']>> {
  const sorted = [...counted].filter(([position]) => position.startsWith(`${flow}@`)).sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted.map(([position, waiting]) => {
    const { version, node } = readPosition(position);
    return { version, node, waiting };
  });
}

/** Returns the sum for each version of each flow, sorted by flow and version. */
export function waitingIn(counted: Iterable<Counted>): Awaited<ReturnType<SessionStore['waiting']>> {
  const sums = new Map<string, { flow: FlowCode; version: number; waiting: number }>();
  for (const [position, waiting] of counted) {
    const { flow, version } = readPosition(position);
    const sum = sums.get(`${flow}@${version}`) ?? { flow, version, waiting: 0 };
    sums.set(`${flow}@${version}`, { ...sum, waiting: sum.waiting + waiting });
  }
  return [...sums.values()].sort((a, b) => (a.flow === b.flow ? a.version - b.version : a.flow < b.flow ? -1 : 1));
}

function readPosition(position: string): { readonly flow: FlowCode; readonly version: number; readonly node: string } {
  const [, flow = '', version = '0', node = ''] = /^([^@]*)@(\d+)#(.*)$/.exec(position) ?? [];
  return { flow, version: Number(version), node };
}
