import { startTimer } from '../clock/start-timer.js';
import {
  type AllowRule,
  type AnswerHead,
  CallError,
  type OutboundAnswer,
  type OutboundAsk,
  type StreamAsk,
  type StreamReader,
} from '../contract/index.js';
import { answerText, ENCODINGS, tooLarge } from './answer-text.js';
import { guardedLookup, portOf, refuseLiteral } from './outbound-guard.js';
import { readParts, UNPACKED } from './outbound-stream.js';
import type * as Undici from './undici.js';

/** Sends the HTTP requests of services. Private addresses are refused, see `outbound-guard.ts`. */
export interface Outbound {
  /** @throws CallError if there is no answer, or it is too large, or the address is not allowed. */
  request(ask: OutboundAsk, signal: AbortSignal): Promise<OutboundAnswer>;
  /**
   * Sends a request whose answer is read while it arrives.
   *
   * @throws CallError like `request`; `request/stalled` if nothing comes for too long, `request/broken-off` if the connection is lost.
   */
  stream(streamed: Streamed, signal: AbortSignal): Promise<AnswerHead>;
  close(): Promise<void>;
}

/** A request, and what reads its answer. */
export interface Streamed {
  readonly ask: StreamAsk;
  readonly read: StreamReader;
}

/** In bytes, compressed and decompressed: the answer is stored in the turn log. */
const MAX_ANSWER = 256_000;
const MAX_REDIRECTS = 5;
/** Connections to one origin: as many as there is room for calls of a service, so that no call waits for one. */
const MAX_CONNECTIONS = 64;
/** Headers that a redirect may take to another origin. Any other may hold a secret of the first origin. */
const HARMLESS: ReadonlySet<string> = new Set(['accept', 'accept-encoding', 'accept-language', 'content-type', 'idempotency-key']);

/** An answer of which only the head has been read. */
interface OpenAnswer extends AnswerHead {
  readonly body: AsyncIterable<Buffer>;
}

export function createOutbound(rules: readonly AllowRule[]): Outbound {
  const agents = new Map<number | 'unguarded', Undici.Agent>();

  /** One agent for each port, because a rule may be for one port only, and one for addresses of settings. */
  function agentOf({ Agent }: typeof Undici, port: number | 'unguarded'): Undici.Agent {
    let agent = agents.get(port);
    if (!agent) {
      const connect = port === 'unguarded' ? {} : { connect: { lookup: guardedLookup(port, rules) } };
      agent = new Agent({ connections: MAX_CONNECTIONS, ...connect });
      agents.set(port, agent);
    }
    return agent;
  }

  async function open(ask: OutboundAsk, url: URL, signal: AbortSignal): Promise<OpenAnswer> {
    const undici = await import('./undici.js');
    const answer = await undici.request.call(agentOf(undici, ask.isOfSettings ? 'unguarded' : portOf(url)), {
      method: ask.method,
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      headers: { accept: 'application/json, */*;q=0.5', 'accept-encoding': ENCODINGS, 'user-agent': 'Parley', ...ask.headers },
      ...(ask.body === undefined ? {} : { body: ask.body }),
      headersTimeout: ask.timeout,
      bodyTimeout: ask.timeout,
      signal,
    });
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(answer.headers)) if (value !== undefined) headers[name] = String(value);
    return { status: answer.statusCode, headers, body: answer.body as AsyncIterable<Buffer> };
  }

  /** Sends a request, follows its redirects, and reads the answer at their end. */
  async function follow<T>(ask: OutboundAsk, signal: AbortSignal, read: (answer: OpenAnswer) => Promise<T>): Promise<T> {
    let [next, url] = [ask, addressOf(ask.url)];
    for (let hop = 0; ; hop += 1) {
      if (!next.isOfSettings) refuseLiteral(url, rules);
      const answer = await open(next, url, signal);
      const to = redirect(answer, url);
      if (!to) return read(answer);
      await bytesOf(answer);
      if (hop === MAX_REDIRECTS) throw new CallError('request/too-many-redirects', `there were more than ${MAX_REDIRECTS} redirects`);
      next = redirected(next, { status: answer.status, isElsewhere: to.origin !== url.origin });
      url = to;
    }
  }

  async function withinTime<T>(ask: OutboundAsk, signal: AbortSignal, read: (answer: OpenAnswer) => Promise<T>): Promise<T> {
    const late = new AbortController();
    const cancel = startTimer(ask.timeout, () => late.abort());
    try {
      return await follow(ask, AbortSignal.any([signal, late.signal]), read);
    } catch (error) {
      throw late.signal.aborted
        ? new CallError('request/timeout', `there was no answer in ${ask.timeout / 1000} s`, true)
        : callErrorOf(error);
    } finally {
      cancel();
    }
  }

  return {
    request: (ask, signal) => withinTime(ask, signal, textOf),
    async stream({ ask, read }, signal) {
      const stalled = new AbortController();
      let limit = ask.firstWithin;
      const watch = () => startTimer(limit, () => stalled.abort());
      let cancel = watch();
      const progress = (): void => {
        cancel();
        limit = ask.nextWithin;
        cancel = watch();
      };
      try {
        const unpacked = { ...ask, headers: { 'accept-encoding': UNPACKED, ...ask.headers } };
        const either = AbortSignal.any([signal, stalled.signal]);
        return await withinTime(unpacked, either, (answer) => readParts(answer, { read, progress }));
      } catch (error) {
        if (!stalled.signal.aborted) throw error;
        throw new CallError('request/stalled', `nothing came for ${limit / 1000} s`, true);
      } finally {
        cancel();
      }
    },
    async close() {
      await Promise.all([...agents.values()].map((agent) => agent.destroy()));
    },
  };
}

