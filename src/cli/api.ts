import { settingsGiven } from '../config/load.js';
import { CommandError, type Given, type Options, type Terminal } from './command.js';
import { showProblems } from './show-problems.js';

/** The options of commands that call a host. */
export const HOST_OPTIONS = {
  url: { value: 'address', help: 'the address of the host (default: PARLEY_URL, else HOST and PORT of the settings)' },
  key: { value: 'key', help: 'an API key; safer in the environment or .env, as PARLEY_KEY or PARLEY_ADMIN_KEY' },
} as const satisfies Options;

/** Calls the API of a running host. A call without a usable answer throws a `CommandError`. */
export interface Api {
  /** Returns the body of the answer; throws on a refusal. */
  call(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Body>;
  /** Returns the answer, also a refusal; a body of bytes is sent as it is. Throws only if the host cannot be reached. */
  ask(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Reply>;
  /** Returns the answer as a stream; throws on a refusal. */
  stream(method: string, path: string, signal: AbortSignal): Promise<Response>;
  /** Reads the items of a list page by page, up to a maximum. */
  list(path: string, max?: number): Promise<readonly Body[]>;
}
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}
// biome-ignore lint/suspicious/noExplicitAny: commands know the forms of the answers
export type Body = any;

/** There was no answer, so it is unknown whether the host has carried out the call. */
export class HostLost extends CommandError {}

/** Opens the API of the host that the options or the settings name. */
export function openApi({ url, key }: Given<typeof HOST_OPTIONS>['options'], { env, dotenv }: Terminal): Api {
  const { HOST, PORT = '3000', PARLEY_URL, PARLEY_KEY, PARLEY_ADMIN_KEY } = settingsGiven(env, dotenv);
  const address = (url ?? PARLEY_URL ?? `http://${reachable(HOST)}:${PORT}`).replace(/(?<!\/)\/+$/, '');
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol))
    throw new CommandError(`"${address}" is not a valid address of a host`, 2);
  const secret = key ?? PARLEY_KEY ?? PARLEY_ADMIN_KEY ?? '';
  if (secret === '')
    throw new CommandError('a key is missing. Set PARLEY_KEY or PARLEY_ADMIN_KEY in the environment or .env, or use --key', 2);
  if (!/^[\x21-\x7e]+$/.test(secret)) throw new CommandError('the key has characters that are not allowed in a key', 2);

  const reach = async (method: string, path: string, more: RequestInit) => {
    const headers = { authorization: `Bearer ${secret}`, ...(more.headers as Record<string, string> | undefined) };
    const answer = await fetch(address + path, { method, ...more, headers }).catch((error: unknown) => {
      throw new HostLost(`no host answers on ${address} (${reasonOf(error)}). Start one with "parley start"`);
    });
    return answer;
  };
  const ask: Api['ask'] = async (method, path, body, headers = {}) => {
    const isFile = body instanceof Uint8Array;
    const json = body === undefined ? {} : { body: isFile ? Uint8Array.from(body) : JSON.stringify(body) };
    const answer = await reach(method, path, {
      ...json,
      headers: { ...headers, ...(body === undefined || isFile ? {} : { 'content-type': 'application/json' }) },
    });
    const text = await answer.text().catch((error: unknown) => {
      throw new HostLost(`the connection to ${address} was lost during the answer (${reasonOf(error)})`);
    });
    return { status: answer.status, headers: answer.headers, body: readBody(text, address) };
  };
  const call: Api['call'] = async (...request) => {
    const { status, body } = await ask(...request);
    if (status >= 400) throw refusal(status, body, request[1]);
    return body;
  };
  return {
    ask,
    call,
    async stream(method, path, signal) {
      const answer = await reach(method, path, { signal });
      if (!answer.ok) throw refusal(answer.status, readBody(await answer.text(), address), path);
      return answer;
    },
    async list(path, max = Number.POSITIVE_INFINITY) {
      const items: Body[] = [];
      for (let cursor = ''; ; ) {
        const limit = Math.min(200, max - items.length);
        const page = await call('GET', `${path}${path.includes('?') ? '&' : '?'}limit=${limit}${cursor}`);
        items.push(...page.items);
        if (page.next === undefined || items.length >= max) return items;
        cursor = `&cursor=${encodeURIComponent(page.next)}`;
      }
    },
  };
}

/** Writes a path of the API and encodes the names in it: `` path`/api/flows/${code}` ``. */
export function path(parts: TemplateStringsArray, ...names: readonly string[]): string {
  return String.raw({ raw: parts }, ...names.map(encodeURIComponent));
}

/** Makes an error of a refusal: what the host says, and what to do about it. */
export function refusal(status: number, body: Body, called: string): CommandError {
  const { code, detail, errors = [] } = body ?? {};
  if (code === 'http/unknown-route')
    return new CommandError(`the host does not know ${called.split('?')[0]}: it is older than this command`);
  const hint = status === 401 ? ' Check PARLEY_KEY, PARLEY_ADMIN_KEY or --key.' : '';
  return new CommandError(`${detail ?? `the host answered ${status}`}${hint}${errors.length > 0 ? `\n${showProblems(errors)}` : ''}`);
}

function readBody(text: string, address: string): Body {
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as Body;
  } catch {
    throw new CommandError(`the server on ${address} is not a Parley host: its answer is not JSON`);
  }
}

/** Returns an address to call for a host that listens on all addresses. */
function reachable(host = '127.0.0.1'): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? ('code' in cause ? String(cause.code) : cause.message) : String(cause);
}
