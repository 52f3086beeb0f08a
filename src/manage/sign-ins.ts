import { createHmac, randomBytes } from 'node:crypto';
import { type IsoTime, plusMillis } from '../contract/index.js';
import type { SignIn, Store } from '../contract/store/index.js';
import type { Caller } from './caller.js';
import { type CallerParts, callerByHash, callerById, hashOfKey } from './find-caller.js';
import type { Outcome } from './outcome.js';
import type { SignInCodes } from './sign-in-codes.js';

export interface SignInParts extends CallerParts {
  readonly store: Pick<Store, 'keys' | 'signIns'>;
  readonly codes: SignInCodes;
}

/** How long a sign-in lasts without being used, and how long at most, in milliseconds. */
const IDLE = 12 * 3_600_000;
export const MAX_SIGN_IN = 30 * 86_400_000;
/** A sign-in that is used is extended at most once in this many milliseconds. */
const EXTENDED_EVERY = 300_000;

/** A sign-in as the API shows it. `until` is absent for a call with a key. */
export type ShownSignIn = Pick<Caller, 'name' | 'role' | 'flows' | 'until'>;

/** Signs in with a key, or with a code that the host has printed. The cookie is in the answer only: what is stored is its hash. */
export async function signIn(
  parts: SignInParts,
  { key, code }: { readonly key?: string; readonly code?: string },
): Promise<Outcome<{ readonly shown: ShownSignIn; readonly cookie: string }>> {
  if (code !== undefined && !parts.codes.take(code)) return { refused: 'sign-in/bad-code' };
  const caller = await callerByHash(parts, key === undefined ? parts.adminKeyHash : hashOfKey(key));
  if (!caller) return { refused: 'key/unknown' };
  const cookie = randomBytes(32).toString('base64url');
  const now = parts.clock.now();
  const until = endFrom(now, now);
  await parts.store.signIns.create({ hash: hashOfCookie(parts, cookie), key: caller.id, createdAt: now, until });
  return { done: { shown: shownSignIn({ ...caller, until }), cookie } };
}

/** Finds out whose browser sends a cookie, and extends the sign-in. Undefined if it has expired, or its key was revoked. */
export async function findSignedIn(parts: SignInParts, cookie: string): Promise<Caller | undefined> {
  const now = parts.clock.now();
  const found = await parts.store.signIns.find(hashOfCookie(parts, cookie));
  if (!found || found.until <= now) return undefined;
  const caller = await callerById(parts, found.key);
  return caller && { ...caller, until: await extend(parts, found) };
}

/** Ends a sign-in. */
export async function signOut(parts: SignInParts, cookie: string): Promise<void> {
  await parts.store.signIns.remove(hashOfCookie(parts, cookie));
}

export function shownSignIn({ name, role, flows, until }: Caller): ShownSignIn {
  return { name, role, ...(flows ? { flows } : {}), ...(until === undefined ? {} : { until }) };
}

/** Hashes a cookie together with the admin's key, so that all sign-ins end when the admin's key is changed. */
function hashOfCookie({ adminKeyHash }: SignInParts, cookie: string): string {
  return createHmac('sha256', adminKeyHash).update(cookie).digest('hex');
}

/** Moves the end of a sign-in on, with few writes, and returns it. */
async function extend({ store, clock }: SignInParts, { hash, createdAt, until }: SignIn): Promise<IsoTime> {
  const end = endFrom(createdAt, clock.now());
  if (Date.parse(end) - Date.parse(until) < EXTENDED_EVERY) return until;
  await store.signIns.extend(hash, end);
  return end;
}

function endFrom(createdAt: IsoTime, now: IsoTime): IsoTime {
  const [idle, last] = [plusMillis(now, IDLE), plusMillis(createdAt, MAX_SIGN_IN)];
  if (last < idle) return last;
  return idle;
}
