import { errorsOf } from '../flow/check.js';
import { checkHere } from './check-here.js';
import { defineCommand } from './command.js';
import { readJsonFile } from './read-json-file.js';
import { showProblems } from './show-problems.js';

/** Every problem of a flow file, without a host. */
export const check = defineCommand({
  summary: 'check a flow file',
  usage: ['<file> [--json]'],
  about:
    'Tells every problem of a flow file, each with its place and how to mend it; needs no host. Node types of PLUGINS are known. "-" reads the standard input.',
  options: { json: { help: 'the problems as JSON' } },
  words: { least: 1, most: 1, lacks: 'which file?' },
  examples: ['parley check my-flow.json'],
  fails: 'the file has errors, or cannot be read',
  async run({ words: [file = ''], options: { json } }, terminal) {
    const problems = await checkHere(await readJsonFile(file, terminal), terminal);
    const errors = errorsOf(problems).length;
    if (json) terminal.out(`${JSON.stringify(problems, null, 2)}\n`);
    else {
      if (problems.length > 0) terminal.out(`${showProblems(problems)}\n`);
      terminal.out(`${file}: ${errors} errors, ${problems.length - errors} warnings\n`);
    }
    return errors > 0 ? 1 : 0;
  },
});
