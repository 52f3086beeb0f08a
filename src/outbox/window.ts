import { effectSession, type IsoTime, plusMillis, type SendFailure, type Store, type WaitingEffect } from '../contract/index.js';
import { livingSession } from '../people/living-session.js';
import type { KnownChannel } from '../published/channel-book.js';

/** What was decided so lately needs no second look: the provider judges the rest; milliseconds. */
const LATELY = 60_000;

/**
 * Whether the provider would refuse it, because the person has been silent too long since it was decided. A turn judges the window when
 * it decides; it may close while a send is held back. Templates may always be sent, and of other addresses than the contact's nothing is known.
 */
export async function closedWindow(
  store: Store,
  { effect }: WaitingEffect,
  { known: { adapter }, now }: { readonly known: KnownChannel; readonly now: IsoTime },
): Promise<SendFailure | undefined> {
  const { windowHours } = adapter.limits;
  const { body } = effect;
  if (windowHours === undefined || body.kind !== 'send' || body.message.type === 'template') return undefined;
  if (now <= plusMillis(effect.at, LATELY)) return undefined;
  const use = (await livingSession(store, effectSession(effect.id)))?.state.channels[body.channel];
  // An address that is not the contact's own has a window that nobody here knows.
  if (use?.address !== body.address || use.lastInboundAt === undefined) return undefined;
  if (now <= plusMillis(use.lastInboundAt, windowHours * 3_600_000)) return undefined;
  return {
    kind: 'window-closed',
    code: 'send/window-closed',
    message: `the person has not written for ${windowHours} hours: the window closed while the message was held back`,
  };
}
