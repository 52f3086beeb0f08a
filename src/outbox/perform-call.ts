import {
  type CallBody,
  CallError,
  type Clock,
  isDeeper,
  type Json,
  MAX_LEVELS,
  type OutboundAsk,
  type Service,
} from '../contract/index.js';
import { blacken } from './blacken.js';
import type { Outbound } from './outbound-request.js';
import { type Secrets, unseal } from './unseal.js';

export interface CallParts {
  readonly services: ReadonlyMap<string, Service>;
  /** Put in just before a call; never stored or logged. */
  readonly secrets: Secrets;
  readonly outbound: Outbound;
  readonly clock: Clock;
}

const LONGEST_REASON = 500;

/** Asks a service; its value, or why there is none. Total. */
export async function performCall(
  parts: CallParts,
  { id, body, traceparent }: { readonly id: string; readonly body: CallBody; readonly traceparent?: string },
): Promise<Called> {
  const service = parts.services.get(body.service);
  if (!service) return failed('call/unknown-service', `there is no service "${body.service}"`);
  const over = new AbortController();
  const late = new Promise<never>((_, reject) => {
    over.signal.addEventListener('abort', () => reject(new CallError('call/timeout', 'the deadline is over')));
  });
  const cancel = parts.clock.after(body.deadline, () => over.abort());
  let used: readonly string[] = [];
  const ask = async (): Promise<Called> => {
    const opened = unseal(body.input, parts.secrets);
    used = opened.used;
    const { value: input, error } = service.input.validate(opened.value);
    if (error) return failed('call/bad-input', `"${body.service}" cannot be asked that`);
    const pause = (millis: number) => Promise.race([new Promise<void>((done) => void parts.clock.after(millis, done)), late]);
    const request = (request: OutboundAsk) => parts.outbound.request(traced(request, traceparent), over.signal);
    const answer = await service.call(input, { id, signal: over.signal, request, pause });
    // It could not be stored, and the call would be made again and again.
    if (isDeeper(answer)) return failed('call/too-deep', `the answer is nested more than ${MAX_LEVELS} levels deep`);
    return { ok: true, value: blacken(answer, used) };
  };
  try {
    return await Promise.race([ask(), late]);
  } catch (error) {
    const reason = String(blacken(error instanceof Error ? error.message : String(error), used)).slice(0, LONGEST_REASON);
    return failed(error instanceof CallError ? error.code : 'call/failed', reason);
  } finally {
    cancel();
  }
}

/** The words of whoever asks go first. */
function traced(request: OutboundAsk, traceparent: string | undefined): OutboundAsk {
  return traceparent === undefined ? request : { ...request, headers: { traceparent, ...request.headers } };
}

type Called = { readonly ok: boolean; readonly value: Json; readonly code?: string };

function failed(code: string, reason: string): Called {
  return { ok: false, value: { code, reason }, code };
}
