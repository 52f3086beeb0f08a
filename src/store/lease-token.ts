import { randomBytes } from 'node:crypto';

/** Random once for each process, as asking the kernel for each lease costs more than the lease. */
const prefix = randomBytes(12).toString('base64url');
let made = 0;

/** Returns a lease token that was never returned before, in any process. */
export function newToken(): string {
  made += 1;
  return `${prefix}.${made}`;
}
