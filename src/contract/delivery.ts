import type { Receipt } from './channel-adapter.js';
import type { SendFailure } from './effect.js';
import type { ChannelId } from './message.js';
import type { PageQuery } from './store.js';
import type { IsoTime } from './time.js';

/** What became of sends: one row for each provider message, by `channel:providerId`; a send without one by its effect. */
export interface DeliveryStore {
  /**
   * Joins a receipt to its send, or keeps it until the send is settled. A status only moves up; `failed` ends it. Gives the effect
   * (known from the settled send or the receipt's own `effectId`) and whether the status moved.
   */
  record(receipt: Receipt): Promise<{ readonly effectId?: string; readonly moved: boolean }>;
  /** The effect that sent a provider's message; undefined while, or where, that is not known. */
  effectOf(channel: ChannelId, providerId: string): Promise<string | undefined>;
  /** The state of sends, by effect id; of several provider messages the lowest, `failed` when one failed. */
  of(effectIds: readonly string[]): Promise<ReadonlyMap<string, Delivery>>;
  /** Sends that were given up and not sent again, oldest first; `after` is the `key` of the last item of the page before. */
  dead(query: PageQuery & { readonly channel?: ChannelId }): Promise<readonly DeadSend[]>;
  isDead(effectId: string): Promise<boolean>;
  /** It has been sent again: no longer dead. Harmless when done again. */
  revive(effectId: string): Promise<void>;
  /** All rows of a session's sends go. Harmless when done again. */
  forget(sessionId: string): Promise<void>;
}
export interface Delivery {
  /** `skipped`: it was never sent, and will not be; `error` says why. */
  readonly status: 'sent' | 'delivered' | 'read' | 'failed' | 'skipped';
  readonly providerIds: readonly string[];
  readonly error?: SendFailure;
}

/** A send that the outbox has given up. What a provider took and later reported as failed is none. */
export interface DeadSend {
  /** Its place in the list: time, then effect. */
  readonly key: string;
  readonly effect: string;
  readonly session: string;
  readonly channel: ChannelId;
  /** When it was given up. */
  readonly at: IsoTime;
  readonly error: SendFailure;
}
