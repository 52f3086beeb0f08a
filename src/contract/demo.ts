import type { ChannelId } from './message.js';

const DEMO_CHANNELS: ReadonlySet<ChannelId> = new Set(['demo-whatsapp', 'demo-viber']);

/** Whether a channel stands for an emulated account. The names are reserved: the host alone makes these channels. */
export function isDemo(channel: ChannelId): boolean {
  return DEMO_CHANNELS.has(channel);
}
