// What authors of plugins and adapters need, given to packages as `parley/contract`. What a store must do is in `store/`, what the parts of a
// host share is in `host/`, and readers of JSON are in `json/`.
export * from './adapter-case.js';
export * from './channel-adapter.js';
export * from './choices-shown.js';
export * from './effect.js';
export * from './event.js';
export * from './flow.js';
export * from './given.js';
export * from './json.js';
export * from './limits.js';
export * from './message.js';
export * from './node-case.js';
export * from './node-check.js';
export * from './node-handlers.js';
export * from './node-outcome.js';
export * from './node-scope.js';
export * from './node-type.js';
export * from './plugin.js';
export * from './ports.js';
export * from './readable-text.js';
export * from './service.js';
export * from './session.js';
export * from './time.js';
export * from './wait-event.js';
