import type { ChannelId, IsoTime, SendFailure } from '../contract/index.js';

/** How a channel has been doing since this host was started. */
export interface ChannelHealth {
  readonly lastDeliveryAt?: IsoTime;
  readonly lastSentAt?: IsoTime;
  readonly lastError?: SendFailure & { readonly at: IsoTime };
}

export interface HealthBook {
  of(channel: ChannelId): ChannelHealth;
  /** Notes that a webhook of the channel was accepted. */
  noteDelivery(channel: ChannelId, at: IsoTime): void;
  noteSent(channel: ChannelId, at: IsoTime): void;
  noteError(channel: ChannelId, error: SendFailure, at: IsoTime): void;
}

type Entry = { -readonly [Name in keyof ChannelHealth]: ChannelHealth[Name] };

export function createHealthBook(): HealthBook {
  const book = new Map<ChannelId, Entry>();
  const entry = (channel: ChannelId) => {
    let known = book.get(channel);
    if (!known) {
      known = {};
      book.set(channel, known);
    }
    return known;
  };
  return {
    of: (channel) => ({ ...book.get(channel) }),
    noteDelivery: (channel, at) => {
      entry(channel).lastDeliveryAt = at;
    },
    noteSent: (channel, at) => {
      entry(channel).lastSentAt = at;
    },
    noteError: (channel, error, at) => {
      entry(channel).lastError = { ...error, at };
    },
  };
}
