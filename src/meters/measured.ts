import type { Decision } from '../contract/host/index.js';
import type { ChannelId, FlowEvent } from '../contract/index.js';
import type { Claim } from '../contract/store/index.js';

/** What a listener is told, once it is over. Moments are those of `performance.now()`, in milliseconds. */
interface Timed {
  readonly began: number;
  readonly ended: number;
}

export interface MeasuredTurn extends Timed {
  readonly session: string;
  readonly event: FlowEvent;
  /** The kind of the decision, `bug`, or why there was none. */
  readonly outcome: string;
  /** Absent where nothing was stored. */
  readonly decision: Decision | undefined;
  /** What it says is to stand in no log line. */
  readonly isUnlogged: boolean;
  /** Of the last attempt; 0 where nothing was decided. */
  readonly deciding: number;
  readonly committing: number;
  readonly conflicts: number;
}
export interface MeasuredSend extends Timed {
  readonly claim: Claim;
  readonly outcome: 'sent' | 'retry' | 'put-off' | 'failed';
  /** Why it was not taken; '' where it was. */
  readonly code: string;
  /** The provider's ids of what it has taken so far. */
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

/** Makes something of what is told: figures, or log lines. */
export interface Listener {
  turn(measured: MeasuredTurn): void;
  send(measured: MeasuredSend): void;
  call(measured: MeasuredCall): void;
  webhook(measured: MeasuredWebhook): void;
  request(measured: MeasuredRequest): void;
  wake(lateMillis: number): void;
  clockJump(): void;
}
