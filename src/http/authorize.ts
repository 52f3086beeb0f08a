import type { Request, RequestHandler } from 'express';
import { type Caller, rolesFor } from '../manage/caller.js';
import { callerByHash, hashOfKey } from '../manage/find-caller.js';
import { findSignedIn, type SignInParts } from '../manage/sign-ins.js';
import { callSite } from './call-site.js';
import type { Guesses } from './guesses.js';
import { RefusedCall } from './refused-call.js';
import { handler } from './requests.js';
import type { Route } from './route.js';
import { readCookie } from './sign-in-cookie.js';

const callers = new WeakMap<Request, Caller>();
const NOBODY: Caller = { id: '', name: '', role: 'trigger', flows: [] };
const READS: readonly string[] = ['GET', 'HEAD'];

/** Returns who makes a call. To be used behind `authenticate`. */
export function callerOf(request: Request): Caller {
  return callers.get(request) ?? NOBODY;
}

export interface DoorParts extends SignInParts {
  readonly guesses: Guesses;
  /** The address at which browsers reach the host. */
  readonly publicUrl: string | undefined;
}

/** Finds out who makes a call, by the key, or by the cookie of a browser that is signed in. */
export function authenticate(parts: DoorParts): RequestHandler {
  return handler(async (request, _response, next) => {
    const [, key] = /^Bearer (\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
    const cookie = readCookie(request.get('cookie'));
    if (key !== undefined) callers.set(request, await callerWithKey(parts, { key, from: request.ip ?? '' }));
    else if (cookie !== undefined) callers.set(request, await callerWithCookie(parts, { cookie, request }));
    else throw new RefusedCall({ refused: 'key/missing', detail: 'The call needs a key. Send the header Authorization: Bearer <key>.' });
    next();
  });
}

async function callerWithKey(parts: DoorParts, { key, from }: { readonly key: string; readonly from: string }): Promise<Caller> {
  const hash = hashOfKey(key);
  await parts.guesses.refuseMore(from, hash);
  const caller = await callerByHash(parts, hash);
  if (!caller) {
    await parts.guesses.note(from);
    throw new RefusedCall({ refused: 'key/unknown' });
  }
  parts.guesses.trust(hash);
  return caller;
}

/** A browser sends its cookie for any page that asks it to, so a page of another site must not change anything. */
async function callerWithCookie(
  parts: DoorParts,
  { cookie, request }: { readonly cookie: string; readonly request: Request },
): Promise<Caller> {
  if (!READS.includes(request.method) && callSite(request.headers, parts.publicUrl) !== 'own')
    throw new RefusedCall({ refused: 'sign-in/other-site' });
  const caller = await findSignedIn(parts, cookie);
  if (!caller) throw new RefusedCall({ refused: 'sign-in/expired' });
  return caller;
}

/** Refuses callers whose role may not call the route. */
export function allow({ role: needed }: { readonly role: Exclude<Route['role'], 'none'> }): RequestHandler {
  return (request, _response, next) => {
    const { role } = callerOf(request);
    const may = rolesFor(needed);
    if (!may.includes(role))
      throw new RefusedCall({
        refused: 'key/wrong-role',
        detail: `The call needs a key of role ${may.join(' or ')}. The role of this key is ${role}.`,
      });
    next();
  };
}
