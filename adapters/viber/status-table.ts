import type { SendErrorKind } from '../../src/contract/index.js';

/**
 * What to do about a status of Viber's. `pair`: only messages to the same person are throttled. `wait`: milliseconds until the next
 * attempt, at least.
 */
export interface Meaning {
  readonly kind: SendErrorKind;
  readonly name: string;
  readonly pair?: true;
  readonly wait?: number;
}

/** https://developers.viber.com/docs/api/rest-bot-api/#error-codes */
const MEANINGS: ReadonlyMap<number, Meaning> = new Map<number, Meaning>([
  [1, { kind: 'rejected', name: 'invalidUrl' }],
  [2, { kind: 'config', name: 'invalidAuthToken' }],
  [3, { kind: 'rejected', name: 'badData' }],
  [4, { kind: 'rejected', name: 'missingData' }],
  [5, { kind: 'rejected', name: 'receiverNotRegistered' }],
  [6, { kind: 'blocked', name: 'receiverNotSubscribed' }],
  [7, { kind: 'blocked', name: 'publicAccountBlocked' }],
  [8, { kind: 'config', name: 'publicAccountNotFound' }],
  [9, { kind: 'blocked', name: 'publicAccountSuspended' }],
  [10, { kind: 'config', name: 'webhookNotSet' }],
  [11, { kind: 'rejected', name: 'receiverNoSuitableDevice' }],
  // 100 messages within an hour to a person who does not answer, or a burst. A second later is too early for both.
  [12, { kind: 'throttled', name: 'tooManyRequests', pair: true, wait: 5_000 }],
  [13, { kind: 'rejected', name: 'apiVersionNotSupported' }],
  [14, { kind: 'rejected', name: 'incompatibleWithVersion' }],
  [15, { kind: 'config', name: 'publicAccountNotAuthorized' }],
  [16, { kind: 'rejected', name: 'inchatReplyMessageNotAllowed' }],
  [17, { kind: 'rejected', name: 'publicAccountIsNotInline' }],
  [18, { kind: 'config', name: 'noPublicChat' }],
  [19, { kind: 'rejected', name: 'cannotSendBroadcast' }],
  [20, { kind: 'rejected', name: 'broadcastNotAllowed' }],
  [21, { kind: 'blocked', name: 'unsupportedCountry' }],
  [22, { kind: 'rejected', name: 'paymentUnsupported' }],
  [23, { kind: 'blocked', name: 'freeMessagesExceeded' }],
  [24, { kind: 'blocked', name: 'noBalance' }],
]);

/** Returns the meaning of a status. Every status that is not in the table means that the message was refused for good. */
export function meaningOf(status: number): Meaning {
  return MEANINGS.get(status) ?? { kind: 'rejected', name: 'generalError' };
}
