import { cutText } from '../../src/adapter-kit/index.js';
import type { Receipt, SendFailure } from '../../src/contract/index.js';

/** The events that are receipts, and what they mean. https://developers.viber.com/docs/api/rest-bot-api/#callbacks */
export const RECEIPTS: ReadonlyMap<string, Receipt['status']> = new Map([
  ['delivered', 'delivered'],
  ['seen', 'read'],
  ['failed', 'failed'],
]);

/** Returns the failure of a `failed` event from its `desc`. */
export function failureOf(desc: string | undefined): SendFailure {
  return { kind: 'rejected', code: 'failed', message: desc ? cutText(desc, 500) : 'Viber could not deliver it' };
}
