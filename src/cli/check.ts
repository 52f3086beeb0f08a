import { writeFileSync } from 'node:fs';
import type { Problem } from '../contract/index.js';
import { parseJson } from '../contract/json/exact-json.js';
import { checkFlow, errorsOf } from '../flow/check.js';
import { findJsonMistake, type JsonMistake } from '../flow/json-mistake.js';
import { worldHere } from './check-here.js';
import { CommandError, defineCommand, type Terminal } from './command.js';
import { mendFlow } from './mend-flow.js';
import { readText, wordsOfFileError } from './read-json-file.js';
import { showProblems } from './show-problems.js';

/** Checks a flow file without a host, and mends it. */
export const check = defineCommand({
  summary: 'check a flow file',
  usage: ['<file> [--json] [--mend]'],
  about: `Reports every problem of a flow file: where it is, and what to do about it. It needs no host, and knows the node types of PLUGINS. "-" reads
the standard input.

With --json the answer is a list of { pointer, code, node?, message, hint, severity, mend? }. "mend" is a JSON Patch (RFC 6902) of the file, where
exactly one mend is sensible; the patches fit the file one after another, in this order. A file that is not JSON has one problem, with "line" and
"column".

With --mend the patches are applied, and the file is checked again, until there are none left. Then the file is written, and the problems that are
left are reported. With "-" the flow is printed to the standard output, and all words to the standard error.`,
  options: {
    json: { help: 'print the problems as JSON' },
    mend: { help: 'apply the mends of the problems, and write the file' },
  },
  words: { min: 1, max: 1, missing: 'which file?' },
  examples: ['parley check my-flow.json', 'parley check my-flow.json --mend', 'parley check - --mend < my-flow.json > mended.json'],
  fails: 'errors are left, or the file cannot be read',
  async run({ words: [file = ''], options: { json, mend } }, terminal) {
    const found = await checkText(await readText(file, terminal), { mends: mend === true, terminal });
    // The mended flow has the standard output for itself.
    const say = (text: string) => (mend && file === '-' ? terminal.err(text) : terminal.out(text));
    if (mend) writeMended(file, found, { say: json ? terminal.err : say, out: terminal.out });
    const errors = errorsOf(found.problems).length;
    if (json) say(`${JSON.stringify(found.problems, null, 2)}\n`);
    else {
      if (found.problems.length > 0) say(`${showProblems(found.problems)}\n`);
      say(`${file}: ${errors} errors, ${found.problems.length - errors} warnings\n`);
    }
    return errors > 0 ? 1 : 0;
  },
});

interface Found {
  readonly problems: readonly Problem[];
  readonly mended: readonly Problem[];
  /** The flow; undefined if the text is not JSON. */
  readonly body?: unknown;
}

async function checkText(text: string, { mends, terminal }: { readonly mends: boolean; readonly terminal: Terminal }): Promise<Found> {
  const world = await worldHere(terminal);
  const look = (body: unknown) => checkFlow(body, world);
  const read = parsed(text);
  if ('body' in read) return mends ? mendFlow(read.body, look) : { problems: look(read.body), mended: [] };
  const problem = notJson(read.mistake);
  if (!mends || read.mistake.value === undefined) return { problems: [problem], mended: [] };
  const rest = mendFlow(read.mistake.value, look);
  return { ...rest, mended: [problem, ...rest.mended] };
}

function parsed(text: string): { readonly body: unknown } | { readonly mistake: JsonMistake } {
  try {
    return { body: parseJson(text) };
  } catch {
    return { mistake: findJsonMistake(text) };
  }
}

function notJson({ message, hint, line, column }: JsonMistake): Problem {
  const place = line === undefined ? {} : { line, column };
  return { pointer: '', code: 'flow/not-json', message: `the file is not valid JSON: ${message}`, hint, severity: 'error', ...place };
}

type Writing = { readonly say: (text: string) => void; readonly out: (text: string) => void };

function writeMended(file: string, { mended, body }: Found, { say, out }: Writing): void {
  const text = body === undefined ? undefined : `${JSON.stringify(body, null, 2)}\n`;
  if (file === '-') {
    if (text !== undefined) out(text);
  } else if (text !== undefined && mended.length > 0) write(file, text);
  for (const { pointer, code, hint } of mended) say(`mended ${pointer || '/'} ${code}: ${hint}\n`);
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new CommandError(`cannot write ${file}: ${wordsOfFileError(error)}`);
  }
}
