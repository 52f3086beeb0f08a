/**
 * Something outside of the program failed, such as the store. The operation is retried or answered 503. The cause is logged and never shown.
 */
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
