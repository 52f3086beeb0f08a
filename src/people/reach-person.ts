import type { Refusal, RefusalCode } from '../contract/host/index.js';
import type { ChannelId, Problem, Sender, SessionState } from '../contract/index.js';
import type { Store } from '../contract/store/index.js';
import type { ChannelBook } from '../published/channel-book.js';
import type { KnownChannel } from '../published/known-channel.js';
import { judgeIdentity } from './judge-identity.js';
import { livingSession } from './living-session.js';

/** The person that a start is for: an identity, known or new, or a known contact. */
export type WantedContact = { readonly identity: string; readonly name?: string } | { readonly id: string };

interface ReachParts {
  readonly store: Pick<Store, 'sessions' | 'contacts'>;
  readonly channels: Pick<ChannelBook, 'get'>;
}

/** Where a person is reached. */
export interface Reached {
  readonly channel: ChannelId;
  readonly from: Sender;
}

/**
 * Finds the channel on which a person is to be reached, and their address there: the channel asked for; else the only one that the flow
 * is bound to, if the person has an address there; else the one on which they were heard last.
 */
export async function reachPerson(
  { store, channels }: ReachParts,
  { contact, channel: wanted }: { readonly contact: WantedContact; readonly channel?: ChannelId },
  bound: readonly ChannelId[],
): Promise<Reached | Refusal> {
  if (wanted !== undefined && !channels.get(wanted)) return refusal('channel/unknown', '/channel', `unknown channel "${wanted}"`);
  const state = await stateOf(store, contact);
  const badNumber = 'identity' in contact && !wasHeard(state) ? judgeIdentity(contact.identity, '/contact/identity') : undefined;
  if (badNumber) return refusalOf('contact/bad-number', badNumber);
  if ('id' in contact && !state) return refusal('contact/unknown', '/contact/id', `unknown contact "${contact.id}"`);
  const known = chooseChannel(channels, { contact, state, wanted, bound });
  if (!known) return refusal('start/no-channel', '/channel', 'the channel must be named');
  const from = senderOn(known, state, contact);
  const language = state?.contact.language;
  if (from) return { channel: known.channel.id, from: language === undefined ? from : { ...from, language } };
  const pointer = 'id' in contact ? '/contact/id' : '/contact/identity';
  return refusal('contact/no-address', pointer, `the contact has no address on the channel "${known.channel.id}"`);
}

interface Wanted {
  readonly contact: WantedContact;
  readonly state: SessionState | undefined;
  readonly wanted: ChannelId | undefined;
  readonly bound: readonly ChannelId[];
}

function chooseChannel(channels: ReachParts['channels'], { contact, state, wanted, bound }: Wanted): KnownChannel | undefined {
  if (wanted !== undefined) return channels.get(wanted);
  const [only] = bound;
  const first = only === undefined || bound.length > 1 ? undefined : channels.get(only);
  return first && senderOn(first, state, contact) ? first : (heardLast(channels, state, contact) ?? first);
}

/** Returns whether the person has ever written. Then their number is right, whatever it looks like. */
function wasHeard(state: SessionState | undefined): boolean {
  return Object.values(state?.channels ?? {}).some(({ lastInboundAt }) => lastInboundAt !== undefined);
}

async function stateOf(store: ReachParts['store'], contact: WantedContact): Promise<SessionState | undefined> {
  const id = 'id' in contact ? contact.id : await store.contacts.find(contact.identity);
  return id === undefined ? undefined : (await livingSession(store, id))?.state;
}

/** Returns the channel on which the person has written last, among those that the identity fits. */
function heardLast(channels: ReachParts['channels'], state: SessionState | undefined, contact: WantedContact): KnownChannel | undefined {
  const heard = Object.entries(state?.channels ?? {})
    .filter(([, use]) => use.lastInboundAt !== undefined)
    .sort(([, a], [, b]) => ((a.lastInboundAt ?? '') < (b.lastInboundAt ?? '') ? 1 : -1));
  for (const [id] of heard) {
    const known = channels.get(id);
    if (known && ('id' in contact || known.adapter.senderOf(contact.identity, id))) return known;
  }
  return undefined;
}

function senderOn({ channel, adapter }: KnownChannel, state: SessionState | undefined, contact: WantedContact): Sender | undefined {
  if ('identity' in contact) {
    const from = adapter.senderOf(contact.identity, channel.id);
    return from && { ...from, ...(contact.name === undefined ? {} : { name: contact.name }) };
  }
  const address = state?.channels[channel.id]?.address;
  if (address !== undefined && address !== '') return { identities: state?.contact.identities ?? [], address };
  for (const identity of state?.contact.identities ?? []) {
    const from = adapter.senderOf(identity, channel.id);
    if (from) return from;
  }
  return undefined;
}

const HINTS = {
  'channel/unknown': 'Use the id of a channel that exists.',
  'contact/unknown': 'Use the id of a contact that exists, or an identity.',
  'start/no-channel': 'Name the channel: the flow is bound to several channels or none, and the person has not written on any.',
  'contact/no-address': 'An identity is whatsapp:<number without +> or viber:<channel>:<user id>.',
} as const;

function refusal(code: keyof typeof HINTS, pointer: string, message: string): Refusal {
  return refusalOf(code, { pointer, code, message, hint: HINTS[code], severity: 'error' });
}

function refusalOf(refused: RefusalCode, problem: Problem): Refusal {
  return { refused, detail: `The person cannot be reached: ${problem.message}.`, problems: [problem] };
}
