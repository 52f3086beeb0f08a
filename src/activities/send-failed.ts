import type { SendError, SendErrorKind } from '../contract/index.js';

/** A bot's activity was not sent, or not whole; thrown out of `context.sendActivity`. */
export class SendFailed extends Error {
  override readonly name = 'SendFailed';
  /** `throttled` and `unreachable` were surely not taken and may be sent again; after `unknown` nobody knows. */
  readonly kind: SendErrorKind;
  /** The provider's code as text, or ours (`send/no-address`). */
  readonly code: string;
  /** For `throttled`: wait at least so many milliseconds. */
  readonly retryAfter?: number;
  /** The provider's ids of the messages of the same activity that were taken before this one. */
  readonly accepted: readonly string[];

  constructor({ kind, code, message, retryAfter }: Omit<SendError, 'ok'>, accepted: readonly string[] = []) {
    super(`${message} (${kind}, ${code})`);
    this.kind = kind;
    this.code = code;
    if (retryAfter !== undefined) this.retryAfter = retryAfter;
    this.accepted = accepted;
  }
}

/** What a platform cannot show, said before anything is sent. */
export function cannotSend(code: string, message: string): SendFailed {
  return new SendFailed({ kind: 'rejected', code, message });
}
