import type { SessionState } from '../session.js';
import type { IsoTime } from '../time.js';

/** `operator`: an operator has the talk. `waiting`: runs wait for something. */
export type SessionStatus = 'idle' | 'waiting' | 'operator';
export interface SessionView {
  readonly state: SessionState;
  readonly status: SessionStatus;
  readonly updatedAt: IsoTime;
}
