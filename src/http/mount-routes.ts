import { pipeline } from 'node:stream/promises';
import { type Request, type Response, Router } from 'express';
import { isRefused } from '../contract/host/index.js';
import type { Clock } from '../contract/index.js';
import type { Store } from '../contract/store/index.js';
import { recordChange } from '../manage/audit.js';
import { allow, callerOf } from './authorize.js';
import { callSite } from './call-site.js';
import { etag } from './etag.js';
import { isFromHere } from './from-here.js';
import { answerProblem, problemDetails } from './problem-answer.js';
import { readBody, readQuery, readsBody } from './read-call.js';
import { handler } from './requests.js';
import type { Answer, Call, Route } from './route.js';

/** What mounting routes needs beside what their handlers need. */
export interface MountParts {
  readonly store: Pick<Store, 'audit'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly publicUrl: string | undefined;
}

/**
 * Makes express routes of declared ones: role, body, query, handler, audit log, answer, in this order. Only behind `authenticate`,
 * unless their role is `none`.
 */
export function mountRoutes(routes: readonly Route[], parts: MountParts): Router {
  const router = Router();
  for (const route of routes) {
    const path = route.path.replaceAll(/\{(\w+)\}/g, ':$1');
    router[route.method](
      path,
      ...(route.role === 'none' ? [] : [allow({ role: route.role })]),
      ...readsBody(route),
      handler(async (request, response) => {
        const answer = await route.handle(readCall(route, { request, publicUrl: parts.publicUrl }));
        if (isRefused(answer)) {
          if (answer.draft) response.set('ETag', etag(answer.draft.revision));
          answerProblem(response, problemDetails(answer, route.statuses));
          return;
        }
        // The OpenAPI document promises the action of the route.
        if (answer.changed && answer.changed.action !== route.action) throw new Error(`${route.path} has changed ${answer.changed.action}`);
        await recordChange(parts, callerOf(request), answer.changed);
        await send(response, route, answer);
      }),
    );
  }
  return router;
}

function readCall(route: Route, { request, publicUrl }: { readonly request: Request } & Pick<MountParts, 'publicUrl'>): Call {
  return {
    name: (of) => {
      const value = request.params[of];
      return typeof value === 'string' ? value : '';
    },
    query: readQuery(route, request.query),
    body: readBody(route, request.body),
    caller: callerOf(request),
    header: (name) => request.get(name),
    from: { address: request.ip ?? '', isHere: isFromHere(request), site: callSite(request.headers, publicUrl) },
  };
}

async function send(response: Response, route: Route, { status, headers = {}, body, bytes }: Answer): Promise<void> {
  response.status(status ?? Number(Object.keys(route.answers)[0])).set(headers);
  if (bytes) {
    // If the caller hangs up in the middle, the missing end tells them that their file is broken.
    await pipeline(bytes.from, response.type(bytes.type))
      .catch(() => {})
      .finally(() => bytes.done());
  } else if (body === undefined) response.end();
  else response.json(body);
}
