import { Readable } from 'node:stream';
import { commands } from '../../src/cli/commands.js';
import { runParley } from '../../src/cli/run-parley.js';
import { TEST_KEY } from './test-app.js';

/** The outcome of a command. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}
interface Environment {
  readonly env?: Readonly<Record<string, string>>;
  readonly dotenv?: string;
  readonly stdin?: string;
  readonly interrupted?: AbortSignal;
}

/** Runs a line of the `parley` command in this process. */
export async function runCommand(
  line: readonly string[],
  { env = {}, dotenv = '', stdin = '', interrupted }: Environment = {},
): Promise<Ran> {
  const written = { out: '', err: '' };
  const code = await runParley(commands, line, {
    env,
    dotenv,
    stdin: Readable.from([stdin]),
    out: (text) => {
      written.out += text;
    },
    err: (text) => {
      written.err += text;
    },
    interrupted: interrupted ?? new AbortController().signal,
  });
  return { code, ...written };
}

/** Returns a function that runs lines against one host, with its key in the environment. */
export function commandsOn(url: string, key = TEST_KEY): (line: readonly string[], stdin?: string) => Promise<Ran> {
  return (line, stdin = '') => runCommand(line, { env: { PARLEY_URL: url, PARLEY_KEY: key }, stdin });
}
