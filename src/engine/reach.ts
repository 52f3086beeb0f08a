import { type ChannelId, type IsoTime, type Platform, plusMillis, type Reach, type SessionState } from '../contract/index.js';
import type { ChannelFacts } from './turn-input.js';

/** Where a contact can be reached: the configured channels, and the contact's own addresses on them. */
export interface Whereabouts {
  readonly facts: ReadonlyMap<ChannelId, ChannelFacts>;
  readonly uses: SessionState['channels'];
}

/** Before anybody wrote: a window that never opened. */
const NEVER = '1970-01-01T00:00:00.000Z';

/** The contact on one channel; undefined where the channel is not there, or no address is known. */
export function reachOn({ facts, uses }: Whereabouts, channel: ChannelId): Reach | undefined {
  const known = facts.get(channel);
  const use = uses[channel];
  if (!known || !use || use.address === '') return undefined;
  const { platform, limits } = known;
  const hours = limits.windowHours;
  const opened = use.lastInboundAt;
  const until = hours === undefined ? undefined : opened === undefined ? NEVER : plusMillis(opened, hours * 3_600_000);
  return { id: channel, platform, address: use.address, limits, ...(until === undefined ? {} : { windowOpenUntil: until }) };
}

/** The contact on a platform: on the channel that they were heard on last. */
export function reachBy(where: Whereabouts, platform: Platform | ChannelId): Reach | undefined {
  const heard = Object.entries(where.uses)
    .filter(([id]) => where.facts.get(id)?.platform === platform)
    .sort(([, a], [, b]) => ((a.lastInboundAt ?? '') < (b.lastInboundAt ?? '') ? 1 : -1));
  return heard[0] && reachOn(where, heard[0][0]);
}

/** Has the person been silent too long there for anything but a template? */
export function isWindowClosed(reach: Reach | undefined, now: IsoTime): boolean {
  return reach?.windowOpenUntil !== undefined && reach.windowOpenUntil < now;
}
