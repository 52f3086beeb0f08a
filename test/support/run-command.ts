import { Readable } from 'node:stream';
import { commands } from '../../src/cli/commands.js';
import { runParley } from '../../src/cli/run-parley.js';
import { TEST_KEY } from './test-app.js';

/** What a command came to. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}
interface Surroundings {
  readonly env?: Readonly<Record<string, string>>;
  readonly dotenv?: string;
  readonly stdin?: string;
  readonly interrupted?: AbortSignal;
}

/** Runs a line of the `parley` command in this process. */
export async function runCommand(
  line: readonly string[],
  { env = {}, dotenv = '', stdin = '', interrupted }: Surroundings = {},
): Promise<Ran> {
  const said = { out: '', err: '' };
  const code = await runParley(commands, line, {
    env,
    dotenv,
    stdin: Readable.from([stdin]),
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    interrupted: interrupted ?? new AbortController().signal,
  });
  return { code, ...said };
}

/** Runs lines against one host, with its key in the environment. */
export function commandsOn(url: string, key = TEST_KEY): (line: readonly string[], stdin?: string) => Promise<Ran> {
  return (line, stdin = '') => runCommand(line, { env: { PARLEY_URL: url, PARLEY_KEY: key }, stdin });
}
