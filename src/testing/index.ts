// Suites for plugins and adapters, given to packages as `parley/testing`; Parley's own have to pass the same. No test runner is imported: pass
// `describe` and `it` of mocha, `node:test` or a similar runner.
export { type AdapterUnderTest, adapterSuite } from './adapter-suite.js';
export { type ModelAnswer, type ModelRequest, type ModelScript, type ModelServer, startModelServer } from './model-server.js';
export { playCase } from './play-case.js';
export { type PluginUnderTest, pluginSuite } from './plugin-suite.js';
export type { TestRunner } from './test-runner.js';
