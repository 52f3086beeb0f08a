import type { AdapterLimits, ChannelAdapter, Platform } from '../contract/index.js';
import type { CheckWorld } from './check/checked.js';

/** What the check has to know of an adapter. */
export type LimitedAdapter = Pick<ChannelAdapter, 'type' | 'platform' | 'limits'>;

/** The adapters that a flow's messages may go through. The same adapter may be named several times. */
export interface Candidates {
  /** Those of the channels that the flow is bound to. */
  readonly bound?: readonly LimitedAdapter[];
  /** Those of all channels there are. */
  readonly configured?: readonly LimitedAdapter[];
  /** All that are loaded. */
  readonly loaded: readonly LimitedAdapter[];
}

/**
 * Returns the limits that messages to a platform are held against: those of the channels that the flow is bound to. If it is bound to none
 * there, it may still send there, to people who have come by a link, or be bound later: then those of all channels on the platform, or, if
 * there are none, of all adapters for it.
 */
export function channelLimits({ bound = [], configured = [], loaded }: Candidates): CheckWorld['limits'] {
  return (platform) => {
    const onPlatform = (adapters: readonly LimitedAdapter[]) => limitsOn(platform, adapters, adapters === bound);
    return [bound, configured, loaded].map(onPlatform).find((limits) => limits.length > 0) ?? [];
  };
}

function limitsOn(platform: Platform, adapters: readonly LimitedAdapter[], isBound: boolean): readonly AdapterLimits[] {
  const byType = new Map(adapters.filter((adapter) => adapter.platform === platform).map((adapter) => [adapter.type, adapter]));
  return [...byType.values()].map(({ type, limits }) => ({ adapter: type, limits, isBound }));
}
