import type { Log, TakeTurn, TurnOptions } from '../contract/host/index.js';
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
  type OutboundMessage,
  type Receipt,
  type Sender,
  type WebhookReply,
} from '../contract/index.js';
import { jsonSize } from '../contract/json/json-size.js';
import type { Store } from '../contract/store/index.js';
import { isWaitingFor } from '../engine/waits.js';
import type { MediaBox, NewMedia } from '../media/media-box.js';
import { findPerson, takeAfterMerges } from '../people/find-person.js';
import { livingSession } from '../people/living-session.js';
import { openLink } from '../people/open-link.js';
import type { ChannelBook } from '../published/channel-book.js';
import { startOf } from '../text/cut-text.js';
import { quotedMessage } from './quoted-message.js';

/** Takes events of providers that the webhook has verified, parsed and routed. Each call resolves when the event is stored. */
export interface Inbound {
  /** Takes an event. Returns what the HTTP answer to the provider must carry, if `answer` can make it from the first send: Viber's welcome. */
  take(channel: ChannelId, event: Exclude<InboundEvent, { type: 'receipt' }>, answer?: MakeAnswer): Promise<WebhookReply | undefined>;
  takeReceipt(channel: ChannelId, receipt: Omit<Receipt, 'channel'>): Promise<void>;
}

/** Writes a send as the HTTP answer to the event that led to it; undefined if that is impossible. May throw if the message cannot be shown. */
export type MakeAnswer = (message: OutboundMessage, effectId: string) => HttpAnswer | undefined;

export interface InboundParts {
  readonly store: Store;
  /** Keeps the files that people send. Without it flows get the addresses of the provider. */
  readonly media?: Pick<MediaBox, 'fileOf' | 'note'>;
  readonly channels: ChannelBook;
  readonly takeTurn: TakeTurn;
  /** Called with a send in doubt that a receipt has shown to be accepted. */
  readonly prove: (session: string, effectId: string) => void;
  /** Called for each message from a person. */
  readonly heard?: (channel: ChannelId) => void;
  readonly clock: Clock;
  readonly log: Log;
}

/** Makes the way from a provider's event to a turn of the person that it is from. */
export function createInbound(parts: InboundParts): Inbound {
  return {
    async take(channel, event, answer) {
      if (event.type === 'message') parts.heard?.(channel);
      const from = event.type === 'message' ? event.message.from : event.from;
      if (event.type === 'identities' && !(await isKnown(parts.store, from))) return undefined;
      const { event: turnEvent, file } = withFile(parts, await flowEvent(parts, channel, event));
      const place = { channel, from, ...(file ? { file } : {}) };
      const isWelcome = event.type === 'subscription' && event.change === 'started' && !event.subscribed;
      if (!answer || !isWelcome) {
        await takeThere(parts, turnEvent, place);
        return undefined;
      }
      let first: HttpAnswer | undefined;
      const answers = ({ id, body }: Effect) => {
        const isHere = body.kind === 'send' && !body.before && body.channel === channel && body.address === from.address;
        first = isHere ? orNothing(() => answer(body.message, id)) : undefined;
        return first;
      };
      const session = await takeThere(parts, turnEvent, place, { answers });
      // A repeated event gets the same answer as the first, so read it from the log.
      const record = await parts.store.turns.byEvent(session, turnEvent.id);
      const welcome = record?.effects.find(({ id }) => id === record.answered);
      // A message that is not logged can be answered only now, while its text is at hand.
      const made = welcome && (welcome.unlogged ? first : answers(welcome));
      // Before the answer goes out: after a crash the provider repeats the event, and this is done then.
      if (welcome?.awaited === 'sent' && made?.isWhole) await takeSent(parts, session, welcome.id);
      return made?.reply;
    },
    takeReceipt: (channel, receipt) => takeReceipt(parts, { channel, ...receipt }),
  };
}

/** If the message does not fit into the HTTP answer, the outbox sends it. */
function orNothing<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}

/** Resumes a run that waits until its message is sent, which the HTTP answer has done. */
async function takeSent({ takeTurn, clock }: InboundParts, session: string, effectId: string): Promise<void> {
  await takeTurn(session, { id: `${effectId}:sent`, at: clock.now(), type: 'receipt', effectId, status: 'sent' });
}

/** Takes an event in the session of the person, or of the link that they came by, and returns which session that was. */
async function takeThere(
  parts: InboundParts,
  event: FlowEvent,
  { channel, from, file }: { readonly channel: ChannelId; readonly from: Sender; readonly file?: NewMedia },
  options: TurnOptions = {},
): Promise<string> {
  const platform = parts.channels.get(channel)?.adapter.platform;
  if (platform !== undefined && (event.type === 'message' || event.type === 'subscription')) {
    const owner = await openLink(parts, { event, channel, platform, from }, options);
    if (owner !== undefined) return owner;
  }
  const at = event.type === 'message' ? event.message.sentAt : event.at;
  const met = { channel, at, isChange: event.type === 'identities' && event.isChange === true };
  const person = await findPerson(parts, from, met);
  // Before the turn, whose log has the address of the file. If the host dies in between, the provider repeats the message.
  if (file) await parts.media?.note(file, person);
  const { session } = await takeAfterMerges(parts, person, event, options);
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
  const said = { channel, ...event.message };
  const { quoted: _, ...message } = bounded(said);
  const quoted = await quotedMessage(store, said);
  return { id: event.id, at, type: 'message', message: { ...message, ...(quoted ? { quoted } : {}) } };
}

/** Gives a message the host's own address of its file, if the host can fetch it. */
function withFile({ media }: InboundParts, event: FlowEvent): { readonly event: FlowEvent; readonly file?: NewMedia } {
  const found = event.type === 'message' ? media?.fileOf(event.id, event.message) : undefined;
  return found && event.type === 'message' ? { event: { ...event, message: found.message }, file: found.file } : { event };
}

/** Removes the extras of a message that is too large, such as a list of a thousand contacts. */
function bounded(message: InboundMessage): InboundMessage {
  if (jsonSize(message as unknown as Json) <= BUDGET.message) return message;
  const { raw: _raw, contact: _contact, form: _form, referral: _referral, ...rest } = message;
  return { ...rest, text: startOf(rest.text, BUDGET.message / 4) };
}

/** Stores a receipt in the delivery log. It becomes a turn only if a run waits for it, and proves a send that is in doubt. */
async function takeReceipt(parts: InboundParts, receipt: Receipt): Promise<void> {
  const { effectId: found } = await parts.store.deliveries.record(receipt);
  if (found === undefined) return;
  const effectId = effectOfPart(found);
  const stored = await livingSession(parts.store, effectSession(found));
  if (!stored) {
    // The person was forgotten, so the receipt must not be kept either.
    await parts.store.deliveries.forget(effectSession(effectId));
    return;
  }
  const session = stored.state.id;
  const waiting = stored.effects.find((one) => one.effect.id === effectId);
  if (waiting?.inDoubt) parts.prove(session, effectId);
  // A receipt of an earlier part says nothing. A repeated receipt is not ignored: the host may have died before the turn of the first.
  if (found !== effectId || !isWaitingFor(stored.state, effectId)) return;
  // The outbox settles a send that is still waiting, and its turn says `sent`.
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
