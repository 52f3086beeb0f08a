// What authors of plugins and adapters need, given to packages as `parley/contract`. What a store must do is in `store/`, what the parts of a
// host share is in `host/`, and readers of JSON are in `json/`.
export type * from './adapter-case.js';
export * from './channel-adapter.js';
export * from './choices-shown.js';
export * from './effect.js';
export type * from './event.js';
export * from './flow.js';
export type * from './form.js';
export * from './given.js';
export type * from './json.js';
export * from './limits.js';
export type * from './media-source.js';
export * from './message.js';
export type * from './node-case.js';
export type * from './node-check.js';
export type * from './node-handlers.js';
export type * from './node-outcome.js';
export type * from './node-scope.js';
export type * from './node-type.js';
export * from './plugin.js';
export * from './ports.js';
export type * from './provider-request.js';
export * from './readable-text.js';
export * from './service.js';
export type * from './session.js';
export * from './shape.js';
export * from './time.js';
export * from './wait-event.js';
