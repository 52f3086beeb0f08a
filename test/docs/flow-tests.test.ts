import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { type FlowTest, readFlowTest } from '../../src/play/flow-test.js';
import { STEP_KINDS } from '../../src/play/play-step.js';
import { runCommand } from '../support/run-command.js';

const page = readFileSync('docs/flow-tests.md', 'utf8');
const examples = [...page.matchAll(/^```json\n([\s\S]*?)^```/gm)].map(([, text = '']) => JSON.parse(text) as FlowTest);
/** The steps in the first column of a table. */
const steps = [...page.matchAll(/^\| `(\{ .*? \})` \|/gm)].map(([, text = '']) => JSON.parse(text) as FlowTest['steps'][number]);

describe('docs/flow-tests.md', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'parley-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('its tests pass', async () => {
    expect(examples).to.have.length(1);
    for (const [i, example] of examples.entries()) {
      const flows = example.flows.map((flow) => resolve('tests', flow));
      writeFileSync(join(folder, `${i}.test.json`), JSON.stringify({ ...example, flows }));
    }
    const { code, out } = await runCommand(['test', folder]);
    expect([code, out.split('\n').at(-2)]).to.deep.equal([0, `${examples.length} test, 0 failed`]);
  });

  it('its steps are valid, and every step is among them', () => {
    expect(readFlowTest({ promise: 'all steps', flows: ['x.json'], steps })).to.have.property('test');
    const shown = new Set(steps.flatMap((step) => Object.keys(step)));
    expect(STEP_KINDS.filter((kind) => !shown.has(kind) && !page.includes(`{ "${kind}": `))).to.deep.equal([]);
  });

  it('its failure is what the command writes', async () => {
    const [example] = examples;
    const flow = readFileSync('templates/welcome.json', 'utf8').replace('What shall I call you?', 'What is your name?');
    writeFileSync(join(folder, 'welcome.json'), flow);
    writeFileSync(join(folder, 'silent.test.json'), JSON.stringify({ ...example, flows: ['welcome.json'] }));
    const { out } = await runCommand(['test', join(folder, 'silent.test.json')]);
    expect(page).to.include(`\`\`\`text\n${out.replaceAll(folder, 'tests')}\`\`\``);
  });
});
