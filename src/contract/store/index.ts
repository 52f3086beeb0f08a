// What a store must be able to do. Authors of plugins and adapters need nothing of it.
export * from './audit.js';
export * from './backup.js';
export * from './channels.js';
export * from './contacts.js';
export * from './deliveries.js';
export * from './doubts.js';
export * from './flows.js';
export * from './keys.js';
export * from './meta.js';
export * from './page-query.js';
export * from './queue.js';
export * from './retention.js';
export * from './sessions.js';
export * from './starts.js';
export * from './store.js';
export * from './turns.js';
