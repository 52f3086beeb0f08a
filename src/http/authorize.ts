import { createHash } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import type { Clock } from '../contract/index.js';
import type { ApiKey, Store } from '../contract/store/index.js';
import { type Caller, rolesFor } from '../manage/caller.js';
import type { Guesses } from './guesses.js';
import { RefusedCall } from './refused-call.js';
import { handler } from './requests.js';
import type { Route } from './route.js';

const callers = new WeakMap<Request, Caller>();
/** The last use of a key is stored at most once in this many milliseconds. */
const TOUCHED_EVERY = 60_000;
const NOBODY: Caller = { id: '', name: '', role: 'trigger', flows: [] };

/** Returns who makes a call. To be used behind `authenticate`. */
export function callerOf(request: Request): Caller {
  return callers.get(request) ?? NOBODY;
}

export interface DoorParts {
  readonly store: Pick<Store, 'keys'>;
  readonly clock: Pick<Clock, 'now'>;
  /** SHA-256 of the admin's key, as hex. */
  readonly adminKeyHash: string;
  readonly guesses: Guesses;
}

/** Finds out who makes a call. Keys are compared by their hashes, so that the time of a comparison reveals nothing of them. */
export function authenticate(parts: DoorParts): RequestHandler {
  return handler(async (request, _response, next) => {
    const [, key] = /^Bearer (\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
    if (key === undefined)
      throw new RefusedCall({ refused: 'key/missing', detail: 'The call needs a key. Send the header Authorization: Bearer <key>.' });
    const hash = createHash('sha256').update(key).digest('hex');
    const from = request.ip ?? '';
    await parts.guesses.refuseMore(from, hash);
    const caller = await callerBy(parts, hash);
    if (!caller) {
      await parts.guesses.note(from);
      throw new RefusedCall({ refused: 'key/unknown' });
    }
    parts.guesses.trust(hash);
    callers.set(request, caller);
    next();
  });
}

async function callerBy({ store, clock, adminKeyHash }: DoorParts, hash: string): Promise<Caller | undefined> {
  if (hash === adminKeyHash) return { id: 'admin', name: 'admin', role: 'admin' };
  const key = await store.keys.findByHash(hash);
  if (key && isStale(key, clock.now())) void store.keys.touch(key.id, clock.now()).catch(() => {});
  return key;
}

function isStale({ lastUsedAt }: ApiKey, now: string): boolean {
  return lastUsedAt === undefined || Date.parse(now) - Date.parse(lastUsedAt) > TOUCHED_EVERY;
}

/** Refuses callers whose role may not call the route. */
export function allow({ role: needed }: Pick<Route, 'role'>): RequestHandler {
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
