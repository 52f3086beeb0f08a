import type { RequestHandler } from 'express';
import type { Meters } from '../contract/index.js';
import { handler } from './requests.js';

/** How `/metrics` is served. It holds no secrets and nothing of people, so it may be open. */
export interface MetricsDoor {
  readonly access: 'open' | 'key' | 'off';
  /** Absent where no figures are kept. */
  readonly show?: () => Promise<{ readonly contentType: string; readonly text: string }>;
}

/** `/metrics` for Prometheus; with `key` for who has one that may read; switched off it is no route. */
export function metricsRoute({ access, show }: MetricsDoor, door: readonly RequestHandler[]): readonly RequestHandler[] {
  if (access === 'off' || !show) return [(_request, _response, next) => next()];
  const answer = handler(async (_request, response) => {
    const { contentType, text } = await show();
    response.set('Content-Type', contentType).end(text);
  });
  return access === 'open' ? [answer] : [...door, answer];
}

/** Tells the meters of every call that comes by: its method, the pattern of its path, its status; turns of it belong to the caller's trace. */
export function meterCalls(meters: Meters): RequestHandler {
  return (request, response, next) => {
    const door = meters.request(request.method, request.get('traceparent'));
    // Where the routes are mounted; an error takes it away before the end.
    const { baseUrl } = request;
    let isTold = false;
    const tell = () => {
      if (isTold) return;
      isTold = true;
      const path: unknown = request.route?.path;
      // The pattern, never the path itself, in which there are ids.
      door.answered(response.statusCode, typeof path === 'string' ? `${baseUrl}${path}` : '');
    };
    response.once('finish', tell);
    response.once('close', tell);
    door.within(next);
  };
}
