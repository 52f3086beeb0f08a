import type { Platform, SessionState } from '../contract/index.js';
import type { Skips } from '../contract/store/index.js';
import { OPTED_OUT } from '../people/opted-out.js';
import type { ChannelBook } from '../published/channel-book.js';

interface Change {
  readonly before: SessionState;
  readonly after: SessionState;
  /** The queue of another contact is taken over, for whom the opt-out counts from now on, too. */
  readonly isMerge: boolean;
}

/**
 * Returns the sends that a turn takes out of the queue because the person has opted out of a platform, whatever made them do so: a STOP word, a
 * node, the API, or a merge with a contact who had opted out. What the turn itself sends is decided by the engine.
 */
export function skipsByOptOut(channels: Pick<ChannelBook, 'all'>, { before, after, isMerge }: Change): Skips | undefined {
  const [was, is] = [before.contact.optOut, after.contact.optOut];
  if (was === is && !isMerge) return undefined;
  const platforms = (Object.keys(is) as Platform[]).filter(
    (platform) => isMerge || is[platform]?.since !== was[platform]?.since || !was[platform],
  );
  if (platforms.length === 0) return undefined;
  const found = platforms.flatMap((platform) =>
    addressesOn(channels, platform, [before, after]).map((address) => [address, is[platform]?.since] as const),
  );
  const addresses = [...new Set(found.map(([address]) => address))];
  const error = OPTED_OUT;
  if (!isMerge) return { addresses, error };
  // What was decided after the opt-out answers what the person has written since.
  return {
    addresses,
    error,
    until: Object.fromEntries(found.flatMap(([address, since]) => (since === undefined ? [] : [[address, since]]))),
  };
}

/** Returns the addresses of a contact on a platform: those in use, and those of all identities. */
function addressesOn({ all }: Pick<ChannelBook, 'all'>, platform: Platform, states: readonly SessionState[]): readonly string[] {
  const there = all.filter(({ adapter }) => adapter.platform === platform);
  return states.flatMap(({ channels, contact }) =>
    there.flatMap(({ channel, adapter }) => [
      ...(channels[channel.id] ? [channels[channel.id]?.address ?? ''] : []),
      ...contact.identities.flatMap((identity) => adapter.senderOf(identity, channel.id)?.address ?? []),
    ]),
  );
}
