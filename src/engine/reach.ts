import {
  type ChannelId,
  type ChannelLimits,
  type IsoTime,
  type Platform,
  plusMillis,
  type Reach,
  type SessionState,
} from '../contract/index.js';
import type { ChannelFacts } from './turn-input.js';

/** Where a contact can be reached: the configured channels (`facts`) and the contact's addresses on them (`uses`). */
export interface Whereabouts {
  readonly facts: ReadonlyMap<ChannelId, ChannelFacts>;
  readonly uses: SessionState['channels'];
}

/** The limits of a channel that does not exist any more. */
export const UNKNOWN_LIMITS: ChannelLimits = {
  text: 4_096,
  caption: 1_024,
  bodyWithChoices: 1_024,
  header: 60,
  footer: 60,
  buttons: { max: 3, title: 20, id: 256 },
  list: { max: 10, title: 24, description: 72, id: 200, button: 20 },
  link: { button: 20, text: 1_024 },
  shows: [],
  pace: { perSecond: 1 },
};

/** The end of a 24-hour window that never opened, because the person has not written yet. */
const NEVER = '1970-01-01T00:00:00.000Z';

/** Returns how the contact is reached on one channel; undefined if the channel is unknown or the contact has no address there. */
export function reachOn({ facts, uses }: Whereabouts, channel: ChannelId): Reach | undefined {
  const known = facts.get(channel);
  const use = uses[channel];
  if (!known || !use || use.address === '') return undefined;
  const { platform, limits } = known;
  const { address, lastInboundAt } = use;
  const { windowHours } = limits;
  if (windowHours === undefined) return { id: channel, platform, address, limits };
  return {
    id: channel,
    platform,
    address,
    limits,
    // Computed when it is read: most nodes do not ask.
    get windowOpenUntil() {
      return lastInboundAt === undefined ? NEVER : plusMillis(lastInboundAt, windowHours * 3_600_000);
    },
  };
}

/** Returns how the contact is reached on a platform: on the channel where they wrote last. */
export function reachBy(where: Whereabouts, platform: Platform | ChannelId): Reach | undefined {
  const heard = Object.entries(where.uses)
    .filter(([id]) => where.facts.get(id)?.platform === platform)
    .sort(([, a], [, b]) => ((a.lastInboundAt ?? '') < (b.lastInboundAt ?? '') ? 1 : -1));
  return heard[0] && reachOn(where, heard[0][0]);
}

/** Returns whether the 24-hour window is closed, so that only a template may be sent. */
export function isWindowClosed(reach: Reach | undefined, now: IsoTime): boolean {
  const until = reach?.windowOpenUntil;
  return until !== undefined && until < now;
}
