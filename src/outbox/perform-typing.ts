import { type Clock, millisOf, type TypingBody } from '../contract/index.js';
import type { Settlement, WaitingEffect } from '../contract/store/index.js';
import type { ChannelBook } from '../published/channel-book.js';
import type { Holds } from './holds.js';
import type { HttpClient } from './http-client.js';

export interface TypingParts {
  readonly channels: ChannelBook;
  readonly client: HttpClient;
  readonly holds: Holds;
  readonly clock: Clock;
}

/** An indicator is pointless so many milliseconds after its turn: the answer is there, or nobody waits for it any more. */
const TOO_LATE = 20_000;
/** How long the messages behind it wait for the provider's reply, in milliseconds. */
const MAX_WAIT = 1_000;

/**
 * Shows the person that an answer is being written. It is tried once, and whatever becomes of it, it is done: an indicator is no message.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/typing-indicators
 */
export async function performTyping(
  { channels, client, holds, clock }: TypingParts,
  { effect, inDoubt }: WaitingEffect,
  body: TypingBody,
): Promise<Settlement> {
  const known = channels.get(body.channel);
  const isLate = millisOf(clock.now()) - millisOf(effect.at) >= TOO_LATE;
  if (known && !isLate && !inDoubt && holds.left(known.channel) === 0) {
    const request = requestFor(() => known.adapter.typing?.(body.messageId, known.config));
    if (request) await Promise.race([client.send(request), passed(clock)]);
  }
  return { effect: effect.id, outcome: 'done' };
}

/** An adapter that throws shows no indicator. */
function requestFor<R>(make: () => R): R | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}

function passed(clock: Clock): Promise<void> {
  return new Promise((resolve) => void clock.after(MAX_WAIT, resolve));
}
