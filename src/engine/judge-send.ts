import {
  type Contact,
  type InboundMessage,
  type IsoTime,
  type Lane,
  millisOf,
  type OutboundMessage,
  type Platform,
  type SendBody,
  type SendRequest,
  type Skipped,
  type Warning,
} from '../contract/index.js';
import { isLonger } from '../text/cut-text.js';
import { phoneDigits, readPhone } from '../text/read-phone.js';
import { isSameTime } from './contact-changes.js';
import { fitMessage } from './fit-message.js';
import { type ContactReach, reachBy, reachOn, type Whereabouts } from './reach.js';

/** What a send is judged by: where the contact can be reached, when, and by which run. */
export interface SendWorld extends Whereabouts {
  readonly now: IsoTime;
  readonly optOut: Contact['optOut'];
  /** The message that the send answers, if there is one. */
  readonly answers: (Pick<InboundMessage, 'platform' | 'sentAt' | 'type'> & Partial<Pick<InboundMessage, 'id'>>) | undefined;
  /** The sender: the channel that messages go to by default, their lane, and the last message, which they may quote. */
  readonly run: { readonly channel: string; readonly lane: Lane; readonly lastMessage?: { readonly channel: string } | undefined };
}
/** A send as it will be stored. */
export interface Judged {
  readonly body: SendBody;
  /** Why the message must not be sent. */
  readonly skipped?: Skipped;
  readonly warnings: readonly Warning[];
}

/**
 * Decides how a message is sent: to which address, whether the 24-hour window allows it, what is sent instead, and in how many parts. The one
 * rule for every message of flows, dialogs, middleware and operators. A message that must not be sent is skipped with a reason, which is a
 * warning as well. Pure and never throws.
 *
 * @example judgeSend({ kind: 'send', message: { type: 'text', text: 'Hello' } }, world).body.address // '4915112345678'
 */
export function judgeSend(request: SendRequest, world: SendWorld): Judged {
  const { channel, address, reach, platform, isOther } = targetOf(request, world);
  const { lane } = world.run;
  const other = isOther ? { isOther } : {};
  const asRequested: SendBody = { kind: 'send', channel, address, lane, message: request.message, ...other };
  if (address === '') return skip(asRequested, NO_ADDRESS);
  if (platform !== undefined && isUnwanted(world, platform)) return skip(asRequested, OPTED_OUT);
  if (request.message.type !== 'template' && reach?.isWindowClosed(world.now)) {
    if (!request.ifWindowClosed) return skip(asRequested, WINDOW_CLOSED);
    return { body: { ...asRequested, message: request.ifWindowClosed }, warnings: [] };
  }
  if (isEmpty(request.message)) return skip(asRequested, NOTHING_TO_SEND);
  const quoting = withQuote(request.message, !isOther && world.run.lastMessage?.channel === channel);
  const limits = world.facts.get(channel)?.limits;
  if (!limits) return { body: { ...asRequested, message: quoting }, warnings: [] };
  const { address: max } = limits;
  if (max !== undefined && addressesIn(quoting).some((one) => isLonger(one, max)))
    return skip(asRequested, { code: 'send/address-too-long', reason: `an address in the message is longer than ${max} characters` });
  const { parts, message, warnings } = fitMessage(quoting, limits);
  return { body: { kind: 'send', channel, address, lane, ...(parts.length > 0 ? { before: parts } : {}), message, ...other }, warnings };
}

const NO_ADDRESS: Skipped = { code: 'send/no-address', reason: 'the contact has no address there' };
export const WINDOW_CLOSED: Skipped = {
  code: 'send/window-closed',
  reason: 'the person has not written for 24 hours: only a template may be sent',
};
const OPTED_OUT: Skipped = {
  code: 'send/opted-out',
  reason: 'opted-out: the person wants no messages on this platform, and this one does not answer them',
};
const NOTHING_TO_SEND: Skipped = { code: 'send/nothing-to-send', reason: 'the message came out empty' };

function skip(body: SendBody, skipped: Skipped): Judged {
  return { body, skipped, warnings: [{ code: skipped.code, detail: skipped.reason }] };
}

