// The public API of the package. `npm start` and the `parley` command do not import this file, because a host needs no bot adapters.
export { ViberAdapter, type ViberSettings } from '../adapters/viber/bot-adapter.js';
export { WhatsAppAdapter, type WhatsAppSettings } from '../adapters/whatsapp/bot-adapter.js';
export { SendFailed } from './activities/send-failed.js';
export { type App, type AppOptions, createApp } from './app.js';
export type { BotLogic, BotOptions } from './bots/platform-adapter.js';
export type { BotRequest } from './bots/read-delivery.js';
export { loadConfig } from './config/load.js';
export type { Config } from './config/schema.js';
export { type Extensions, loadExtensions } from './extensions/load-extensions.js';
export type { MiddlewareOptions } from './host/bot-host.js';
