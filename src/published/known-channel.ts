import type { Channel, ChannelAdapter } from '../contract/index.js';

/** A channel with its adapter, and with its settings including defaults. */
export interface KnownChannel {
  readonly channel: Channel;
  // biome-ignore lint/suspicious/noExplicitAny: channels of every adapter; each config was validated by its own schema
  readonly adapter: ChannelAdapter<any>;
  readonly config: unknown;
}
