import { effectSession, type IsoTime, millisOf, plusMillis, type SendFailure } from '../contract/index.js';
import type { Store, WaitingEffect } from '../contract/store/index.js';
import { livingSession } from '../people/living-session.js';
import type { KnownChannel } from '../published/known-channel.js';

/** What a turn has decided this short a time ago is not checked again, in milliseconds. */
const JUST_DECIDED = 60_000;

/**
 * Returns true if the window of a send may have closed since a turn judged it, because the send was held back for long. Templates may be
 * sent at any time.
 */
export function mayHaveClosed({ effect: { body, at } }: WaitingEffect, { adapter }: Pick<KnownChannel, 'adapter'>, now: IsoTime): boolean {
  if (adapter.limits.windowHours === undefined || body.kind !== 'send' || body.message.type === 'template') return false;
  return millisOf(now) - millisOf(at) > JUST_DECIDED;
}

/** Returns why a send cannot go out any more: the person has been silent for longer than the provider's window. Undefined if it can. */
export async function closedWindow(
  store: Store,
  { effect }: WaitingEffect,
  { known: { adapter }, now }: { readonly known: Pick<KnownChannel, 'adapter'>; readonly now: IsoTime },
): Promise<SendFailure | undefined> {
  const { windowHours } = adapter.limits;
  const { body } = effect;
  if (windowHours === undefined || body.kind !== 'send') return undefined;
  const use = (await livingSession(store, effectSession(effect.id)))?.state.channels[body.channel];
  // Nobody here knows the window of an address that is not the contact's own.
  if (use?.address !== body.address || use.lastInboundAt === undefined) return undefined;
  if (now <= plusMillis(use.lastInboundAt, windowHours * 3_600_000)) return undefined;
  return {
    kind: 'window-closed',
    code: 'send/window-closed',
    message: `the person has not written for ${windowHours} hours: the window closed while the message was held back`,
  };
}
