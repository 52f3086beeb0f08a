/** The functions of mocha, `node:test` and similar runners that the suites need. */
export interface TestRunner {
  describe(name: string, body: () => void): unknown;
  it(name: string, body: () => void): unknown;
}
