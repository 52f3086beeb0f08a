/** The names of what code is given, in the order of the parameters of its function. */
export const GIVEN: readonly string[] = ['vars', 'contact', 'lastMessage', 'now'];

/** Code to run, with what it may read. */
export interface CodeRun {
  readonly code: string;
  /** JSON of an object with `vars`, `contact` and `lastMessage`. */
  readonly given: string;
  /** The ISO time that `now` and `Date` have. */
  readonly now: string;
  /** What `Math.random` begins with, from 0 to below 1. */
  readonly seed: number;
  /** The members of the result that are kept. */
  readonly save: readonly string[];
  readonly timeoutMillis: number;
}

/** JSON of the members that are kept, or why there are none. */
export type CodeResult = { readonly json: string } | CodeFailure;

export interface CodeFailure {
  readonly failed: 'code/error' | 'code/timeout' | 'code/memory' | 'code/bad-result' | 'code/busy' | 'code/engine';
  readonly reason: string;
}
