import { type EventOf, type Identity, type InboundMessage, type IsoTime, millisOf, plusMillis } from '../contract/index.js';
import { readName } from '../text/read-name.js';
import { conclude, type Work } from './work.js';

/** Meta delivers a message again for up to seven days; in milliseconds. */
const MAX_DELAY = 7 * 86_400_000;

/** Notes what a message says of its sender: addresses, a name, and when the person last wrote. */
export function noteMessage(work: Work, message: InboundMessage, at: IsoTime): void {
  noteSender(work, message.channel, message.from);
  const use = work.channels[message.channel];
  const heard = afterOptOut(work, message, heardAt(message.sentAt, at));
  const known = use?.lastInboundAt ?? '';
  // A known time in the future was noted while the clock was ahead.
  if (!use || (known >= heard && known <= at)) return;
  work.channels = { ...work.channels, [message.channel]: { ...use, lastInboundAt: heard } };
}

/** Returns the time of a message; a moment later if it has the time of the message in which the person opted out, and came after it. */
function afterOptOut({ contact }: Work, { platform, id }: InboundMessage, heard: IsoTime): IsoTime {
  const out = contact.optOut[platform];
  return out?.message !== undefined && out.message !== id && out.since === heard ? plusMillis(heard, 1) : heard;
}

/** Notes that the message opts the person out: it was not written after another STOP word, even if it came after one of the same second. */
export function noteStop(work: Work, { channel, sentAt }: InboundMessage, at: IsoTime): void {
  const use = work.channels[channel];
  const heard = heardAt(sentAt, at);
  if (use && use.lastInboundAt === plusMillis(heard, 1)) work.channels = { ...work.channels, [channel]: { ...use, lastInboundAt: heard } };
}

/** Returns the provider's time of a message, or ours if the provider's is in the future or older than any delivery. */
export function heardAt(sentAt: IsoTime, at: IsoTime): IsoTime {
  return sentAt > at || millisOf(at) - millisOf(sentAt) > MAX_DELAY ? at : sentAt;
}

/** Notes whether the person is subscribed, on channels where only subscribers may be written to. */
export function noteSubscription(work: Work, channel: string, subscribed: boolean): void {
  const use = work.channels[channel];
  if (use && use.subscribed !== subscribed) work.channels = { ...work.channels, [channel]: { ...use, subscribed } };
}

/** Notes a sender's addresses, name and language. A name that is known stays, unless it has no visible character. */
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

/** Adds identities that a system knows the contact by. */
export function noteIdentities(work: Work, identities: readonly Identity[]): void {
  const { contact } = work;
  const fresh = identities.filter((one) => !contact.identities.includes(one));
  if (fresh.length > 0) work.contact = { ...contact, identities: [...contact.identities, ...fresh] };
}

/** Takes the provider's news that a person has other addresses now. */
export function takeIdentities(work: Work, { channel, from }: EventOf<'identities'>): undefined {
  noteSender(work, channel, from);
  conclude(work, 'noted', 'the addresses of the person have changed');
}
