import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parse } from 'dotenv';

/** Where a host is called, and with which key. */
export const HOST_OPTIONS = { url: { type: 'string' }, key: { type: 'string' } } as const;
export const HOST_USAGE = `  --url <address>   where the host listens (default: HOST and PORT of the settings)
  --key <key>       a key of the API (default: PARLEY_ADMIN_KEY of the settings)`;

/** What goes wrong with a command, in words for the terminal. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  constructor(
    message: string,
    /** 1: what was asked for is not well; 2: asked for in the wrong way. */
    readonly exitCode: 1 | 2 = 1,
  ) {
    super(message);
  }
}

/** A caller of a running host's API. */
export interface Api {
  call(method: string, path: string, body?: unknown): Promise<Answer>;
}
// biome-ignore lint/suspicious/noExplicitAny: answers are looked into by the commands
type Answer = any;

/** As node's parseArgs, its complaints being the caller's mistake. */
export function argsOf<const T extends NonNullable<Parameters<typeof parseArgs>[0]>>(config: T): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new CommandError(error instanceof Error ? error.message : String(error), 2);
  }
}

/** Opens the API of the host that the options or the settings name. */
export function openApi({ url, key }: { readonly url?: string | undefined; readonly key?: string | undefined }): Api {
  const settings: Readonly<Record<string, string | undefined>> = {
    ...(existsSync('.env') ? parse(readFileSync('.env', 'utf8')) : {}),
    ...process.env,
  };
  const { HOST = '127.0.0.1', PORT = '3000', PARLEY_ADMIN_KEY } = settings;
  const address = (url ?? `http://${HOST === '0.0.0.0' ? '127.0.0.1' : HOST}:${PORT}`).replace(/\/$/, '');
  const secret = key ?? PARLEY_ADMIN_KEY;
  if (secret === undefined || secret === '')
    throw new CommandError('a key is needed: --key, or PARLEY_ADMIN_KEY in the environment or .env', 2);
  return {
    async call(method, path, body) {
      const answer = await fetch(address + path, {
        method,
        headers: { authorization: `Bearer ${secret}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }).catch((error: unknown) => {
        throw new CommandError(`no host answers on ${address} (${reasonOf(error)})`);
      });
      const text = await answer.text();
      if (!answer.ok) throw new CommandError(told(answer.status, text));
      return text === '' ? undefined : (JSON.parse(text) as Answer);
    },
  };
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? ('code' in cause ? String(cause.code) : cause.message) : String(cause);
}

/** A problem answer in lines: its words, then each problem with its place and how to mend it. */
function told(status: number, text: string): string {
  try {
    const { detail, errors = [] } = JSON.parse(text) as {
      readonly detail?: string;
      readonly errors?: readonly { readonly pointer: string; readonly message: string; readonly hint: string }[];
    };
    const lines = errors.map(({ pointer, message, hint }) => `\n  ${pointer || '/'}: ${message}. ${hint}`);
    return `${detail ?? `the host answered ${status}`}${lines.join('')}`;
  } catch {
    return `the host answered ${status}`;
  }
}
