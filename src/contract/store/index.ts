// What a store must be able to do. Authors of plugins and adapters need nothing of it.
export type * from './audit.js';
export type * from './backup.js';
export type * from './channels.js';
export type * from './contacts.js';
export type * from './deliveries.js';
export * from './doubts.js';
export type * from './flows.js';
export type * from './keys.js';
export * from './media.js';
export type * from './meta.js';
export type * from './page-query.js';
export * from './queue.js';
export * from './retention.js';
export type * from './sessions.js';
export type * from './sign-ins.js';
export type * from './starts.js';
export type * from './store.js';
export type * from './turns.js';
