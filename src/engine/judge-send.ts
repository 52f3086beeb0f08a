import type { IsoTime, Lane, OutboundMessage, Platform, Reach, SendBody, SendRequest, Skipped, Warning } from '../contract/index.js';
import { isLonger } from '../text/cut-text.js';
import { phoneDigits, readPhone } from '../text/read-phone.js';
import { fitMessage } from './fit-message.js';
import { isWindowClosed, reachBy, reachOn, type Whereabouts } from './reach.js';

/** What a send is judged by. */
export interface SendWorld extends Whereabouts {
  readonly now: IsoTime;
  /** Who sends: the channel that a message goes to where nothing else is said, its lane, and the message that it may quote. */
  readonly run: { readonly channel: string; readonly lane: Lane; readonly lastMessage?: { readonly channel: string } | undefined };
}
export interface Judged {
  readonly body: SendBody;
  /** Why it must not go out. */
  readonly skipped?: Skipped;
  readonly warnings: readonly Warning[];
}

/**
 * The one rule for everything that is sent, whoever sends it: where it goes, whether the 24-hour window allows it, what goes out instead,
 * and in how many parts. Pure and total. What must not go out is skipped with its reason, which is also among the warnings.
 *
 * @example judgeSend({ kind: 'send', message: { type: 'text', text: 'Hello' } }, world).body.address // '4915112345678'
 */
export function judgeSend(request: SendRequest, world: SendWorld): Judged {
  const { channel, address, reach, isOther } = targetOf(request, world);
  const { lane } = world.run;
  const asRequested: SendBody = { kind: 'send', channel, address, lane, message: request.message };
  if (address === '') return skip(asRequested, NO_ADDRESS);
  if (request.message.type !== 'template' && isWindowClosed(reach, world.now)) {
    if (!request.ifWindowClosed) return skip(asRequested, WINDOW_CLOSED);
    return { body: { ...asRequested, message: request.ifWindowClosed }, warnings: [] };
  }
  if (isEmpty(request.message)) return skip(asRequested, NOTHING_TO_SEND);
  const quoting = withQuote(request.message, !isOther && world.run.lastMessage?.channel === channel);
  const limits = world.facts.get(channel)?.limits;
  if (!limits) return { body: { ...asRequested, message: quoting }, warnings: [] };
  const most = limits.address ?? Number.POSITIVE_INFINITY;
  if (addressesIn(quoting).some((one) => isLonger(one, most)))
    return skip(asRequested, { code: 'send/address-too-long', reason: `an address in the message is longer than ${most} characters` });
  const { parts, message, warnings } = fitMessage(quoting, limits);
  return { body: { kind: 'send', channel, address, lane, ...(parts.length > 0 ? { before: parts } : {}), message }, warnings };
}

const NO_ADDRESS: Skipped = { code: 'send/no-address', reason: 'the contact has no address there' };
export const WINDOW_CLOSED: Skipped = {
  code: 'send/window-closed',
  reason: 'the person has not written for 24 hours: only a template may be sent',
};
const NOTHING_TO_SEND: Skipped = { code: 'send/nothing-to-send', reason: 'the message came out empty' };

function skip(body: SendBody, skipped: Skipped): Judged {
  return { body, skipped, warnings: [{ code: skipped.code, detail: skipped.reason }] };
}

interface Target {
  readonly channel: string;
  /** '' where there is none. */
  readonly address: string;
  /** Absent where the address is not the contact's own: whether its window is open is not known. */
  readonly reach?: Reach;
  /** The address is not the contact's own. */
  readonly isOther?: true;
}

function targetOf({ to, on }: SendRequest, world: SendWorld): Target {
  if (to) {
    const [channel, address] = [to.channel.trim(), to.address.trim()];
    const reach = reachOn(world, channel);
    const isContact = reach !== undefined && phoneDigits(reach.address) === phoneDigits(address);
    if (isContact) return { channel, address: reach.address, reach };
    return { channel, address: channel === '' ? '' : addressOn(world.facts.get(channel)?.platform, address), isOther: true };
  }
  const own = reachOn(world, world.run.channel);
  if (!on) return own ? reached(own) : { channel: world.run.channel, address: world.uses[world.run.channel]?.address ?? '' };
  const isOwn = own !== undefined && on.includes(own.platform);
  const there = isOwn ? own : on.map((platform) => reachBy(world, platform)).find((one) => one !== undefined);
  return there ? reached(there) : { channel: world.run.channel, address: '' };
}

/** On WhatsApp a user id, or the one phone number that a text consists of; '' where it is neither. A group is one on each platform. */
function addressOn(platform: Platform | undefined, address: string): string {
  if (GROUP.test(address)) return address;
  const isNumber = platform === 'whatsapp' && !USER_ID.test(address);
  return isNumber ? (readPhone(address)?.slice(1) ?? '') : address;
}

const GROUP = /^group:\S{1,200}$/;
/** Of a person at one business: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids */
const USER_ID = /^[A-Z]{2}\.[A-Za-z0-9.]+$/;

function reached(reach: Reach): Target {
  return { channel: reach.id, address: reach.address, reach };
}

/** Keeps the quote only in the chat where the quoted message was written. */
function withQuote(message: OutboundMessage, isThere: boolean): OutboundMessage {
  if (isThere || message.replyTo === undefined) return message;
  const { replyTo: _, ...rest } = message;
  return rest;
}

/** What has no words, no file and nothing to tap. */
function isEmpty(message: OutboundMessage): boolean {
  switch (message.type) {
    case 'text':
      return isBlank(message.text) && !message.choices?.length;
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
      return isBlank(message.url);
    case 'link':
      return isBlank(message.text) || isBlank(message.button) || isBlank(message.url);
    case 'template':
      return isBlank(message.name) || isBlank(message.language);
    case 'carousel':
      return isBlank(message.text);
    default:
      return false;
  }
}

/** The addresses of files and pages; they may have come from variables. */
function addressesIn(message: OutboundMessage): readonly string[] {
  const cards = message.type === 'carousel' ? message.cards : [];
  const choices = 'choices' in message ? (message.choices ?? []) : cards.flatMap((card) => card.choices ?? []);
  const own = ['url', 'thumbnailUrl'].map((member) => (message as { readonly [member: string]: unknown })[member]);
  const all = [...own, ...choices.map(({ url }) => url), ...cards.flatMap(({ url, imageUrl }) => [url, imageUrl])];
  return all.filter((one) => typeof one === 'string');
}

/** Also for what a plugin has left out. */
function isBlank(text: string | undefined): boolean {
  return text === undefined || text.trim() === '';
}
