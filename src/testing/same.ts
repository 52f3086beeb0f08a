import assert, { AssertionError } from 'node:assert/strict';

/** Demands that two values are the same, and says of which row of a table they are. */
export function same(actual: unknown, expected: unknown, row: string): void {
  try {
    assert.deepEqual(actual, expected);
  } catch (error) {
    if (error instanceof AssertionError) error.message = `${row}: ${error.message}`;
    throw error;
  }
}

/** As it comes back from a store: what is undefined is not there. */
export function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
