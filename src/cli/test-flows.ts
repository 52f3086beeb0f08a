import { writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { playTest, updatedTest } from '../play/flow-test.js';
import { worldHere } from './check-here.js';
import { CommandError, defineCommand, type Terminal } from './command.js';
import { findTests, openFlowFiles, readTest } from './flow-test-files.js';
import { wordsOfFileError } from './read-json-file.js';
import { showFailure, testAsText } from './show-test.js';
import { testCases } from './test-cases.js';

/** Plays the tests of flows. */
export const testFlows = defineCommand({
  summary: 'play the tests of flows, and show what comes out differently',
  usage: ['<test.json or folder> … [--update]'],
  about:
    'Plays tests of flows (files that end in .test.json) on the current flow files, and shows each step that comes out differently. Nothing is stored, sent or called. --update writes what comes out now into the tests. Look at the differences before you keep them.',
  options: { update: { help: 'write what comes out now into the tests' } },
  words: { min: 1, max: 10_000, missing: 'which tests?' },
  examples: ['parley test templates/tests', 'parley test tests/booking.test.json --update'],
  fails: 'a test fails, or a flow has errors',
  async run({ words, options: { update } }, terminal) {
    if (words.every((file) => file.endsWith('.case.json'))) return testCases.run({ words, options: update ? { update } : {} }, terminal);
    const files = findTests(words);
    const here = await worldHere(terminal);
    const flows = openFlowFiles(terminal, here);
    let failed = 0;
    for (const file of files) {
      const passed = await playFile(file, { flows, here, update: update ?? false }, terminal);
      if (!passed) failed += 1;
    }
    terminal.out(`${files.length} ${files.length === 1 ? 'test' : 'tests'}, ${failed} failed\n`);
    return failed > 0 ? 1 : 0;
  },
});

interface Playing {
  readonly flows: ReturnType<typeof openFlowFiles>;
  readonly here: Awaited<ReturnType<typeof worldHere>>;
  readonly update: boolean;
}

/** Plays a test, and says how it came out. Returns whether it has passed. */
async function playFile(file: string, { flows, here, update }: Playing, terminal: Terminal): Promise<boolean> {
  try {
    const test = await readTest(file, terminal);
    const programs = await flows.programsOf(file, test);
    const played = playTest(test, { programs, adapters: here.adapters, constants: here.values });
    const updated = updatedTest(test, played.played);
    const isUpdated = update && played.problems.length === 0 && !isDeepStrictEqual(test, JSON.parse(JSON.stringify(updated)));
    if (isUpdated) writeText(file, testAsText(updated));
    const passed = played.problems.length === 0 && (update || played.different.length === 0);
    terminal.out(`${isUpdated ? 'updated' : passed ? 'ok' : 'FAILED'}  ${file}: ${test.promise}\n`);
    terminal.out(showFailure(test, played));
    return passed;
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    terminal.out(`FAILED  ${file}\n${error.message}\n`);
    return false;
  }
}

function writeText(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new CommandError(`cannot write ${file}: ${wordsOfFileError(error)}`);
  }
}
