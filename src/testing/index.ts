// What every plugin and every adapter must pass, given to packages as `parley/testing`; Parley's own pass the same. Nothing of mocha is
// imported: hand over `describe` and `it` of mocha, of `node:test`, or of whatever is like them.
export { type AdapterUnderTest, adapterSuite } from './adapter-suite.js';
export { playCase } from './play-case.js';
export { type PluginUnderTest, pluginSuite } from './plugin-suite.js';
export type { TestRunner } from './test-runner.js';
