/** The two words of mocha, `node:test` and others that the suites need. */
export interface TestRunner {
  describe(name: string, body: () => void): unknown;
  it(name: string, body: () => void): unknown;
}
