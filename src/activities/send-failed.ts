import type { SendError, SendErrorKind } from '../contract/index.js';

/** Thrown by `context.sendActivity` if an activity was not sent, or only a part of it. */
export class SendFailed extends Error {
  override readonly name = 'SendFailed';
  /** After `throttled` and `unreachable` the provider has not taken the message, and it may be sent again. After `unknown` it may have. */
  readonly kind: SendErrorKind;
  /** The provider's code as text, or ours (`send/no-address`). */
  readonly code: string;
  /** For `throttled`: how long to wait before the next try, in milliseconds. */
  readonly retryAfter?: number;
  /** The provider's ids of the activity's messages that were sent before this one. */
  readonly accepted: readonly string[];

  constructor({ kind, code, message, retryAfter }: Omit<SendError, 'ok'>, accepted: readonly string[] = []) {
    super(`${message} (${kind}, ${code})`);
    this.kind = kind;
    this.code = code;
    if (retryAfter !== undefined) this.retryAfter = retryAfter;
    this.accepted = accepted;
  }
}

/** Returns the error for an activity that cannot be sent at all. */
export function cannotSend(code: string, message: string): SendFailed {
  return new SendFailed({ kind: 'rejected', code, message });
}
