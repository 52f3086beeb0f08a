import type { ChannelAdapter } from '../contract/index.js';
import type { ChannelFacts } from '../engine/step.js';

/** What the engine has to know of an adapter, whichever channel it serves. */
export type AdapterFacts = Pick<ChannelFacts, 'platform' | 'limits' | 'tappable' | 'buttonsGo'>;

/** The part of a channel's facts that is the same for all channels of an adapter. */
export function adapterFacts(adapter: Pick<ChannelAdapter, 'platform' | 'limits' | 'tappable' | 'buttonsGo'>): AdapterFacts {
  const { platform, limits, tappable, buttonsGo } = adapter;
  return { platform, limits, ...(tappable ? { tappable } : {}), ...(buttonsGo ? { buttonsGo } : {}) };
}
