import type { RequestHandler } from 'express';
import type { Meters } from '../contract/host/index.js';
import { handler } from './requests.js';

/** How `/metrics` is served. It holds no secrets and nothing about people, so it may be open to everybody. */
export interface MetricsDoor {
  readonly access: 'open' | 'key' | 'off';
  /** Absent if no metrics are kept. */
  readonly show?: () => Promise<{ readonly contentType: string; readonly text: string }>;
}

/** Serves `/metrics` for Prometheus: to everybody, to callers with a key that may read, or not at all. */
export function metricsRoute({ access, show }: MetricsDoor, door: readonly RequestHandler[]): readonly RequestHandler[] {
  if (access === 'off' || !show) return [(_request, _response, next) => next()];
  const answer = handler(async (_request, response) => {
    const { contentType, text } = await show();
    response.set('Content-Type', contentType).end(text);
  });
  return access === 'open' ? [answer] : [...door, answer];
}

/** Measures every call by its method, the pattern of its path and its status. Turns that it leads to belong to the caller's trace. */
export function meterCalls(meters: Meters): RequestHandler {
  return (request, response, next) => {
    const door = meters.request(request.method, request.get('traceparent'));
    // Read now: it is gone by the end of a call that has failed.
    const { baseUrl } = request;
    let isMeasured = false;
    const measure = () => {
      if (isMeasured) return;
      isMeasured = true;
      const path: unknown = request.route?.path;
      // The pattern, never the path itself, which holds ids.
      door.answered(response.statusCode, typeof path === 'string' ? `${baseUrl}${path}` : '');
    };
    response.once('finish', measure);
    response.once('close', measure);
    door.within(next);
  };
}