async function textOf({ status, headers, ...answer }: OpenAnswer): Promise<OutboundAnswer> {
  return { status, headers, body: await answerText(await bytesOf(answer), headers, MAX_ANSWER) };
}

/** Reads a body as it was received, still compressed. */
async function bytesOf({ body }: Pick<OpenAnswer, 'body'>): Promise<Buffer> {
  let size = 0;
  const chunks: Buffer[] = [];
  for await (const chunk of body) {
    size += chunk.length;
    if (size > MAX_ANSWER) throw tooLarge(MAX_ANSWER);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function addressOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:') || url.username !== '' || url.password !== '')
    throw new CallError('request/bad-address', 'the address does not begin with https:// or http://, or it has a user name or password');
  return url;
}

function redirect({ status, headers }: AnswerHead, from: URL): URL | undefined {
  const to = headers['location'];
  if (to === undefined || ![301, 302, 303, 307, 308].includes(status)) return undefined;
  if (!URL.canParse(to, from.href)) throw new CallError('request/bad-address', 'the answer redirects to an invalid address');
  return addressOf(new URL(to, from).href);
}

/**
 * Returns the request to send after a redirect, as browsers do: https://fetch.spec.whatwg.org/#http-redirect-fetch. Another origin is not
 * the one of the settings any more.
 */
function redirected(
  { isOfSettings = false, ...ask }: OutboundAsk,
  { status, isElsewhere }: { readonly status: number; readonly isElsewhere: boolean },
): OutboundAsk {
  const entries = Object.entries(ask.headers ?? {}).filter(([name]) => !isElsewhere || HARMLESS.has(name.toLowerCase()));
  const becomesGet = status === 303 ? ask.method !== 'HEAD' : (status === 301 || status === 302) && ask.method === 'POST';
  const trusted = { isOfSettings: isOfSettings && !isElsewhere };
  if (!becomesGet) return { ...ask, ...trusted, headers: Object.fromEntries(entries) };
  const { body: _, ...rest } = ask;
  return {
    ...rest,
    ...trusted,
    method: 'GET',
    headers: Object.fromEntries(entries.filter(([name]) => name.toLowerCase() !== 'content-type')),
  };
}

/** Reports the code only: messages of network errors name hosts, and an address may hold a secret. */
function callErrorOf(error: unknown): CallError {
  const cause = rootOf(error);
  if (cause instanceof CallError) return cause;
  const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  if (code === 'UND_ERR_INVALID_ARG') return new CallError('request/bad-header', 'a header has an invalid name or value');
  return new CallError('request/no-answer', `there was no answer${code === '' ? '' : ` (${code})`}`, true);
}

function rootOf(error: unknown): unknown {
  if (error instanceof AggregateError) return error.errors[0];
  return error instanceof Error && error.cause instanceof CallError ? error.cause : error;
}
