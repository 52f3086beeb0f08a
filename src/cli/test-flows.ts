import { basename } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { percentOf } from '../play/coverage.js';
import { type FlowTest, type PlayedTest, playTest, updatedTest } from '../play/flow-test.js';
import { worldHere } from './check-here.js';
import { CommandError, defineCommand, type Options, type Terminal } from './command.js';
import { findTests, openFlowFiles, readTest, writeText } from './flow-test-files.js';
import { junitOf } from './junit.js';
import { showFailure, testAsText } from './show-test.js';
import { coverages, hasFailed, showCoverage, type TestReport } from './test-report.js';

const OPTIONS = {
  update: { help: 'write what comes out now into the tests' },
  coverage: { help: 'show which nodes and edges of each tested flow were not played' },
  'min-coverage': { value: 'percent', help: 'fail if less than this share of the nodes and edges of a tested flow was played' },
  junit: { value: 'file', help: "write the outcome as JUnit's XML, for CI servers" },
} as const satisfies Options;

/** Plays the tests of flows. */
export const testFlows = defineCommand({
  summary: 'play the tests of flows, and show what comes out differently',
  usage: ['<test.json or folder> … [--update] [--coverage] [--min-coverage <percent>] [--junit <file>]'],
  about:
    'Plays tests of flows (files that end in .test.json) on the current flow files, and shows each step that comes out differently. Folders are searched for tests. Nothing is stored, sent or called. --update writes what comes out now into the tests. Look at the differences before you keep them. docs/flow-tests.md explains the format.',
  options: OPTIONS,
  words: { min: 1, max: 10_000, missing: 'which tests?' },
  examples: [
    'parley test templates/tests',
    'parley test tests/booking.test.json --update',
    'parley test tests --coverage --min-coverage 100 --junit report.xml',
  ],
  fails: 'a test fails, a flow has errors, or too little of a flow was played',
  async run({ words, options }, terminal) {
    const { update = false, coverage = false, junit } = options;
    const min = percentIn(options['min-coverage']);
    const here = await worldHere(terminal);
    const flows = openFlowFiles(terminal, here);
    const reports: TestReport[] = [];
    for (const file of findTests(words)) {
      const report = await playFile(file, { flows, here, update }, terminal);
      terminal.out(`${SHOWN[report.outcome]}  ${file}${report.promise === '' ? '' : `: ${report.promise}`}\n${report.words}`);
      reports.push(report);
    }
    const failed = reports.filter(hasFailed).length;
    terminal.out(`${reports.length} ${reports.length === 1 ? 'test' : 'tests'}, ${failed} failed\n`);
    if (reports.some(({ mayKeep }) => mayKeep)) terminal.out(KEEP);
    const covered = coverages(reports);
    if (coverage || min !== undefined) terminal.out(showCoverage(covered));
    if (junit !== undefined) writeText(junit, junitOf(reports));
    const bare = covered.filter((one) => min !== undefined && percentOf(one) < min);
    for (const { flow } of bare) terminal.out(`${flow}: less than ${min} % was played\n`);
    return failed > 0 || bare.length > 0 ? 1 : 0;
  },
});

const KEEP = 'If what comes out now (+) is right, keep it with --update. Otherwise mend the flow.\n';
const SHOWN = { ok: 'ok', updated: 'updated', failed: 'FAILED', broken: 'FAILED' } as const;

function percentIn(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const percent = Number(text.replace(/%$/, ''));
  if (text.trim() === '' || !(percent >= 0 && percent <= 100))
    throw new CommandError(`--min-coverage: "${text}" is not a percentage. Use a number from 0 to 100`, 2);
  return percent;
}

interface Playing {
  readonly flows: ReturnType<typeof openFlowFiles>;
  readonly here: Awaited<ReturnType<typeof worldHere>>;
  readonly update: boolean;
}

/** Plays a test, and writes what has come out into it if it is to be updated. */
async function playFile(file: string, { flows, here, update }: Playing, terminal: Terminal): Promise<TestReport> {
  const began = performance.now();
  const took = () => performance.now() - began;
  let test: FlowTest | undefined;
  try {
    test = await readTest(file, terminal);
    const programs = await flows.programsOf(file, test);
    const played = playTest(test, { programs, adapters: here.adapters, constants: here.values });
    const isUpdated = update && played.problems.length === 0 && writeUpdated(file, test, played);
    const isOk = played.problems.length === 0 && (update || played.different.length === 0);
    return {
      file,
      promise: test.promise,
      flow: programs[0]?.code ?? '',
      outcome: isOk ? (isUpdated ? 'updated' : 'ok') : 'failed',
      words: showFailure(test, played),
      mayKeep: !isOk && played.problems.length === 0,
      millis: took(),
      programs,
      turns: played.result.turns,
    };
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    const promise = test?.promise ?? basename(file);
    return { file, promise, flow: '', outcome: 'broken', words: `${error.message}\n`, millis: took(), programs: [], turns: [] };
  }
}

/** Writes what has come out into the test. Returns false if it has that already. */
function writeUpdated(file: string, test: FlowTest, { played }: PlayedTest): boolean {
  const updated = updatedTest(test, played);
  if (isDeepStrictEqual(test, JSON.parse(JSON.stringify(updated)))) return false;
  writeText(file, testAsText(updated));
  return true;
}
