import { writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { structuredPatch } from 'diff';
import type { Step } from '../golden/conversation.js';
import { CommandError, defineCommand } from './command.js';
import { openPlayer, readCase } from './golden-case.js';
import { wordsOfFileError } from './read-json-file.js';

/** The number of unchanged lines shown around a change. */
const CONTEXT = 2;

/** Plays golden cases again. */
export const testCases = defineCommand({
  summary: 'play golden cases again, and show what comes out differently',
  usage: ['<case.json> … [--update]'],
  about:
    'Plays cases that "parley play --save" has written on the current flow files, and shows each turn that comes out differently. --update writes what comes out now into the cases. Look at the differences before you keep them.',
  options: { update: { help: 'write what comes out now into the cases' } },
  words: { min: 1, max: 10_000, missing: 'which case files?' },
  examples: ['parley test flows/*.case.json'],
  fails: 'something comes out differently, or a flow has errors',
  async run({ words: files, options: { update } }, terminal) {
    let different = 0;
    for (const file of files) {
      const { conversation, flowFiles } = await readCase(file, terminal);
      const { player } = await openPlayer(flowFiles, terminal, conversation.constants);
      const steps = conversation.steps.map((step) => playedAt(file, () => player.play(step).played));
      const changed = steps.flatMap((step, i) => (isDeepStrictEqual(step, conversation.steps[i]) ? [] : [i]));
      if (changed.length > 0) different += 1;
      terminal.out(`${changed.length === 0 ? 'ok' : update ? 'updated' : 'DIFFERENT'}  ${file}: ${conversation.promise}\n`);
      if (update && changed.length > 0) rewrite(file, { ...conversation, steps });
      for (const i of changed) terminal.out(showChange(i, conversation.steps[i], steps[i]));
    }
    terminal.out(`${files.length} cases, ${different} ${update ? 'updated' : 'different'}\n`);
    return different > 0 && !update ? 1 : 0;
  },
});

function playedAt(file: string, play: () => Step): Step {
  try {
    return play();
  } catch (error) {
    throw new CommandError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function rewrite(file: string, content: object): void {
  try {
    writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
  } catch (error) {
    throw new CommandError(`cannot write ${file}: ${wordsOfFileError(error)}`);
  }
}

/** Writes what is different in a step, line by line. */
function showChange(i: number, was: Step | undefined, is: Step | undefined): string {
  const { at = 0, turn: _, ...what } = is ?? {};
  const [before, after] = [was, is].map((step) => JSON.stringify(step?.turn ?? {}, null, 2));
  const hunks = structuredPatch('', '', `${before}\n`, `${after}\n`, '', '', { context: CONTEXT }).hunks;
  const lines = hunks.flatMap((hunk, n) => [...(n === 0 ? [] : ['  …']), ...hunk.lines]);
  return `  step ${i + 1}, at ${at} s: ${JSON.stringify(what)}\n${lines.map((line) => `    ${line}\n`).join('')}`;
}
