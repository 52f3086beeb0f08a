// What the parts of a host share. Authors of plugins and adapters need nothing of it.
export * from './deadlines.js';
export * from './demo.js';
export type * from './download.js';
export * from './errors.js';
export type * from './jobs.js';
export * from './log.js';
export * from './mailboxes.js';
export * from './meters.js';
export * from './problem-codes.js';
export * from './refusals.js';
export type * from './take-turn.js';
export type * from './turn.js';
export * from './usage.js';