/** How long an answer to a person who has opted out may take, in milliseconds. */
const MAX_ANSWER_TIME = 86_400_000;

/** Returns whether the person has opted out of the platform, and has not written there since, within a day. */
function isUnwanted({ optOut, answers, now }: SendWorld, platform: Platform): boolean {
  const out = optOut[platform];
  if (!out) return false;
  if (answers?.platform !== platform || answers.type === 'conversation_started') return true;
  const { since = '', message } = out;
  const isOther = answers.id !== undefined && answers.id !== message;
  if (isSameTime(answers.sentAt, since) ? !isOther : answers.sentAt < since) return true;
  return millisOf(now) - millisOf(answers.sentAt) > MAX_ANSWER_TIME;
}

interface Target {
  readonly channel: string;
  /** '' if there is none. */
  readonly address: string;
  /** Missing if the contact has not written there, so that nobody knows whether its window is open. */
  readonly reach?: ContactReach;
  /** The platform on which the address is the contact's own. */
  readonly platform?: Platform;
  /** The address is not the contact's own. */
  readonly isOther?: true;
}

function targetOf({ to, on }: SendRequest, world: SendWorld): Target {
  if (to) {
    const [channel, address] = [to.channel.trim(), to.address.trim()];
    const reach = reachOn(world, channel);
    if (reach && phoneDigits(reach.address) === phoneDigits(address)) return reached(reach);
    const platform = world.facts.get(channel)?.platform;
    const written = channel === '' ? '' : addressOn(platform, address);
    return { channel, address: written, ...(platform && hasAddress(world, platform, written) ? { platform } : { isOther: true }) };
  }
  const own = reachOn(world, world.run.channel);
  if (!on) return own ? reached(own) : { channel: world.run.channel, address: world.uses[world.run.channel]?.address ?? '' };
  const isOwn = own !== undefined && on.includes(own.platform);
  const there = isOwn ? own : on.map((platform) => reachBy(world, platform)).find((one) => one !== undefined);
  return there ? reached(there) : { channel: world.run.channel, address: '' };
}

/** Returns whether the contact has this address on a channel of the platform. */
function hasAddress({ facts, uses }: Whereabouts, platform: Platform, address: string): boolean {
  return Object.entries(uses).some(([id, use]) => use.address === address && facts.get(id)?.platform === platform);
}

/** Returns an address as the platform takes it: on WhatsApp a user id or the digits of a phone number. Returns '' if it is neither. Groups stay. */
function addressOn(platform: Platform | undefined, address: string): string {
  if (GROUP.test(address)) return address;
  const isNumber = platform === 'whatsapp' && !USER_ID.test(address);
  return isNumber ? (readPhone(address)?.slice(1) ?? '') : address;
}

const GROUP = /^group:\S{1,200}$/;
/** A business-scoped user id: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids */
const USER_ID = /^[A-Z]{2}\.[A-Za-z0-9.]+$/;

function reached(reach: ContactReach): Target {
  return { channel: reach.id, address: reach.address, reach, platform: reach.platform };
}

/** Keeps the quote only in the chat where the quoted message was written. */
function withQuote(message: OutboundMessage, isThere: boolean): OutboundMessage {
  if (isThere || message.replyTo === undefined) return message;
  const { replyTo: _, ...rest } = message;
  return rest;
}

/** Returns whether a message has no text, no file and nothing to tap. */
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

/** Returns the addresses of files and pages in a message. They may come from variables. */
function addressesIn(message: OutboundMessage): readonly string[] {
  const cards = message.type === 'carousel' ? message.cards : [];
  const choices = 'choices' in message ? (message.choices ?? []) : cards.flatMap((card) => card.choices ?? []);
  const own = ['url', 'thumbnailUrl'].map((member) => (message as { readonly [member: string]: unknown })[member]);
  const all = [...own, ...choices.map(({ url }) => url), ...cards.flatMap(({ url, imageUrl }) => [url, imageUrl])];
  return all.filter((one) => typeof one === 'string');
}

/** Undefined is blank as well: a plugin may leave a text out. */
function isBlank(text: string | undefined): boolean {
  return text === undefined || text.trim() === '';
}
