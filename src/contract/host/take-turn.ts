import type { Effect } from '../effect.js';
import type { FlowEvent } from '../event.js';
import type { TurnCommit } from '../store/sessions.js';
import type { Decision } from './turn.js';

/**
 * Takes an event as a turn of a session: loads the record, decides, and stores everything in one write. Rejects with `OperationalError`
 * if the store cannot be reached; nothing is stored then, and the same event may be given again.
 */
export type TakeTurn = (session: string, event: FlowEvent, options?: TurnOptions) => Promise<TurnOutcome>;

/**
 * What became of an event. `taken`: this call stored its turn. `duplicate`: it was taken before. `gone`: the person was forgotten, or the
 * session does not exist and the event cannot begin one. `session` is the session that took the turn: if the contact was merged into
 * another one, that contact's.
 */
export type TurnOutcome = { readonly session: string } & (
  | { readonly kind: 'taken'; readonly decision: Decision }
  | { readonly kind: 'duplicate' | 'gone' }
);

/** What is stored together with a turn, in the same write. */
export interface TurnOptions {
  /** The outcome of a call, or of a send that a run waits for. */
  readonly settles?: NonNullable<TurnCommit['settles']>;
  /** The id of a session that was merged into this one, whose effects and seen event ids this session takes over. */
  readonly adopts?: string;
  /** Waiting sends that must never go out. */
  readonly skips?: NonNullable<TurnCommit['skips']>;
  /** Says whether the HTTP response to the event can carry this send, and all of it. Such a send is settled, or begun, with the turn. */
  readonly answers?: (effect: Effect) => { readonly isWhole: boolean } | undefined;
}
