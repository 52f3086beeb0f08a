import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { expect } from 'chai';
import { adapters } from '../adapters/index.js';
import { plugins } from '../plugins/all.js';
import { showFailure } from '../src/cli/show-test.js';
import { type FlowDefinition, type FlowNode, isMessageTrigger, type Platform, TRIGGER_PLATFORM } from '../src/contract/index.js';
import { channelLimits } from '../src/flow/channel-limits.js';
import { checkFlow } from '../src/flow/check.js';
import { compileFlow } from '../src/flow/compile.js';
import { readEnvelope } from '../src/flow/envelope.js';
import { createNodeTypes } from '../src/flow/node-types.js';
import type { Program } from '../src/flow/program.js';
import { coverageOf } from '../src/play/coverage.js';
import { type FlowTest, type PlayedTest, playTest, readFlowTest } from '../src/play/flow-test.js';

/** What a check may say of a template: the values that an installation sets. */
const MAY_WARN = /^(secret|constant)\/|\/(no-secret|no-constant|unknown-secret|unknown-constant)$/;
/** How wide a card of the console is, and how high at least. The start and the end are smaller. */
const CARD = { width: 248, height: 72 };
const PILL = { width: 128, height: 40 };

const nodeTypes = createNodeTypes(plugins);
const limits = channelLimits({ bound: adapters, loaded: adapters });
const definitions = new Map(
  readdirSync('templates')
    .filter((name) => name.endsWith('.json'))
    .map((name) => [basename(name, '.json'), JSON.parse(readFileSync(join('templates', name), 'utf8')) as FlowDefinition]),
);
/** A test of a template. It is compiled and played when a test of ours needs it. */
interface TemplateTest {
  readonly file: string;
  readonly promise: string;
  /** The codes of its flows. */
  readonly flows: readonly string[];
  readonly test: FlowTest;
  play(): PlayedTest;
}
const tests = readdirSync('templates/tests', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.json'))
  .sort()
  .map((name) => readTest(join('templates/tests', name)));
const programOf = once(compiled);

describe('the templates', () => {
  for (const [name, flow] of definitions) {
    const own = tests.filter(({ flows }) => flows.includes(flow.code));

    it(`${name} is a flow without a problem`, () => {
      const problems = checkFlow(flow, { nodeTypes, limits }).filter(({ severity, code }) => severity === 'error' || !MAY_WARN.test(code));
      expect(problems).to.deep.equal([]);
    });

    it(`${name} is drawn so that one can read it: a remark, names, and cards that do not overlap`, () => {
      expect(flow.remark ?? '', 'remark').to.have.length.greaterThan(20);
      const nameless = flow.nodes.filter((node) => showsText(node) && (node.name ?? '') === '').map(({ id }) => id);
      expect(nameless, 'nodes without a name').to.deep.equal([]);
      expect(overlaps(flow.nodes), 'cards that overlap').to.deep.equal([]);
    });

    it(`${name} is tested on its platforms, and all of it is played`, () => {
      const turns = own.flatMap((one) => one.play().result.turns);
      const lacking = platformsOf(flow).filter((platform) => !own.some(({ test }) => isOn(test, platform)));
      expect([...lacking, ...coverageOf(flow, turns).missing]).to.deep.equal([]);
    });
  }

  for (const { file, promise, test, play } of tests)
    it(`${file}: ${promise}`, () => {
      expect(showFailure(test, play())).to.equal('');
      const unseen = test.steps.filter((step) => !('then' in step));
      expect(unseen, 'steps whose outcome nobody looks at').to.deep.equal([]);
    });
});

function readTest(file: string): TemplateTest {
  const read = readFlowTest(JSON.parse(readFileSync(file, 'utf8')));
  if ('problems' in read) throw new Error(`${file}: ${JSON.stringify(read.problems)}`);
  const { test } = read;
  const flows = test.flows.map((flow) => {
    const definition = definitions.get(basename(flow, '.json'));
    if (!definition || resolve(dirname(file), flow) !== resolve('templates', basename(flow))) throw new Error(`${file} names ${flow}`);
    return definition;
  });
  const play = once(() => playTest(test, { programs: flows.map((flow) => programOf(flow)), adapters }));
  return { file, promise: test.promise, flows: flows.map(({ code }) => code), test, play: () => play(test) };
}

function compiled(definition: FlowDefinition): Program {
  const read = readEnvelope(definition);
  if (!('definition' in read)) throw new Error(`${definition.code} is not a flow`);
  return compileFlow(read.definition, 1, nodeTypes);
}

/** Returns a function that makes a value once for each argument. */
function once<A extends object, T>(make: (from: A) => T): (from: A) => T {
  const made = new Map<A, T>();
  return (from) => {
    const value = made.get(from) ?? make(from);
    made.set(from, value);
    return value;
  };
}

/** Returns the platforms on which a flow begins: those of its message triggers, or both if only systems start it. */
function platformsOf({ triggers }: FlowDefinition): readonly Platform[] {
  const platforms = new Set(triggers.filter(isMessageTrigger).map(({ type }) => TRIGGER_PLATFORM[type]));
  return platforms.size > 0 ? [...platforms] : ['whatsapp', 'viber'];
}

function isOn({ on = 'whatsapp', steps }: FlowTest, platform: Platform): boolean {
  return on === platform || steps.some((step) => step.on === platform);
}

function showsText({ type }: FlowNode): boolean {
  return nodeTypes.get(type)?.group === 'messaging';
}

function overlaps(nodes: readonly FlowNode[]): readonly string[] {
  const placed = nodes.flatMap(({ id, type, position }) =>
    position ? [{ id, ...position, ...(type === 'start' || type === 'end' ? PILL : CARD) }] : [],
  );
  return placed.flatMap((one, i) =>
    placed
      .slice(i + 1)
      .filter(
        (other) =>
          other.x < one.x + one.width && one.x < other.x + other.width && other.y < one.y + one.height && one.y < other.y + other.height,
      )
      .map(({ id }) => `${one.id}, ${id}`),
  );
}
