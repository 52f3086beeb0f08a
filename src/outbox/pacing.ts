import { LRUCache } from 'lru-cache';
import type { ChannelId, Clock, Pace, SendBody } from '../contract/index.js';
import type { KnownChannel } from '../published/known-channel.js';
import { AccountPace, MAX_PUT_OFF } from './account-pace.js';

/** Keeps sends below what a provider allows for an account, and for one person. */
export interface Pacing {
  /**
   * Takes a place for a send, and returns 0 when the send may leave. If that would take long, returns the milliseconds after which to ask
   * again. A promise only if the send has to wait.
   */
  place(send: PacedSend, pace: Pace | undefined): number | Promise<number>;
  /**
   * Takes a place for a message from a person: Meta's throughput "is inclusive of inbound and outbound messages".
   * https://developers.facebook.com/documentation/business-messaging/whatsapp/throughput
   */
  heard(channel: ChannelId, pace: Pace | undefined): void;
  /** Slows the account down, because the provider has refused a send as one too many. */
  refused(channel: ChannelId, pace: Pace | undefined): void;
  /** Returns the messages a second that the account is used for now. */
  perSecond(channel: ChannelId, pace: Pace | undefined): number | undefined;
  /** How many people's paces are kept. */
  readonly people: number;
}

type PacedSend = Pick<SendBody, 'channel' | 'address' | 'lane'>;

/** How long a send may wait for its person's pace, in milliseconds. */
const PAIR_AHEAD = 2_000;
const MAX_CHANNELS = 1_000;
/** Given to the cache as `maxSize`, because it would allocate memory for `max` entries at once. */
const MAX_PAIRS = 50_000;

export function createPacing(clock: Pick<Clock, 'monotonic' | 'after'>): Pacing {
  const accounts = new LRUCache<ChannelId, AccountPace>({ max: MAX_CHANNELS });
  /** When each person has the whole burst again, on the monotonic clock. */
  const pairs = new LRUCache<string, number>({ maxSize: MAX_PAIRS, sizeCalculation: () => 1 });

  function accountOf(channel: ChannelId, { perSecond }: Pace): AccountPace {
    let account = accounts.get(channel);
    if (account?.allowed !== perSecond) {
      account = new AccountPace(clock, perSecond);
      accounts.set(channel, account);
    }
    return account;
  }

  function pairWait(key: string, { burst, everyMillis }: NonNullable<Pace['pair']>): number {
    const now = clock.monotonic();
    return Math.max(0, Math.ceil((pairs.get(key) ?? now) - now - (burst - 1) * everyMillis));
  }

  function placeOf({ channel, address, lane }: PacedSend, pace: Pace): number | Promise<number> {
    const account = accountOf(channel, pace);
    const askIn = lane === 'reply' ? account.placeReply() : account.placeCampaign();
    const key = pairKey(channel, address);
    if (pace.pair && (askIn === 0 || typeof askIn !== 'number'))
      pairs.set(key, Math.max(pairs.get(key) ?? 0, clock.monotonic()) + pace.pair.everyMillis);
    return askIn;
  }

  return {
    get people() {
      return pairs.size;
    },
    place(send, pace) {
      if (!pace) return 0;
      const wait = pace.pair ? pairWait(pairKey(send.channel, send.address), pace.pair) : 0;
      if (wait > PAIR_AHEAD) return Math.min(wait, MAX_PUT_OFF);
      if (wait === 0) return placeOf(send, pace);
      return new Promise<void>((go) => void clock.after(wait, go)).then(() => placeOf(send, pace));
    },
    heard: (channel, pace) => pace && accountOf(channel, pace).heard(),
    refused: (channel, pace) => pace && accountOf(channel, pace).refused(),
    perSecond: (channel, pace) => pace && accountOf(channel, pace).perSecond,
  };
}

function pairKey(channel: ChannelId, address: string): string {
  return `${channel} ${address}`;
}

/** Returns the pace of a channel's account; undefined if it has no limit. */
export function paceOf({ adapter, config }: Pick<KnownChannel, 'adapter' | 'config'>): Pace | undefined {
  return adapter.pace ? adapter.pace(config) : adapter.limits.pace;
}
