import type { ChannelAdapter } from '../src/contract/index.js';
import viber from './viber/index.js';
import whatsapp from './whatsapp/index.js';

/** The providers that come with Parley. */
// biome-ignore lint/suspicious/noExplicitAny: adapters of every config type; each is checked where it is defined
export const adapters: readonly ChannelAdapter<any>[] = [whatsapp, viber];
