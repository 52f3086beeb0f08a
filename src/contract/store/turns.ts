import type { FlowCode } from '../flow.js';
import type { RunResult, TurnRecord } from '../host/turn.js';
import type { IsoTime } from '../time.js';
import type { PageQuery } from './page-query.js';

/** The log of turns, oldest first. Turns that are still in a record's journal are included. */
export interface TurnStore {
  list(sessionId: string, query: { readonly after?: number; readonly limit: number }): Promise<readonly TurnRecord[]>;
  /**
   * Returns the results of a flow's runs, oldest first, from up to `limit` turns in which runs ended. `after` is the `key` of the last result
   * of the previous page. On MongoDB, a result appears once its turn is in the log: within seconds, or when the run's last sends are out.
   */
  results(query: ResultQuery): Promise<readonly StoredResult[]>;
  /** Returns the turn that took an event. */
  byEvent(sessionId: string, eventId: string): Promise<TurnRecord | undefined>;
  /** Removes all turns of a session. Idempotent. */
  forget(sessionId: string): Promise<void>;
}

export interface ResultQuery extends PageQuery {
  readonly flow: FlowCode;
  readonly since?: IsoTime;
}
export interface StoredResult extends RunResult {
  /** `<flow>/<time>/<session>/<turn>/<n>`, which sorts by flow and time. */
  readonly key: string;
  readonly session: string;
}
