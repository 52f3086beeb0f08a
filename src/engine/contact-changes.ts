import { type InboundMessage, type IsoTime, millisOf } from '../contract/index.js';
import { readName } from '../text/read-name.js';
import type { Work } from './work.js';

/** Meta brings a message again for up to seven days, in milliseconds. */
const LONGEST_WAY = 7 * 86_400_000;

/** What a message tells of its sender: addresses, a name, when the person was last heard. */
export function noteMessage(work: Work, message: InboundMessage, at: IsoTime): void {
  noteSender(work, message.channel, message.from);
  const use = work.channels[message.channel];
  const heard = heardAt(message.sentAt, at);
  const known = use?.lastInboundAt ?? '';
  // What is known of a time to come was noted while the clock was ahead.
  if (!use || (known >= heard && known <= at)) return;
  work.channels = { ...work.channels, [message.channel]: { ...use, lastInboundAt: heard } };
}

/** When the provider says, but not in the future, nor longer ago than a provider brings a message again: then our own clock is wrong. */
function heardAt(sentAt: IsoTime, at: IsoTime): IsoTime {
  return sentAt > at || millisOf(at) - millisOf(sentAt) > LONGEST_WAY ? at : sentAt;
}

/** Whether the person may be written to on a channel where that takes a subscription; a message is one. */
export function noteSubscription(work: Work, channel: string, subscribed: boolean): void {
  const use = work.channels[channel];
  if (use && use.subscribed !== subscribed) work.channels = { ...work.channels, [channel]: { ...use, subscribed } };
}

/** Addresses and names; what the person is called already stays, unless nobody can see it. */
export function noteSender(work: Work, channel: string, from: InboundMessage['from']): void {
  const use = work.channels[channel];
  if (use?.address !== from.address) work.channels = { ...work.channels, [channel]: { ...use, address: from.address } };
  const { contact } = work;
  const fresh = from.identities.filter((one) => !contact.identities.includes(one));
  const name = readName(contact.name) ?? readName(from.name);
  const language = contact.language ?? from.language;
  const userId = work.input.channels.get(channel)?.userId?.(from.identities);
  const isKnown = !userId || contact.userIds?.[userId.scope] === userId.identity;
  if (fresh.length === 0 && isKnown && name === contact.name && language === contact.language) return;
  work.contact = {
    ...contact,
    identities: [...contact.identities, ...fresh],
    ...(isKnown ? {} : { userIds: { ...contact.userIds, [userId.scope]: userId.identity } }),
    ...(name === undefined ? {} : { name }),
    ...(language === undefined ? {} : { language }),
  };
}
