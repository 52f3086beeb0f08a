import { effectSession, type IsoTime, type SendFailure } from '../contract/index.js';
import type { DeadSend, Delivery } from '../contract/store/index.js';

const ORDER: Readonly<Record<string, number>> = { sent: 1, delivered: 2, read: 3, failed: 4 };

/** Returns the key of a row in the delivery log: `channel:providerId`, or `effect:<id>` for a send without a message at the provider. */
export function deliveryKey(effect: string, channel: string, providerId: string | undefined): string {
  return providerId === undefined ? `effect:${effect}` : `${channel}:${providerId}`;
}

/** Returns bounds between which all effect ids of a session lie, and no others: `/` is the character after the dot. */
export function effectsOf(session: string): readonly [from: string, before: string] {
  return [`${session}.`, `${session}/`];
}

/** Returns a key that sorts dead sends by their time; the effect makes it unique. */
export function deadKey(effect: string, at: IsoTime): string {
  return `${at} ${effect}`;
}

/** Reads a dead send from its key, channel, and error as JSON. */
export function deadSend(key: string, channel: string, error: string): DeadSend {
  const [at, effect] = [key.slice(0, key.indexOf(' ')), key.slice(key.indexOf(' ') + 1)];
  return { key, effect, session: effectSession(effect), channel, at, error: JSON.parse(error) as SendFailure };
}

/** Returns true if a delivery may go from one status to the other: it only moves up, and `failed` is the end. */
export function isHigher(status: string, than: string): boolean {
  return (ORDER[status] ?? 0) > (ORDER[than] ?? 0);
}

/** Returns the delivery of a send from its rows: the lowest status of its messages, or failed if one of them failed. */
export function deliveryOf(
  rows: readonly { readonly key: string; readonly status: Delivery['status']; readonly error?: SendFailure }[],
): Delivery | undefined {
  const [first] = rows;
  if (!first) return undefined;
  const failed = rows.find((row) => row.status === 'failed');
  const lowest = rows.reduce((low, row) => (isHigher(low.status, row.status) ? row : low), first);
  const providerIds = rows.filter(({ key }) => !key.startsWith('effect:')).map(({ key }) => key.slice(key.indexOf(':') + 1));
  const { error } = failed ?? lowest;
  return { status: failed ? 'failed' : lowest.status, providerIds, ...(error ? { error } : {}) };
}
