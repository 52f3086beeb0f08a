import {
  type CallBody,
  CallError,
  type Clock,
  type Json,
  type OutboundAsk,
  type Service,
  type ServiceTools,
  type StreamAsk,
  type StreamReader,
} from '../contract/index.js';
import { isDeeper, MAX_LEVELS } from '../contract/json/levels.js';
import type { Outbound } from './outbound-request.js';
import { redactSecrets } from './redact-secrets.js';
import { type Secrets, unseal } from './unseal.js';

/** Finds services by their names: a map of them, or what loads them. */
export interface Services {
  get(name: string): Service | undefined | Promise<Service | undefined>;
}

export interface CallParts {
  readonly services: Services;
  /** Filled in just before a call. Never stored or logged. */
  readonly secrets: Secrets;
  readonly outbound: Outbound;
  readonly clock: Clock;
}

/** A call that was claimed. */
export interface CallRequest extends Pick<ServiceTools, 'id' | 'from'> {
  readonly body: CallBody;
  readonly traceparent?: string;
}

const MAX_REASON = 500;

/** Calls a service and returns its value, or why there is none. Never rejects. */
export async function performCall(parts: CallParts, { id, body, from = {}, traceparent }: CallRequest): Promise<Called> {
  const over = new AbortController();
  const late = new Promise<never>((_, reject) => {
    over.signal.addEventListener('abort', () => reject(new CallError('call/timeout', 'the deadline has passed')));
  });
  const cancel = parts.clock.after(body.deadline, () => over.abort());
  let used: readonly string[] = [];
  const call = async (): Promise<Called> => {
    const service = await parts.services.get(body.service);
    if (!service) return failed('call/unknown-service', `there is no service "${body.service}"`);
    const opened = unseal(body.input, parts.secrets);
    used = opened.used;
    const { value: input, error } = service.input.validate(opened.value);
    if (error) return failed('call/bad-input', `the input is not valid for the service "${body.service}"`);
    const pause = (millis: number) => Promise.race([new Promise<void>((done) => void parts.clock.after(millis, done)), late]);
    const request = (request: OutboundAsk) => parts.outbound.request(traced(request, traceparent), over.signal);
    const stream = (ask: StreamAsk, read: StreamReader) => parts.outbound.stream({ ask: traced(ask, traceparent), read }, over.signal);
    const answer = await service.call(input, { id, from, signal: over.signal, request, stream, pause });
    // It could not be stored, so the call would be made again and again.
    if (isDeeper(answer)) return failed('call/too-deep', `the answer is nested more than ${MAX_LEVELS} levels deep`);
    return { ok: true, value: redactSecrets(answer, used) };
  };
  try {
    return await Promise.race([call(), late]);
  } catch (error) {
    const reason = String(redactSecrets(error instanceof Error ? error.message : String(error), used)).slice(0, MAX_REASON);
    return error instanceof CallError ? failed(error.code, reason, error.status) : failed('call/failed', reason);
  } finally {
    cancel();
  }
}

/** Adds the trace context, unless the service has set one. */
function traced<A extends OutboundAsk>(request: A, traceparent: string | undefined): A {
  return traceparent === undefined ? request : { ...request, headers: { traceparent, ...request.headers } };
}

type Called = { readonly ok: boolean; readonly value: Json; readonly code?: string };

function failed(code: string, reason: string, status?: number): Called {
  return { ok: false, value: { code, reason, ...(status === undefined ? {} : { status }) }, code };
}
