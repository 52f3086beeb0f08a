import type { InboundMessage, IsoTime } from '../contract/index.js';
import { readName } from '../text/read-name.js';
import type { Work } from './work.js';

/** What a message tells of its sender: addresses, a name, when the person was last heard. */
export function noteMessage(work: Work, message: InboundMessage, at: IsoTime): void {
  noteSender(work, message.channel, message.from);
  const use = work.channels[message.channel];
  const heard = message.sentAt < at ? message.sentAt : at;
  if (!use || (use.lastInboundAt !== undefined && use.lastInboundAt >= heard)) return;
  work.channels = { ...work.channels, [message.channel]: { ...use, lastInboundAt: heard } };
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
  if (fresh.length === 0 && name === contact.name && language === contact.language) return;
  work.contact = {
    ...contact,
    identities: [...contact.identities, ...fresh],
    ...(name === undefined ? {} : { name }),
    ...(language === undefined ? {} : { language }),
  };
}
