import type { Decision } from '../contract/host/index.js';
import type { ChannelId, FlowEvent } from '../contract/index.js';
import type { Claim } from '../contract/store/index.js';

/** Something that has ended. Times are those of `performance.now()`, in milliseconds. */
interface Timed {
  readonly began: number;
  readonly ended: number;
}

export interface MeasuredTurn extends Timed {
  readonly session: string;
  readonly event: FlowEvent;
  /** The kind of the decision, or `bug` if it threw, or why there was no decision. */
  readonly outcome: string;
  /** Undefined if nothing was stored. */
  readonly decision: Decision | undefined;
  /** True if its content must not be logged. */
  readonly isUnlogged: boolean;
  /** When the last attempt began to decide, and to commit; 0 if nothing was decided. */
  readonly deciding: number;
  readonly committing: number;
  readonly conflicts: number;
}
export interface MeasuredSend extends Timed {
  readonly claim: Claim;
  readonly outcome: 'sent' | 'retry' | 'put-off' | 'failed' | 'skipped';
  /** Why it was not accepted; '' if it was. */
  readonly code: string;
  /** The provider's ids of what it has accepted so far. */
  readonly messages: readonly string[];
}
export interface MeasuredCall extends Timed {
  readonly claim: Claim;
  readonly code?: string;
}
export interface MeasuredWebhook extends Timed {
  readonly channel?: ChannelId;
  readonly status: number;
}
export interface MeasuredRequest extends Timed {
  readonly method: string;
  readonly route: string;
  readonly status: number;
}

/** Receives everything that was measured, and makes metrics or log lines of it. */
export interface Listener {
  turn(measured: MeasuredTurn): void;
  send(measured: MeasuredSend): void;
  call(measured: MeasuredCall): void;
  webhook(measured: MeasuredWebhook): void;
  request(measured: MeasuredRequest): void;
  wake(lateMillis: number): void;
  clockJump(): void;
}
