import { expect } from 'chai';
import fc from 'fast-check';
import { type Happening, happenings, turnsOf } from '../../fuzz/play.js';
import { flowSamples } from '../../fuzz/samples.js';
import { plugins } from '../../plugins/all.js';
import type { FlowDefinition } from '../../src/contract/index.js';
import { checkFlow, errorsOf } from '../../src/flow/check.js';
import { compileFlow } from '../../src/flow/compile.js';
import { createNodeTypes } from '../../src/flow/node-types.js';
import { aFlow } from '../support/builders.js';

const say = (id: string) => ({
  id,
  type: 'send-message',
  version: 1,
  params: {
    message: {
      type: 'text',
      text: '{{ now }} {{ "now" | date: "%c" }} {{ "a,b,c,d,e" | split: "," | sample: 3 | join }} {{ link.whatsapp }}',
    },
  },
});
/** Shows all that a flow can learn of time, chance and ids. */
const curious: FlowDefinition = aFlow('curious', {
  triggers: [{ type: 'TriggeredManually', onBusy: 'interrupt' }],
  nodes: [
    { id: 'start', type: 'start', version: 1, params: {} },
    say('first'),
    { id: 'ask', type: 'wait-for-response', version: 1, params: { timeout: { value: 1, unit: 'days' } } },
    say('second'),
    { id: 'until', type: 'wait', version: 1, params: { until: { time: '09:30' } } },
    say('third'),
    { id: 'end', type: 'end', version: 1, params: {} },
  ],
  edges: [
    { from: 'start', port: 'next', to: 'first' },
    { from: 'first', port: 'next', to: 'ask' },
    { from: 'ask', port: 'replied', to: 'second' },
    { from: 'second', port: 'next', to: 'until' },
    { from: 'until', port: 'next', to: 'third' },
    { from: 'third', port: 'next', to: 'end' },
  ],
});

describe('a turn that is computed again', () => {
  let flows: ReadonlyMap<string, FlowDefinition>;

  before(async () => {
    const nodeTypes = createNodeTypes(plugins);
    const sound = (await flowSamples()).filter(({ json }) => errorsOf(checkFlow(json, { nodeTypes, limits: () => [] })).length === 0);
    flows = new Map([['curious', curious], ...sound.map(({ name, json }) => [name, json as unknown as FlowDefinition] as const)]);
  });

  it('is the same byte for byte, whatever becomes of the clocks, the chance and the time zone of the process', () => {
    expect(flows.size).to.be.greaterThan(50);
    fc.assert(
      fc.property(fc.oneof(fc.constant('curious'), fc.constantFrom(...flows.keys())), happenings, (name, happens) => {
        const definition = flows.get(name);
        if (!definition) throw new Error(name);
        const calm = written(definition, happens);
        expect(disturbed(() => written(definition, happens))).to.equal(calm);
      }),
      { numRuns: 300 },
    );
  }).timeout(60_000);
});

/** Everything that the turns come to, computed by a host that has nothing in its memory. */
function written(definition: FlowDefinition, happens: readonly Happening[]): string {
  return JSON.stringify([...turnsOf(compileFlow(definition, 1, createNodeTypes(plugins)), happens)]);
}

/** Works in a process that seems to be stopped for hours at every look at a clock, whose chance is another, and which stands elsewhere. */
function disturbed(work: () => string): string {
  const { Date: date, performance: clock, Math: math } = globalThis;
  const [now, random, zone] = [clock.now, math.random, process.env['TZ']];
  let jump = Date.now();
  const later = () => (jump += 3_600_000);
  class JumpingDate extends date {
    constructor(...given: readonly unknown[]) {
      super(...((given.length === 0 ? [later()] : given) as [number]));
    }
    static override now = later;
  }
  try {
    Object.assign(globalThis, { Date: JumpingDate });
    clock.now = later;
    math.random = () => 0.999;
    process.env['TZ'] = 'Pacific/Apia';
    return work();
  } finally {
    Object.assign(globalThis, { Date: date });
    clock.now = now;
    math.random = random;
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  }
}
