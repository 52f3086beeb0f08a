import fc from 'fast-check';
import { apiDocument } from '../scripts/api-document.js';
import type { Json, Problem } from '../src/contract/index.js';
import { chattyFlow } from './chatty-flow.js';
import { type Damage, damaged, damages } from './damage.js';
import type { Feed } from './feed.js';
import { type Answer, type FuzzHost, startFuzzHost } from './host.js';
import { oddText } from './odd-values.js';
import { flawIn } from './pointers.js';
import { flowSamples } from './samples.js';

type ApiInput =
  | { readonly do: 'life'; readonly sample: string; readonly damages: readonly Damage[]; readonly start: readonly Damage[] }
  | {
      readonly do: 'call';
      readonly call: number;
      readonly names: readonly string[];
      readonly query: readonly (readonly [string, string])[];
      readonly damages: readonly Damage[];
    };

/** A call in the OpenAPI document. */
interface Call {
  readonly method: string;
  readonly path: string;
  readonly body?: Json;
  readonly query: readonly string[];
}

const START = { contact: { identity: 'whatsapp:4915112345678' }, channel: 'wa', data: { name: 'Ada', total: 2.5 }, uuid: 'u1' };
/** Values for the parameters in a path, in addition to odd ones. */
const NAMES = ['chatty', 'wa', 'vb', 'welcome', '1', 'draft', 'no-such'];

/** Sends damaged flows through their whole life over HTTP, and damaged calls to every route. No response may be 5xx, and every refusal must name the place. */
export async function apiFeed({ mongodbUrl }: { readonly mongodbUrl?: string }): Promise<Feed<ApiInput>> {
  const host = await startFuzzHost(mongodbUrl);
  const samples = new Map((await flowSamples()).map(({ name, json }) => [name, json]));
  const calls = await callsOf();
  const name = fc.oneof(fc.constantFrom(...NAMES), oddText);
  const life = fc.record({ do: fc.constant('life' as const), sample: fc.constantFrom(...samples.keys()), damages, start: damages });
  const call = fc.record({
    do: fc.constant('call' as const),
    call: fc.nat(calls.length - 1),
    names: fc.array(name, { minLength: 2, maxLength: 2 }),
    query: fc.array(
      fc.tuple(fc.oneof(fc.constantFrom('limit', 'cursor', 'identity', 'flow', 'contact[$ne]', 'limit[$gt]'), oddText), oddText),
      { maxLength: 3 },
    ),
    damages,
  });
  return {
    input: fc.oneof({ weight: 2, arbitrary: life }, { weight: 3, arbitrary: call }),
    async take(input) {
      const outcome =
        input.do === 'life'
          ? await live(host, damaged(samples.get(input.sample) ?? null, input.damages), damaged(START, input.start))
          : await ask(host, calls, input);
      const [error] = host.errors();
      if (error !== undefined) throw new Error(`logged: ${error}`);
      return outcome;
    },
    close: () => host.close(),
  };
}

/** Creates, checks, binds, publishes, starts and removes a flow. */
async function live(host: FuzzHost, flow: Json, start: Json): Promise<string> {
  const code = 'fuzzed';
  const own = flow !== null && typeof flow === 'object' && !Array.isArray(flow) && 'code' in flow ? { ...flow, code } : flow;
  const made = judged(await send(host, 'POST', '/api/flows', own), own);
  if (made.status !== 201) return 'flow refused';
  judged(await send(host, 'POST', `/api/flows/${code}/check`, own), undefined);
  const channels = { channels: ['wa', 'vb'] };
  judged(await send(host, 'PUT', `/api/flows/${code}/channels`, channels), channels);
  const published = judged(await send(host, 'POST', `/api/flows/${code}/publish`, {}), undefined);
  if (published.status === 200) {
    judged(await send(host, 'POST', `/api/flows/${code}/trigger`, start), start);
    judged(await send(host, 'POST', `/api/flows/${code}/trigger`, { ...START, uuid: `u${Math.random()}` }), START);
    judged(await send(host, 'POST', `/api/flows/${code}/offline`, {}), undefined);
  }
  judged(await send(host, 'DELETE', `/api/flows/${code}`), undefined);
  return published.status === 200 ? 'flow lived' : 'flow not published';
}

async function ask(
  host: FuzzHost,
  calls: readonly Call[],
  { call, names, query, damages: all }: Extract<ApiInput, { do: 'call' }>,
): Promise<string> {
  const { method, path, body } = calls[call] ?? { method: 'GET', path: '/api/flows' };
  const left = [...names];
  const url = path.replaceAll(/\{\w+\}/g, () => encodeURIComponent(wellFormed(left.shift() ?? '') || 'x'));
  // If this call succeeded, all later calls would fail.
  if (/^(DELETE|PUT) .*(\/channels\/(wa|vb)|\/flows\/chatty)/.test(`${method} ${url}`)) return 'left out';
  if (/\/flows\/chatty\/(offline|rollback|publish)/.test(url)) return 'left out';
  const search = query.map(([name, value]) => `${encodeURIComponent(wellFormed(name))}=${encodeURIComponent(wellFormed(value))}`).join('&');
  const sent = body === undefined ? undefined : damaged(body, all);
  const { status } = judged(await send(host, method, `${url}${search === '' ? '' : `?${search}`}`, sent), sent);
  return `${Math.floor(status / 100)}xx`;
}

function send(host: FuzzHost, method: string, path: string, body?: Json): Promise<Answer> {
  return host.call(method, path, body === undefined ? undefined : JSON.stringify(body));
}

/** Throws for responses that must not happen: 5xx, and refusals that do not say what is wrong and where. */
function judged(answer: Answer, body: Json | undefined): Answer {
  const { status, type, text } = answer;
  if (status >= 500) throw new Error(`answered ${status}: ${text.slice(0, 500)}`);
  if (status < 400) return answer;
  if (!type.startsWith('application/problem+json')) throw new Error(`answered ${status} as ${type}: ${text.slice(0, 500)}`);
  const { code, detail, errors } = JSON.parse(text) as {
    readonly code: string;
    readonly detail: string;
    readonly errors: readonly Problem[];
  };
  if (!code || !detail) throw new Error(`answered ${status} without words: ${text.slice(0, 500)}`);
  if (status === 422 && errors.length === 0) throw new Error(`answered 422 without a pointer: ${text.slice(0, 500)}`);
  const mistake = flawIn(errors, status === 422 ? body : undefined);
  if (mistake !== undefined) throw new Error(`answered ${status}: ${mistake}`);
  return answer;
}

async function callsOf(): Promise<readonly Call[]> {
  const { paths } = (await apiDocument()) as { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(() => path.startsWith('/api/'))
      .map(([method, { requestBody, parameters = [] }]) => {
        const content = requestBody?.content['application/json'];
        const body = content && (content.example ?? chattyFlow);
        const query = parameters.filter((one) => one.in === 'query').map((one) => one.name);
        return { method: method.toUpperCase(), path, query, ...(body === undefined ? {} : { body }) };
      }),
  );
}
interface Operation {
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly example?: Json } } };
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
}

/** Returns a text that can be part of a URL. */
function wellFormed(text: string): string {
  return text.slice(0, 300).replaceAll(/[\ud800-\udfff]/g, '\ufffd');
}
