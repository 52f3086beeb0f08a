import { type DeadSend, type Delivery, effectSession, type IsoTime, type SendFailure } from '../contract/index.js';

const ORDER: Readonly<Record<string, number>> = { sent: 1, delivered: 2, read: 3, failed: 4 };

/** `channel:providerId`, or `effect:<id>` for a send without a provider message. */
export function deliveryKey(effect: string, channel: string, providerId: string | undefined): string {
  return providerId === undefined ? `effect:${effect}` : `${channel}:${providerId}`;
}

/** Between these are the ids of all effects of a session, and no others: `/` is the character after the dot. */
export function effectsOf(session: string): readonly [from: string, before: string] {
  return [`${session}.`, `${session}/`];
}

/** Dead sends in the order of their time; the effect is in it, as no two are of one moment by themselves. */
export function deadKey(effect: string, at: IsoTime): string {
  return `${at} ${effect}`;
}

/** A dead send from what is kept of it. */
export function deadSend(key: string, channel: string, error: string): DeadSend {
  const [at, effect] = [key.slice(0, key.indexOf(' ')), key.slice(key.indexOf(' ') + 1)];
  return { key, effect, session: effectSession(effect), channel, at, error: JSON.parse(error) as SendFailure };
}

/** A status only moves up; `failed` ends it. */
export function isHigher(status: string, than: string): boolean {
  return (ORDER[status] ?? 0) > (ORDER[than] ?? 0);
}

/** One delivery of the rows of a send: the lowest status of its messages, failed when one has failed. */
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
