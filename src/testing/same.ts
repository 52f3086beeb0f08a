import assert, { AssertionError } from 'node:assert/strict';

/** Asserts that two values are deeply equal. The message of the error begins with the row of the table. */
export function same(actual: unknown, expected: unknown, row: string): void {
  try {
    assert.deepEqual(actual, expected);
  } catch (error) {
    if (error instanceof AssertionError) error.message = `${row}: ${error.message}`;
    throw error;
  }
}

/** Returns a value as it comes back from a store: without members that are undefined. */
export function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
