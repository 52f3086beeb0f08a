import fc from 'fast-check';
import { applyPatch } from 'rfc6902';
import { adapters } from '../adapters/index.js';
import { plugins } from '../plugins/all.js';
import type { FlowDefinition, Json, Problem } from '../src/contract/index.js';
import { channelLimits } from '../src/flow/channel-limits.js';
import { errorsOf, surveyFlow } from '../src/flow/check.js';
import { compileFlow } from '../src/flow/compile.js';
import { createNodeTypes } from '../src/flow/node-types.js';
import { type Damage, damaged, damages } from './damage.js';
import type { Feed } from './feed.js';
import { type Happening, happenings, play } from './play.js';
import { flawIn } from './pointers.js';
import { flowSamples } from './samples.js';

const nodeTypes = createNodeTypes(plugins);
const world = {
  nodeTypes,
  limits: channelLimits({ bound: adapters, loaded: adapters }),
  secrets: (name: string) => name === 'TOKEN',
  flows: () => 'not-online' as const,
};

interface FlowInput {
  readonly sample: string;
  readonly damages: readonly Damage[];
  readonly happens: readonly Happening[];
}

/** Feeds damaged flow files. Each must be refused with a place for every problem, or must run, whatever people send. */
export async function flowFeed(): Promise<Feed<FlowInput>> {
  const samples = new Map((await flowSamples()).map(({ name, json }) => [name, json]));
  return {
    input: fc.record({ sample: fc.constantFrom(...samples.keys()), damages, happens: happenings }),
    take({ sample, damages: all, happens }) {
      const body = damaged(samples.get(sample) ?? null, all);
      const { problems } = surveyFlow(body, world);
      const mistake = flawIn(problems, withParams(body));
      if (mistake !== undefined) throw new Error(mistake);
      for (const wrong of unfitMends(body, problems)) throw new Error(wrong);
      if (errorsOf(problems).length > 0) return 'refused';
      return play(compileFlow(withParams(body) as unknown as FlowDefinition, 1, nodeTypes), happens).then((turns) =>
        turns > 0 ? 'played' : 'accepted',
      );
    },
    close: async () => {},
  };
}

/** Applies the mends of a file one after another, and returns those that do not fit it. */
function unfitMends(body: Json, problems: readonly Problem[]): readonly string[] {
  const file = structuredClone(body);
  return problems.flatMap(({ mend }) => {
    const failed = mend ? applyPatch(file, structuredClone([...mend])).some((error) => error !== null) : false;
    return failed ? [`the mend does not fit the file: ${JSON.stringify(mend)}`] : [];
  });
}

/** Adds the default params of the envelope, because problems may point into them. */
function withParams(body: Json): Json {
  if (body === null || typeof body !== 'object' || !('nodes' in body) || !Array.isArray(body.nodes)) return body;
  const nodes = body.nodes.map((node: Json) =>
    node !== null && typeof node === 'object' && !Array.isArray(node) ? { params: {}, ...node } : node,
  );
  return { ...body, nodes };
}
