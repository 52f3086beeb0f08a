import type { Log } from '../contract/host/index.js';
import type { ChannelId, Identity, InboundEvent } from '../contract/index.js';
import type { Store } from '../contract/store/index.js';
import type { ChannelBook } from '../published/channel-book.js';
import { personAt } from './person-at.js';

/** The recipient of a message, as the provider's answer names them: a number may have another wa_id, and a user id. */
export interface Recipient {
  readonly channel: ChannelId;
  readonly address: string;
  readonly identities: readonly Identity[];
  readonly effect: string;
}

const MAX_REMEMBERED = 20_000;

/**
 * Adds the identities that providers' answers name to the contact that was written to. So a start by a phone number and the person who
 * answers under another one are not two contacts. What is lost in a crash comes again with the next send.
 */
export function createLearner(parts: {
  readonly store: Store;
  readonly channels: ChannelBook;
  readonly inbound: { take(channel: ChannelId, event: Extract<InboundEvent, { type: 'identities' }>): Promise<unknown> };
  readonly log: Log;
}): (recipient: Recipient) => Promise<void> {
  const learned = new Set<string>();

  async function learn({ channel, address, identities, effect }: Recipient): Promise<void> {
    const known = parts.channels.get(channel);
    const written = known && personAt(known, address);
    const fresh = identities.filter((one) => !written?.identities.includes(one));
    const what = `${address} ${fresh.join(' ')}`;
    if (!written || fresh.length === 0 || learned.has(what)) return;
    const { contacts, sessions } = parts.store;
    const session = await contacts.find(written.identities[0] ?? '');
    if (session === undefined) return;
    const owners = await Promise.all(fresh.map((one) => contacts.find(one)));
    if (owners.some((one) => one !== session)) {
      const use = (await sessions.load(session))?.state.channels[channel];
      const from = { identities: [...fresh, ...written.identities], address: use?.address ?? address };
      await parts.inbound.take(channel, { account: '', type: 'identities', id: `${effect}:identities`, from });
    }
    if (learned.size >= MAX_REMEMBERED) learned.clear();
    learned.add(what);
  }

  return async (recipient) => {
    try {
      await learn(recipient);
    } catch (error) {
      parts.log.warn(
        { channel: recipient.channel, effect: recipient.effect, error: error instanceof Error ? error.message : String(error) },
        'the identities in a provider answer could not be stored; they come again with the next send',
      );
    }
  };
}
