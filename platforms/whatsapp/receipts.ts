import type { Receipt } from '../../src/contract/index.js';

const STATUSES: ReadonlyMap<string, Receipt['status']> = new Map([
  ['sent', 'sent'],
  ['delivered', 'delivered'],
  ['read', 'read'],
  // Of a voice message.
  ['played', 'read'],
  ['failed', 'failed'],
]);

/** Returns what a status of WhatsApp means, or undefined if it is unknown. */
export function statusOf(status: string | undefined): Receipt['status'] | undefined {
  return STATUSES.get(status ?? '');
}
