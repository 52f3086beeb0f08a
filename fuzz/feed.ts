import type fc from 'fast-check';

/** Something to be fuzzed: how its input is generated, and how it is tried. */
export interface Feed<T> {
  readonly input: fc.Arbitrary<T>;
  /** Tries an input. Returns a word for the outcome, which is counted. Throws if it finds a fault. */
  take(input: T): Promise<string> | string;
  close(): Promise<void>;
}
