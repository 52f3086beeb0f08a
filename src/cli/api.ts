import { settingsGiven } from '../config/load.js';
import { CommandError, type Given, type Options, type Terminal } from './command.js';
import { showProblems } from './show-problems.js';

/** Where a host is called, and with which key. */
export const HOST_OPTIONS = {
  url: { value: 'address', help: 'where the host listens (else PARLEY_URL, else HOST and PORT of the settings)' },
  key: { value: 'key', help: 'a key of the API; better in the environment or .env, as PARLEY_KEY or PARLEY_ADMIN_KEY' },
} as const satisfies Options;

/** A caller of a running host's API. Each call that gets no answer to work with is a `CommandError` in words. */
export interface Api {
  /** The body of the answer; a refusal is an error. */
  call(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Body>;
  /** The answer, refusal or not; only what the host cannot be asked for is an error. */
  ask(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Reply>;
  /** The answer as it comes in; a refusal is an error. */
  stream(method: string, path: string, signal: AbortSignal): Promise<Response>;
  /** The items of a list, page after page, at most so many. */
  list(path: string, most?: number): Promise<readonly Body[]>;
}
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}
// biome-ignore lint/suspicious/noExplicitAny: answers are looked into by the commands
export type Body = any;

/** There was no answer, so nobody knows whether the host has done what it was asked for. */
export class HostLost extends CommandError {}

/** Opens the API of the host that the options or the settings name. */
export function openApi({ url, key }: Given<typeof HOST_OPTIONS>['options'], { env, dotenv }: Terminal): Api {
  const { HOST, PORT = '3000', PARLEY_URL, PARLEY_KEY, PARLEY_ADMIN_KEY } = settingsGiven(env, dotenv);
  const address = (url ?? PARLEY_URL ?? `http://${reachable(HOST)}:${PORT}`).replace(/(?<!\/)\/+$/, '');
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol))
    throw new CommandError(`"${address}" is no address of a host`, 2);
  const secret = key ?? PARLEY_KEY ?? PARLEY_ADMIN_KEY ?? '';
  if (secret === '') throw new CommandError('a key is needed: PARLEY_KEY or PARLEY_ADMIN_KEY in the environment or .env, or --key', 2);
  if (!/^[\x21-\x7e]+$/.test(secret)) throw new CommandError('the key has characters that no key has', 2);

  const reach = async (method: string, path: string, more: RequestInit) => {
    const headers = { authorization: `Bearer ${secret}`, ...(more.headers as Record<string, string> | undefined) };
    const answer = await fetch(address + path, { method, ...more, headers }).catch((error: unknown) => {
      throw new HostLost(`no host answers on ${address} (${reasonOf(error)}). "parley start" runs one`);
    });
    return answer;
  };
  const ask: Api['ask'] = async (method, path, body, headers = {}) => {
    const json = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await reach(method, path, {
      ...json,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    });
    const text = await answer.text().catch((error: unknown) => {
      throw new HostLost(`the answer of ${address} broke off (${reasonOf(error)})`);
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
    async list(path, most = Number.POSITIVE_INFINITY) {
      const items: Body[] = [];
      for (let cursor = ''; ; ) {
        const limit = Math.min(200, most - items.length);
        const page = await call('GET', `${path}${path.includes('?') ? '&' : '?'}limit=${limit}${cursor}`);
        items.push(...page.items);
        if (page.next === undefined || items.length >= most) return items;
        cursor = `&cursor=${encodeURIComponent(page.next)}`;
      }
    },
  };
}

/** A path of the API, its names made safe: `` path`/api/flows/${code}` ``. */
export function path(parts: TemplateStringsArray, ...names: readonly string[]): string {
  return String.raw({ raw: parts }, ...names.map(encodeURIComponent));
}

/** A refusal in words: what the host says, and what a person can do about it. */
export function refusal(status: number, body: Body, called: string): CommandError {
  const { code, detail, errors = [] } = body ?? {};
  if (code === 'http/unknown-route') return new CommandError(`this host has no ${called.split('?')[0]}: it is older than this command`);
  const hint = status === 401 ? ' Look at PARLEY_KEY, PARLEY_ADMIN_KEY or --key.' : '';
  return new CommandError(`${detail ?? `the host answered ${status}`}${hint}${errors.length > 0 ? `\n${showProblems(errors)}` : ''}`);
}

function readBody(text: string, address: string): Body {
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as Body;
  } catch {
    throw new CommandError(`what answers on ${address} is no Parley host: the answer is no JSON`);
  }
}

/** Where one can call what listens everywhere. */
function reachable(host = '127.0.0.1'): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? ('code' in cause ? String(cause.code) : cause.message) : String(cause);
}
