import { type ChannelId, type Problem, type Sender, type SessionState, type Store, UserError } from '../contract/index.js';
import type { ChannelBook, KnownChannel } from '../published/channel-book.js';
import { judgeIdentity } from './judge-identity.js';
import { livingSession } from './living-session.js';

/** Whom a start is for: an identity, known or new, or a known contact. */
export type WantedContact = { readonly identity: string; readonly name?: string } | { readonly id: string };

interface ReachParts {
  readonly store: Store;
  readonly channels: ChannelBook;
}

/**
 * The channel on which a person is to be reached, and their address there: the channel asked for, else the only one that the flow is
 * bound to if the person has an address there, else the one on which they were heard last. A UserError says what is missing.
 */
export async function reachPerson(
  { store, channels }: ReachParts,
  { contact, channel: wanted }: { readonly contact: WantedContact; readonly channel?: ChannelId },
  bound: readonly ChannelId[],
): Promise<{ readonly channel: ChannelId; readonly from: Sender }> {
  if (wanted !== undefined && !channels.get(wanted))
    throw refusal('/channel', 'channel/unknown', `there is no channel "${wanted}"`, 'GET /api/channels lists what there is.');
  const state = await stateOf(store, contact);
  if ('identity' in contact && !wasHeard(state)) refuseBadNumber(contact.identity);
  if ('id' in contact && !state)
    throw refusal('/contact/id', 'contact/unknown', `there is no contact "${contact.id}"`, 'GET /api/contacts lists what there is.');
  const [only] = bound;
  const chosen = wanted ?? (bound.length === 1 ? only : undefined);
  const first = chosen === undefined ? undefined : channels.get(chosen);
  const fits = wanted !== undefined || (first && senderOn(first, state, contact));
  const known = fits ? first : (heardLast(channels, state, contact) ?? first);
  if (!known)
    throw refusal(
      '/channel',
      'start/no-channel',
      'it is not clear on which channel the person is to be reached',
      'Name a channel: the flow is not bound to just one, and the person was heard on none.',
    );
  const from = senderOn(known, state, contact);
  const language = state?.contact.language;
  if (from) return { channel: known.channel.id, from: language === undefined ? from : { ...from, language } };
  throw refusal(
    'id' in contact ? '/contact/id' : '/contact/identity',
    'contact/no-address',
    `the contact has no address on the channel "${known.channel.id}"`,
    'An identity is whatsapp:<number without +>, or viber:<channel>:<user id>.',
  );
}

/** A number that a provider has told is right, whatever it looks like. */
function wasHeard(state: SessionState | undefined): boolean {
  return Object.values(state?.channels ?? {}).some(({ lastInboundAt }) => lastInboundAt !== undefined);
}

function refuseBadNumber(identity: string): void {
  const problem = judgeIdentity(identity, '/contact/identity');
  if (problem) throw new UserError(422, problem.code, `The person cannot be reached: ${problem.message}.`, [problem]);
}

async function stateOf(store: Store, contact: WantedContact): Promise<SessionState | undefined> {
  const id = 'id' in contact ? contact.id : await store.contacts.find(contact.identity);
  return id === undefined ? undefined : (await livingSession(store, id))?.state;
}

/** Of the channels that the person was heard on and that the identity fits, the latest. */
function heardLast(channels: ChannelBook, state: SessionState | undefined, contact: WantedContact): KnownChannel | undefined {
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

function refusal(pointer: string, code: string, message: string, hint: string): UserError {
  const problem: Problem = { pointer, code, message, hint, severity: 'error' };
  return new UserError(422, code, `The person cannot be reached: ${message}.`, [problem]);
}
