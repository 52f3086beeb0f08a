import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { expect } from 'chai';
import { adapters } from '../adapters/index.js';
import { plugins } from '../plugins/index.js';
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

/** Templates whose tests are still missing. Remove a name when its tests are there. */
const UNTESTED: ReadonlySet<string> = new Set<string>([]);
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
const programs = new Map([...definitions].map(([name, definition]) => [resolve('templates', `${name}.json`), compiled(definition)]));

/** A test of a template, and how it came out. */
interface Played {
  readonly file: string;
  readonly test: FlowTest;
  readonly flows: readonly Program[];
  readonly played: PlayedTest;
}
const tests = readdirSync('templates/tests', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.json'))
  .sort()
  .map((name) => playFile(join('templates/tests', name)));

describe('the templates', () => {
  for (const [name, flow] of definitions) {
    const own = tests.filter(({ flows }) => flows[0]?.code === flow.code);

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
      const turns = tests.filter(({ flows }) => flows.some(({ code }) => code === flow.code)).flatMap(({ played }) => played.result.turns);
      const lacking = [
        ...platformsOf(flow).filter((platform) => !own.some(({ test }) => isOn(test, platform))),
        ...coverageOf(flow, turns).missing,
      ];
      if (UNTESTED.has(name)) expect(lacking, `${name} is tested now: remove it from UNTESTED`).to.not.deep.equal([]);
      else expect(lacking).to.deep.equal([]);
    });
  }

  for (const { file, test, played } of tests)
    it(`${file}: ${test.promise}`, () => {
      expect(showFailure(test, played)).to.equal('');
      expect(
        test.steps.filter((step) => !('then' in step)),
        'steps whose outcome nobody looks at',
      ).to.deep.equal([]);
    });

  it('all names in UNTESTED are templates', () => {
    expect([...UNTESTED].filter((name) => !definitions.has(name))).to.deep.equal([]);
  });
});

function compiled(definition: FlowDefinition): Program {
  const read = readEnvelope(definition);
  if (!('definition' in read)) throw new Error(`${definition.code} is not a flow`);
  return compileFlow(read.definition, 1, nodeTypes);
}

function playFile(file: string): Played {
  const read = readFlowTest(JSON.parse(readFileSync(file, 'utf8')));
  if ('problems' in read) throw new Error(`${file}: ${JSON.stringify(read.problems)}`);
  const { test } = read;
  const flows = test.flows.map((flow) => {
    const program = programs.get(resolve(dirname(file), flow));
    if (!program) throw new Error(`${file} names ${flow}, which is not a template`);
    return program;
  });
  return { file, test, flows, played: playTest(test, { programs: flows, adapters }) };
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
