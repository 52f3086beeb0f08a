import type { CheckScope, Json, NodeProblem, NodeScope, Why } from '../contract/index.js';
import { checkAddress } from '../params/check-address.js';

/** Fills the address of a call, with secrets as names. Returns why the call cannot be made if an expression leads the address elsewhere. */
export function fillCallAddress(scope: NodeScope<unknown>, url: string): { readonly address: Json } | { readonly why: Why } {
  const address = scope.sealedAddress(url);
  if (address === undefined) return { why: LOST };
  if (typeof address === 'string' && address.trim() === '') return { why: EMPTY };
  return { address };
}

/** The turn log names the part of the address. */
const LOST: Why = { code: 'call/address', reason: 'an expression leads the address to another path or host' };
const EMPTY: Why = { code: 'call/address', reason: 'the address is empty, because the variables in it are not set' };

/** For all tries together, in milliseconds. */
const MAX_DEADLINE = 120_000;
/** The longest pause between two tries, in milliseconds: see `src/requests/try-often.ts`. */
const MAX_PAUSE = 8_000;

/** Returns the deadline of a call that is repeated, in milliseconds. */
export function callDeadline(timeout: number, retries: number): number {
  return Math.min(MAX_DEADLINE, (retries + 1) * timeout + retries * MAX_PAUSE);
}

/** Checks an address without a template at its beginning. Private addresses need OUTBOUND_ALLOW of the host. */
export function checkCallAddress(url: string, pointer: string, { mayCall }: Pick<CheckScope, 'mayCall'>): readonly NodeProblem[] {
  const problems = checkAddress(url, pointer).filter(({ severity }) => severity !== 'warning' || !mayCall?.(url));
  return problems.map((problem) =>
    problem.severity === 'warning'
      ? { ...problem, code: 'request/private-address', hint: 'Add it to OUTBOUND_ALLOW of the host, or use a public address.' }
      : { ...problem, code: 'request/bad-address' },
  );
}
