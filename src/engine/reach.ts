import {
  type ChannelId,
  type ChannelLimits,
  type ChannelUse,
  type IsoTime,
  millisOf,
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

/** In milliseconds. */
const HOUR = 3_600_000;
/** The end of a 24-hour window that never opened, because the person has not written yet. */
const NEVER = '1970-01-01T00:00:00.000Z';

/** A class, so that all reaches share one getter. */
export class ContactReach implements Reach {
  readonly id: ChannelId;
  readonly platform: Platform;
  readonly address: string;
  readonly limits: ChannelLimits;
  readonly #lastInboundAt: IsoTime | undefined;

  constructor({ id, platform, limits }: ChannelFacts, { address, lastInboundAt }: ChannelUse) {
    this.id = id;
    this.platform = platform;
    this.address = address;
    this.limits = limits;
    this.#lastInboundAt = lastInboundAt;
  }

  get windowOpenUntil(): IsoTime | undefined {
    const { windowHours } = this.limits;
    if (windowHours === undefined) return undefined;
    return this.#lastInboundAt === undefined ? NEVER : plusMillis(this.#lastInboundAt, windowHours * HOUR);
  }

  /** Returns whether the 24-hour window is closed, so that only a template may be sent. */
  isWindowClosed(now: IsoTime): boolean {
    const { windowHours } = this.limits;
    if (windowHours === undefined) return false;
    return this.#lastInboundAt === undefined || millisOf(this.#lastInboundAt) + windowHours * HOUR < millisOf(now);
  }
}

/** Returns how the contact is reached on one channel; undefined if the channel is unknown or the contact has no address there. */
export function reachOn({ facts, uses }: Whereabouts, channel: ChannelId): ContactReach | undefined {
  const known = facts.get(channel);
  const use = uses[channel];
  return known && use && use.address !== '' ? new ContactReach(known, use) : undefined;
}

/** Returns how the contact is reached on a platform: on the channel where they wrote last. */
export function reachBy(where: Whereabouts, platform: Platform | ChannelId): ContactReach | undefined {
  const heard = Object.entries(where.uses)
    .filter(([id]) => where.facts.get(id)?.platform === platform)
    .sort(([, a], [, b]) => ((a.lastInboundAt ?? '') < (b.lastInboundAt ?? '') ? 1 : -1));
  return heard[0] && reachOn(where, heard[0][0]);
}
