import type { Problem } from './flow.js';

/** The caller can mend it: answered with its status and its words, all problems at once. */
export class UserError extends Error {
  override readonly name = 'UserError';
  constructor(
    readonly status: 400 | 401 | 403 | 404 | 409 | 412 | 413 | 415 | 422 | 428 | 429,
    /** From docs/errors.md: `flow/unknown`. */
    readonly code: string,
    detail: string,
    readonly problems: readonly Problem[] = [],
    /** Of the answer: the `ETag` of what is there instead. */
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail);
  }
}

/** The world failed: tried again, or answered 503. The cause is logged, never shown. */
export class OperationalError extends Error {
  override readonly name = 'OperationalError';
  constructor(
    readonly code: string,
    detail: string,
    cause?: unknown,
  ) {
    super(detail, cause === undefined ? undefined : { cause });
  }
}
