import type { ChannelId } from '../message.js';

const DEMO_CHANNELS: ReadonlySet<ChannelId> = new Set(['demo-whatsapp', 'demo-viber']);

/** Returns true for the channels of emulated accounts. Their names are reserved; only the host creates them. */
export function isDemo(channel: ChannelId): boolean {
  return DEMO_CHANNELS.has(channel);
}
