import type { SendFailure } from './effect.js';
import type { Json } from './json.js';
import type { ChannelId, OutboundMessage, Sender } from './message.js';
import type { IsoTime } from './time.js';

/** An event that only a run that waits for it can take. */
export type WaitEvent = { readonly id: string; readonly at: IsoTime } & (
  | { readonly type: 'timeout'; readonly waitId: string }
  | {
      readonly type: 'receipt';
      readonly effectId: string;
      readonly status: 'sent' | 'delivered' | 'read' | 'failed';
      readonly messageId?: string;
      readonly error?: SendFailure;
    }
  | { readonly type: 'callResult'; readonly callId: string; readonly ok: boolean; readonly value: Json }
  | {
      readonly type: 'operator';
      /** Who it is: the name of the key. */
      readonly by: string;
      /** What the operator writes to the person. */
      readonly message?: OutboundMessage;
      /** The operator is done, and the flow goes on. */
      readonly giveBack?: boolean;
      /** The message is for the person even if nobody has handed over. */
      readonly outside?: boolean;
      /** Where to write to a person who has never written, or whom the operator wants to reach there. Their address comes with it. */
      readonly reached?: { readonly channel: ChannelId; readonly from: Sender };
    }
);

/** Returns the id of the event for the end of a wait's time. */
export function timeoutEventId(waitId: string): string {
  return `${waitId}:timeout`;
}
