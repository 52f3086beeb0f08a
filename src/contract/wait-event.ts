import type { SendFailure } from './effect.js';
import type { Json } from './json.js';
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
  | { readonly type: 'operator'; readonly text?: string; readonly giveBack?: boolean }
);

/** Returns the id of the event for the end of a wait's time. */
export function timeoutEventId(waitId: string): string {
  return `${waitId}:timeout`;
}
