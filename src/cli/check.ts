import { errorsOf } from '../flow/check.js';
import { checkHere } from './check-here.js';
import { defineCommand } from './command.js';
import { readJsonFile } from './read-json-file.js';
import { showProblems } from './show-problems.js';

/** Checks a flow file without a host. */
export const check = defineCommand({
  summary: 'check a flow file',
  usage: ['<file> [--json]'],
  about:
    'Reports every problem of a flow file: where it is, and what to do about it. It needs no host, and knows the node types of PLUGINS. "-" reads the standard input.',
  options: { json: { help: 'print the problems as JSON' } },
  words: { min: 1, max: 1, missing: 'which file?' },
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
