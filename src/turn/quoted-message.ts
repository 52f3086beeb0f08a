import { type Effect, effectSession, type InboundMessage, type OutboundMessage, type QuotedMessage } from '../contract/index.js';
import type { Store } from '../contract/store/index.js';

/**
 * Finds the message that a person quotes in the turn log; undefined if they quote none. If the log does not have it (yet, or any more), only
 * its id is known. Rejects with `OperationalError` if the store cannot be reached.
 */
export async function quotedMessage(
  store: Store,
  { channel, replyTo, quoted }: Pick<InboundMessage, 'channel' | 'replyTo' | 'quoted'>,
): Promise<QuotedMessage | undefined> {
  const id = quoted?.id ?? replyTo;
  if (id === undefined) return undefined;
  const effectId = quoted?.effect ?? (await store.deliveries.effectOf(channel, id));
  const effect = effectId === undefined ? undefined : await effectOf(store, effectId);
  if (effect?.body.kind !== 'send' || effect.body.channel !== channel) return { id };
  const { node, flow, run } = effect;
  const text = effect.unlogged ? undefined : wordsOf(effect.body.message);
  return {
    id,
    effect: effect.id,
    ...(text === undefined ? {} : { text }),
    ...(node === undefined ? {} : { node }),
    ...(flow === undefined ? {} : { flow }),
    ...(run === undefined ? {} : { run }),
  };
}

/** Reads an effect from the turn log; undefined if the log does not have it, or no longer. */
export async function effectOf(store: Pick<Store, 'turns'>, effectId: string): Promise<Effect | undefined> {
  const turn = Number(effectId.split('.')[1]);
  if (!Number.isSafeInteger(turn) || turn < 1) return undefined;
  const [record] = await store.turns.list(effectSession(effectId), { after: turn - 1, limit: 1 });
  return record?.effects.find(({ id }) => id === effectId);
}

function wordsOf(message: OutboundMessage): string | undefined {
  return 'text' in message && typeof message.text === 'string' ? message.text : undefined;
}
