import { createHmac } from 'node:crypto';
import { type Log, MAX_RETRY_AFTER } from '../contract/host/index.js';
import { type CallBody, type ChannelId, type Clock, type Json, type ProviderReply, plusMillis, type SendError } from '../contract/index.js';
import { isObject } from '../contract/json/json-members.js';
import type { Settlement, WaitingEffect } from '../contract/store/index.js';
import { pauseFor, verdictOn } from './backoff.js';
import type { Holds } from './holds.js';
import type { HttpClient } from './http-client.js';
import { dead, putOff } from './put-off.js';

/** Where the operators' system of a channel hears of hand-overs, and the secret that signs what it is sent. */
export interface OperatorsAddress {
  readonly url: string;
  readonly secret?: string;
}

export interface NoticeParts {
  /** Returns the address for a channel; undefined if there is none. */
  readonly operators: (channel: ChannelId) => OperatorsAddress | undefined;
  readonly client: HttpClient;
  /** Receivers that did not answer, by their addresses. */
  readonly receivers: Holds;
  readonly clock: Clock;
  /** Returns whether the wall clock has not been set for a while. */
  readonly isClockTrusted: () => boolean;
  readonly log: Log;
}

/** When a notice is looked at again whose receiver did not answer another one, in milliseconds. */
const LOOK_AGAIN = 10_000;

/**
 * Tells the operators' system of a channel what happens in a hand-over, and returns what became of that. It is retried for a day if nobody
 * answers, with pauses that grow to a minute; what the receiver refuses is given up. Without an address nothing is called. Never rejects.
 */
export async function performNotice(
  parts: NoticeParts,
  waiting: WaitingEffect,
  { body, traceparent }: { readonly body: CallBody; readonly traceparent?: string },
): Promise<Settlement> {
  const { id } = waiting.effect;
  const address = parts.operators(body.notice?.channel ?? '');
  if (!address) return { effect: id, outcome: 'done' };
  const receiver = { id: address.url, updatedAt: '' };
  const { clock, receivers } = parts;
  const held = receivers.left(receiver);
  if (held > 0) return putOff(waiting, plusMillis(clock.now(), Math.max(held, LOOK_AGAIN)), 'the receiver does not answer');
  const reply = await parts.client.send(requestOf({ address, id, input: body.input, traceparent }));
  const error = errorOf(reply);
  if (!error) {
    receivers.accepted(receiver);
    return { effect: id, outcome: 'done' };
  }
  parts.log.warn({ effect: id, kind: error.kind, code: error.code }, "the operators' system did not take a notice");
  const now = clock.now();
  const verdict = verdictOn(error, waiting, { now, isClockTrusted: parts.isClockTrusted() });
  if (!('retryAt' in verdict)) return dead(id, error);
  receivers.refused(receiver, { effect: id, millis: pauseFor(waiting) });
  const since = waiting.since ?? now;
  return { effect: id, outcome: 'retry', notBefore: verdict.retryAt, reason: error.message, accepted: 0, providerIds: [], since };
}

interface Told {
  readonly address: OperatorsAddress;
  readonly id: string;
  readonly input: Json;
  readonly traceparent: string | undefined;
}

function requestOf({ address: { url, secret }, id, input, traceparent }: Told) {
  const body = JSON.stringify({ id, ...(isObject(input) ? input : {}) });
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Parley',
    'idempotency-key': id,
    ...(secret === undefined ? {} : { 'x-parley-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}` }),
    ...(traceparent === undefined ? {} : { traceparent }),
  };
  return { method: 'POST', url, headers, body } as const;
}

/** Reads the answer of a receiver: undefined if it has taken the notice. */
function errorOf(reply: ProviderReply): SendError | undefined {
  const unreachable = (code: string, message: string): SendError => ({ ok: false, kind: 'unreachable', code, message });
  if ('failed' in reply) return unreachable('operator/no-answer', `there was no answer (${reply.detail})`);
  const { status, headers } = reply;
  if (status >= 200 && status < 300) return undefined;
  const words = `the answer was ${status}`;
  if (status === 429 || status === 503) return { ...unreachable(`http-${status}`, words), kind: 'throttled', ...retryAfter(headers) };
  if (status >= 500 || status === 408 || status === 425) return unreachable(`http-${status}`, words);
  return { ok: false, kind: 'rejected', code: `http-${status}`, message: words };
}

/** Returns what `Retry-After` asks for, in milliseconds. https://datatracker.ietf.org/doc/html/rfc9110#section-10.2.3 */
function retryAfter(headers: Readonly<Record<string, string>>): { readonly retryAfter?: number } {
  const seconds = Number(headers['retry-after'] ?? Number.NaN);
  return seconds >= 0 ? { retryAfter: Math.min(seconds * 1_000, MAX_RETRY_AFTER) } : {};
}
