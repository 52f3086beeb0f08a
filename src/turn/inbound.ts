import {
  BUDGET,
  type ChannelId,
  type Clock,
  type Effect,
  effectOfPart,
  effectSession,
  type FlowEvent,
  type HttpAnswer,
  type InboundEvent,
  type InboundMessage,
  type Json,
  type Log,
  type OutboundMessage,
  type Receipt,
  type Sender,
  type Store,
  type WebhookReply,
} from '../contract/index.js';
import { jsonSize } from '../contract/json/json-size.js';
import type { TakeTurn, TurnOptions } from '../contract/take-turn.js';
import { isWaitingFor } from '../engine/waits.js';
import { findPerson, takeAfterMerges } from '../people/find-person.js';
import { livingSession } from '../people/living-session.js';
import { openLink } from '../people/open-link.js';
import type { ChannelBook } from '../published/channel-book.js';
import { startOf } from '../text/cut-text.js';
import { quotedMessage } from './quoted-message.js';

/** What comes from a provider, once the webhook route has verified, parsed and routed it. Resolves when it is stored. */
export interface Inbound {
  /** Gives what the provider's HTTP answer is to carry, where `answer` can make one of the first send: Viber's welcome. */
  take(channel: ChannelId, event: Exclude<InboundEvent, { type: 'receipt' }>, answer?: MakeAnswer): Promise<WebhookReply | undefined>;
  takeReceipt(channel: ChannelId, receipt: Omit<Receipt, 'channel'>): Promise<void>;
}

/** Writes a send as the HTTP answer to the event that led to it; undefined where that cannot be. May throw for what cannot be shown. */
export type MakeAnswer = (message: OutboundMessage, effectId: string) => HttpAnswer | undefined;

export interface InboundParts {
  readonly store: Store;
  readonly channels: ChannelBook;
  readonly takeTurn: TakeTurn;
  /** A receipt has shown that a send in doubt was accepted. */
  readonly prove: (session: string, effectId: string) => void;
  readonly clock: Clock;
  readonly log: Log;
}

/** The way from a provider's event to a turn: who is it, then take it. */
export function createInbound(parts: InboundParts): Inbound {
  return {
    async take(channel, event, answer) {
      const from = event.type === 'message' ? event.message.from : event.from;
      if (event.type === 'identities' && !(await isKnown(parts.store, from))) return undefined;
      const told = await flowEvent(parts, channel, event);
      const isWelcome = event.type === 'subscription' && event.change === 'started' && !event.subscribed;
      if (!answer || !isWelcome) {
        await takeThere(parts, told, { channel, from });
        return undefined;
      }
      let first: HttpAnswer | undefined;
      const answers = ({ id, body }: Effect) => {
        const isHere = body.kind === 'send' && !body.before && body.channel === channel && body.address === from.address;
        first = isHere ? orNothing(() => answer(body.message, id)) : undefined;
        return first;
      };
      const session = await takeThere(parts, told, { channel, from }, { answers });
      // A repeat is answered as the first was: both read it where it is stored.
      const record = await parts.store.turns.byEvent(session, told.id);
      const welcome = record?.effects.find(({ id }) => id === record.answered);
      // What is not logged is answered once, while its words are at hand.
      const made = welcome && (welcome.unlogged ? first : answers(welcome));
      // Taken before the answer goes out: a crash on the way brings the event again, and this with it.
      if (welcome?.awaited === 'sent' && made?.isWhole) await takeSent(parts, session, welcome.id);
      return made?.reply;
    },
    takeReceipt: (channel, receipt) => takeReceipt(parts, { ...receipt, channel }),
  };
}

/** What cannot be shown is told by the ordinary way out. */
function orNothing<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}

/** The run waits to hear that its message was sent: the answer to the event has done that. */
async function takeSent({ takeTurn, clock }: InboundParts, session: string, effectId: string): Promise<void> {
  await takeTurn(session, { id: `${effectId}:sent`, at: clock.now(), type: 'receipt', effectId, status: 'sent' });
}

/** Where the person is, or where the link leads that they came by; says in which session that was. */
async function takeThere(
  parts: InboundParts,
  event: FlowEvent,
  { channel, from }: { readonly channel: ChannelId; readonly from: Sender },
  options: TurnOptions = {},
): Promise<string> {
  const platform = parts.channels.get(channel)?.adapter.platform;
  if (platform !== undefined && (event.type === 'message' || event.type === 'subscription')) {
    const owner = await openLink(parts, { event, channel, platform, from }, options);
    if (owner !== undefined) return owner;
  }
  const at = event.type === 'message' ? event.message.sentAt : event.at;
  const met = { channel, at, isChange: event.type === 'identities' && event.isChange === true };
  const { session } = await takeAfterMerges(parts, await findPerson(parts, from, met), event, options);
  return session;
}

async function isKnown(store: Store, from: Sender): Promise<boolean> {
  for (const identity of from.identities) if ((await store.contacts.find(identity)) !== undefined) return true;
  return false;
}

async function flowEvent(
  { store, clock }: InboundParts,
  channel: ChannelId,
  event: Exclude<InboundEvent, { type: 'receipt' }>,
): Promise<FlowEvent> {
  const at = clock.now();
  if (event.type !== 'message') {
    const { account: _, ...rest } = event;
    return { ...rest, at, channel };
  }
  const { quoted: _, ...message } = bounded({ ...event.message, channel });
  const quoted = await quotedMessage(store, { ...event.message, channel });
  return { id: event.id, at, type: 'message', message: { ...message, ...(quoted ? { quoted } : {}) } };
}

/** What is larger than anybody types, such as a list of a thousand contacts, is kept without its extras. */
function bounded(message: InboundMessage): InboundMessage {
  if (jsonSize(message as unknown as Json) <= BUDGET.message) return message;
  const { raw: _raw, contact: _contact, form: _form, referral: _referral, ...rest } = message;
  return { ...rest, text: startOf(rest.text, BUDGET.message / 4) };
}

/** Receipts are kept in the delivery log. They become a turn only where a run waits for them, and a proof where a send is in doubt. */
async function takeReceipt(parts: InboundParts, receipt: Receipt): Promise<void> {
  const { effectId: told } = await parts.store.deliveries.record(receipt);
  if (told === undefined) return;
  const effectId = effectOfPart(told);
  const stored = await livingSession(parts.store, effectSession(told));
  if (!stored) {
    // Of a person who was forgotten: the receipt is not kept either.
    await parts.store.deliveries.forget(effectSession(effectId));
    return;
  }
  const session = stored.state.id;
  const waiting = stored.effects.find((one) => one.effect.id === effectId);
  if (waiting?.inDoubt) parts.prove(session, effectId);
  // Receipts of an earlier part count for nothing, and a repeat counts: the host may have died before the turn of the first.
  if (told !== effectId || !isWaitingFor(stored.state, effectId)) return;
  // A send that is still waiting is settled by the outbox, whose turn says `sent`.
  if (waiting && receipt.status === 'sent') return;
  await parts.takeTurn(session, {
    id: `${effectId}:${receipt.status}`,
    at: parts.clock.now(),
    type: 'receipt',
    effectId,
    status: receipt.status,
    messageId: receipt.providerId,
    ...(receipt.error ? { error: receipt.error } : {}),
  });
}
