import { createHash } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { type ApiKey, type Clock, type Role, type Store, UserError } from '../contract/index.js';
import { route } from './requests.js';
import { neededRole } from './roles.js';

/** Who calls: the admin of the settings, or a key. */
export interface Caller {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly flows?: readonly string[];
}

const callers = new WeakMap<Request, Caller>();
/** A key's last use is written down at most so often, in milliseconds. */
const TOUCHED_EVERY = 60_000;

/** Who it is that calls; only behind `authorize`. */
export function callerOf(request: Request): Caller {
  return callers.get(request) ?? { id: '', name: '', role: 'viewer' };
}

/** Lets a call by whose key has the role that it needs. Keys are compared by their hashes, so that time tells nothing of them. */
export function authorize(parts: { readonly store: Store; readonly clock: Clock; readonly adminKeyHash: string }): RequestHandler {
  return route(async (request, _response, next) => {
    const [, key] = /^Bearer (\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
    if (key === undefined) throw new UserError(401, 'key/missing', 'The call needs a key: Authorization: Bearer <key>.');
    const caller = await callerBy(parts, createHash('sha256').update(key).digest('hex'));
    if (!caller) throw new UserError(401, 'key/unknown', 'The key is not known.');
    refuseOthers(caller, request);
    callers.set(request, caller);
    next();
  });
}

async function callerBy(
  { store, clock, adminKeyHash }: { readonly store: Store; readonly clock: Clock; readonly adminKeyHash: string },
  hash: string,
): Promise<Caller | undefined> {
  if (hash === adminKeyHash) return { id: 'admin', name: 'admin', role: 'admin' };
  const key = await store.keys.findByHash(hash);
  if (key && isStale(key, clock.now())) void store.keys.touch(key.id, clock.now()).catch(() => {});
  return key;
}

function isStale({ lastUsedAt }: ApiKey, now: string): boolean {
  return lastUsedAt === undefined || Date.parse(now) - Date.parse(lastUsedAt) > TOUCHED_EVERY;
}

function refuseOthers({ role, flows }: Caller, request: Request): void {
  const needed = neededRole(request.method, request.path);
  if (role === 'admin') return;
  if (!needed.roles.includes(role))
    throw new UserError(403, 'key/wrong-role', `The call needs a key of role ${needed.roles.join(' or ')}; this one's is ${role}.`);
  if (role === 'trigger' && flows && !flows.includes(needed.flow ?? ''))
    throw new UserError(403, 'key/other-flow', `The key may start ${flows.join(', ')} only.`);
}
