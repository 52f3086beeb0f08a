import {
  type ChannelId,
  type Clock,
  effectSession,
  type FlowEvent,
  type InboundEvent,
  type Log,
  OperationalError,
  type Receipt,
  type Sender,
  type Store,
} from '../contract/index.js';
import { isWaitingFor } from '../engine/waits.js';
import { mergeContacts } from './merge-contacts.js';
import { newSessionId } from './new-id.js';
import type { TakeTurn, TurnOutcome } from './take-turn.js';

/** What comes from a provider, once the webhook route has verified, parsed and routed it. Resolves when it is stored. */
export interface Inbound {
  take(channel: ChannelId, event: Exclude<InboundEvent, { type: 'receipt' }>): Promise<void>;
  takeReceipt(channel: ChannelId, receipt: Omit<Receipt, 'channel'>): Promise<void>;
}

export interface InboundParts {
  readonly store: Store;
  readonly takeTurn: TakeTurn;
  /** A receipt has shown that a send in doubt was accepted. */
  readonly prove: (session: string, effectId: string) => void;
  readonly clock: Clock;
  readonly log: Log;
}

/** How often a contact may turn out to have moved on before something is wrong. */
const MOST_MOVES = 5;

/** The way from a provider's event to a turn: who is it, then take it. */
export function createInbound(parts: InboundParts): Inbound {
  return {
    async take(channel, event) {
      const from = event.type === 'message' ? event.message.from : event.from;
      if (event.type === 'identities' && !(await isKnown(parts.store, from))) return;
      await takeFor(parts, from, flowEvent(channel, event, parts.clock));
    },
    takeReceipt: (channel, receipt) => takeReceipt(parts, { ...receipt, channel }),
  };
}

/** Finds the person, making one of two where two identities turn out to be the same, and takes the turn there. */
async function takeFor(parts: InboundParts, from: Sender, event: FlowEvent): Promise<TurnOutcome> {
  for (let move = 0; move < MOST_MOVES; move += 1) {
    const { session, others } = await parts.store.contacts.resolve(from.identities, newSessionId(event.at));
    for (const other of others) await mergeContacts(parts, other, session);
    const outcome = await parts.takeTurn(session, event);
    if (outcome.kind !== 'moved') return outcome;
    // A merge was interrupted after its first step: do it again, then the identities lead to the winner.
    await mergeContacts(parts, session, outcome.to);
  }
  throw new OperationalError('turn/contact-moves', `a contact was merged ${MOST_MOVES} times in a row`);
}

async function isKnown(store: Store, from: Sender): Promise<boolean> {
  for (const identity of from.identities) if ((await store.contacts.find(identity)) !== undefined) return true;
  return false;
}

function flowEvent(channel: ChannelId, event: Exclude<InboundEvent, { type: 'receipt' }>, clock: Clock): FlowEvent {
  const at = clock.now();
  if (event.type === 'message') return { id: event.id, at, type: 'message', message: { ...event.message, channel } };
  const { account: _, ...rest } = event;
  return { ...rest, at, channel };
}

/** Receipts are kept in the delivery log. They become a turn only where a run waits for them, and a proof where a send is in doubt. */
async function takeReceipt(parts: InboundParts, receipt: Receipt): Promise<void> {
  const { effectId, moved } = await parts.store.deliveries.record(receipt);
  if (effectId === undefined || !moved) return;
  const session = effectSession(effectId);
  const stored = await parts.store.sessions.load(session);
  if (!stored) return;
  const waiting = stored.effects.find((one) => one.effect.id === effectId);
  if (waiting?.inDoubt) parts.prove(session, effectId);
  if (!isWaitingFor(stored.state, effectId)) return;
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
