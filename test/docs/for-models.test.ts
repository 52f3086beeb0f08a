import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { adapters } from '../../adapters/index.js';
import { plugins } from '../../plugins/all.js';
import { MAX_PAGE_BYTES, PAGE_FLOWS } from '../../scripts/for-models-page.js';
import { showFailure } from '../../src/cli/show-test.js';
import type { FlowDefinition } from '../../src/contract/index.js';
import { channelLimits } from '../../src/flow/channel-limits.js';
import { checkFlow } from '../../src/flow/check.js';
import { compileFlow } from '../../src/flow/compile.js';
import { readEnvelope } from '../../src/flow/envelope.js';
import { createNodeTypes } from '../../src/flow/node-types.js';
import { coverageOf } from '../../src/play/coverage.js';
import { playTest, readFlowTest } from '../../src/play/flow-test.js';

const FOLDER = 'docs/for-models';
const nodeTypes = createNodeTypes(plugins);
const world = { nodeTypes, limits: channelLimits({ bound: adapters, loaded: adapters }) };
const page = readFileSync('docs/for-models.md', 'utf8');
const flowNamed = (name: string) => JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')) as FlowDefinition;
/** Returns a flow as a host reads it: with what a file may leave out. */
function definitionIn(file: string): FlowDefinition {
  const read = readEnvelope(JSON.parse(readFileSync(file, 'utf8')));
  if ('problems' in read) throw new Error(`${file}: ${JSON.stringify(read.problems)}`);
  return read.definition;
}

/** The flows as a model reads them. */
const onPage = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text = '']) => JSON.parse(text) as FlowDefinition);
const tests = readdirSync(join(FOLDER, 'tests')).map((name) => {
  const file = join(FOLDER, 'tests', name);
  const read = readFlowTest(JSON.parse(readFileSync(file, 'utf8')));
  if ('problems' in read) throw new Error(`${file}: ${JSON.stringify(read.problems)}`);
  const flows = read.test.flows.map((flow) => definitionIn(resolve(FOLDER, 'tests', flow)));
  const played = playTest(read.test, { programs: flows.map((flow) => compileFlow(flow, 1, nodeTypes)), adapters });
  return { test: read.test, code: flows[0]?.code, played };
});

describe('the page for language models', () => {
  it('leaves room for the schema and the brief', () => {
    expect(Buffer.byteLength(page)).to.be.at.most(MAX_PAGE_BYTES);
  });

  it('names every node type', () => {
    expect(plugins.map(({ node }) => node.type).filter((type) => !page.includes(`|${type}|`))).to.deep.equal([]);
  });

  it('has the three flows whole', () => {
    expect(onPage).to.deep.equal(PAGE_FLOWS.map(flowNamed));
  });

  for (const flow of onPage)
    it(`shows a flow without a problem: ${flow.name}`, () => {
      expect(checkFlow(flow, world)).to.deep.equal([]);
    });

  for (const { test, played } of tests)
    it(`shows a flow that works: ${test.promise}`, () => {
      expect(showFailure(test, played)).to.equal('');
      expect(test.steps.filter((step) => !('then' in step))).to.deep.equal([]);
    });

  it('shows flows of which every node and edge is played', () => {
    const missing = onPage.flatMap((flow) => {
      const turns = tests.filter(({ code }) => code === flow.code).flatMap(({ played }) => played.result.turns);
      return coverageOf(flow, turns).missing;
    });
    expect(missing).to.deep.equal([]);
  });
});
