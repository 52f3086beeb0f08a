import { randomBytes } from 'node:crypto';
import type { Clock } from '../contract/index.js';

/** How long a code can be used, in milliseconds. */
const LASTS = 600_000;

/** Codes that sign in once as the admin, for the link that a host prints. They are known to this process only. */
export interface SignInCodes {
  /** Makes a code. */
  make(): string;
  /** Uses up a code. Returns false if it is unknown, used or expired. */
  take(code: string): boolean;
}

export function createSignInCodes({ monotonic }: Pick<Clock, 'monotonic'>): SignInCodes {
  const ends = new Map<string, number>();
  return {
    make() {
      const code = randomBytes(24).toString('base64url');
      ends.set(code, monotonic() + LASTS);
      return code;
    },
    take(code) {
      const end = ends.get(code);
      ends.delete(code);
      return end !== undefined && monotonic() < end;
    },
  };
}
