import { type Effect, effectSession, type InboundMessage, type OutboundMessage, type QuotedMessage } from '../contract/index.js';
import type { Store } from '../contract/store/index.js';

/**
 * The message of ours that a person answers, as the turn log knows it; undefined where none is quoted. A message that the log has not
 * got (yet, or any more) is known by its id alone. Rejects with `OperationalError` when the store is away.
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

/** An effect from the turn log; undefined where the log has not got it (any more). */
export async function effectOf(store: Pick<Store, 'turns'>, effectId: string): Promise<Effect | undefined> {
  const turn = Number(effectId.split('.')[1]);
  if (!Number.isSafeInteger(turn) || turn < 1) return undefined;
  const [record] = await store.turns.list(effectSession(effectId), { after: turn - 1, limit: 1 });
  return record?.effects.find(({ id }) => id === effectId);
}

function wordsOf(message: OutboundMessage): string | undefined {
  return 'text' in message && typeof message.text === 'string' ? message.text : undefined;
}
