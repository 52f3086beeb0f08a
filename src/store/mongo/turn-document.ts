/** A turn in the log. */
export interface TurnDocument {
  /** `<session>.<turn>`. */
  readonly _id: string;
  readonly session: string;
  readonly turn: number;
  readonly event: string;
  /** The TurnRecord as JSON text. */
  readonly record: string;
  /** Once the turn is older than retention allows, turns below this number may go. */
  readonly cut?: number;
  readonly cutAt?: string;
}

/** A key by which the results of a turn are found, see `result-key.ts`. */
export interface EndedDocument {
  readonly _id: string;
  readonly session: string;
}
