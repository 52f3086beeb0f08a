import type { FlowDefinition } from '../../../src/contract/index.js';
import type { Step } from './store.js';

/** A flow with the steps before and after it. */
export interface Steps {
  readonly flow: FlowDefinition;
  readonly past: readonly Step[];
  readonly future: readonly Step[];
}

/** Flows as JSON: what several of them share stands once in `parts`, and lists name it by its index. */
interface Packed {
  readonly parts: readonly unknown[];
  readonly lists: readonly (readonly number[])[];
  readonly flows: readonly PackedFlow[];
  readonly past: readonly string[];
  readonly future: readonly string[];
}

/** A flow whose `nodes` and `edges` are indexes of `lists`. */
interface PackedFlow {
  readonly rest: number;
  readonly nodes: number;
  readonly edges: number;
}

/** Returns the steps as a text for the store of the tab. A step costs what it changed: 200 steps of a flow of 500 nodes are about 1 MB. */
export function packSteps({ flow, past, future }: Steps): string {
  const [parts, lists] = [indexed(), indexed()];
  const listOf = (members: readonly object[]) => lists.of(members, () => members.map((member) => parts.of(member)));
  const packed = ({ nodes, edges, ...rest }: FlowDefinition): PackedFlow => ({
    rest: parts.of(JSON.stringify(rest), () => rest),
    nodes: listOf(nodes),
    edges: listOf(edges),
  });
  const flows = [flow, ...[...past, ...future].map((step) => step.flow)].map(packed);
  const labels = (steps: readonly Step[]) => steps.map(({ label }) => label);
  return JSON.stringify({ parts: parts.all, lists: lists.all, flows, past: labels(past), future: labels(future) });
}

/** Reads what `packSteps` wrote; undefined if the text is something else. Parts that flows share are the same objects again. */
export function unpackSteps(text: string): Steps | undefined {
  try {
    const { parts, lists, flows, past, future } = JSON.parse(text) as Packed;
    const read = lists.map((list) => list.map((part) => parts[part]));
    const [flow, ...steps] = flows.map(
      ({ rest, nodes, edges }) =>
        ({
          ...(parts[rest] as Omit<FlowDefinition, 'nodes' | 'edges'>),
          nodes: read[nodes] ?? [],
          edges: read[edges] ?? [],
        }) as FlowDefinition,
    );
    const stepsOf = (labels: readonly string[], first: number) =>
      labels.flatMap((label, i) => {
        const step = steps[first + i];
        return step ? [{ label, flow: step }] : [];
      });
    return flow && { flow, past: stepsOf(past, 0), future: stepsOf(future, past.length) };
  } catch {
    return undefined;
  }
}

/** A list without repetitions: gives each value its index. `stored` is what stands in the list for it. */
function indexed() {
  const [all, known] = [[] as unknown[], new Map<unknown, number>()];
  return {
    all,
    of(value: unknown, stored: () => unknown = () => value): number {
      const index = known.get(value) ?? all.length;
      if (index === all.length) {
        // The place is taken first: `stored` may add to other lists only.
        known.set(value, index);
        all.push(stored());
      }
      return index;
    },
  };
}
