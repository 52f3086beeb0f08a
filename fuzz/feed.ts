import type fc from 'fast-check';

/** Something that can be fed: what is made up, how it is taken, and what came of it, by name. */
export interface Feed<T> {
  readonly input: fc.Arbitrary<T>;
  /** Takes one; throws where it finds something. The word says what became of it, to be counted. */
  take(input: T): Promise<string> | string;
  close(): Promise<void>;
}
