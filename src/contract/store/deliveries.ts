import type { Receipt } from '../channel-adapter.js';
import type { SendFailure } from '../effect.js';
import type { ChannelId } from '../message.js';
import type { IsoTime } from '../time.js';
import type { PageQuery } from './page-query.js';

/** The delivery log: one row for each provider message, by `channel:providerId`, or by the effect for a send without one. */
export interface DeliveryStore {
  /**
   * Adds a receipt to its send, or keeps it until the send is settled. A status only moves up; `failed` is final. Returns whether the status
   * moved, and the effect, if it is known from the settled send or the receipt's own `effectId`.
   */
  record(receipt: Receipt): Promise<{ readonly effectId?: string; readonly moved: boolean }>;
  /** Returns the effect that sent a provider's message; undefined if it is unknown, or not known yet. */
  effectOf(channel: ChannelId, providerId: string): Promise<string | undefined>;
  /** Returns the state of sends, by effect id. Of several provider messages the lowest status counts, and `failed` if any failed. */
  of(effectIds: readonly string[]): Promise<ReadonlyMap<string, Delivery>>;
  /** Lists sends that were given up and not sent again, oldest first. `after` is the `key` of the last item of the previous page. */
  dead(query: PageQuery & { readonly channel?: ChannelId }): Promise<readonly DeadSend[]>;
  /** Returns whether a send was given up and not sent again. */
  isDead(effectId: string): Promise<boolean>;
  /** Notes that a given-up send has been sent again. Idempotent. */
  revive(effectId: string): Promise<void>;
  /** Removes all rows of a session's sends. Idempotent. */
  forget(sessionId: string): Promise<void>;
}
/** The state of a send. */
export interface Delivery {
  /** `skipped`: the send was not and will not be sent; `error` says why. */
  readonly status: 'sent' | 'delivered' | 'read' | 'failed' | 'skipped';
  readonly providerIds: readonly string[];
  readonly error?: SendFailure;
}

/** A send that the outbox has given up. A send that the provider accepted and later reported as failed is not one. */
export interface DeadSend {
  /** Its position in the list: time, then effect. */
  readonly key: string;
  readonly effect: string;
  readonly session: string;
  readonly channel: ChannelId;
  /** When it was given up. */
  readonly at: IsoTime;
  readonly error: SendFailure;
}
