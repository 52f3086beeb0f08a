import type { SendFailure } from './effect.js';
import type { ChannelId } from './message.js';
import type { IsoTime } from './time.js';

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
