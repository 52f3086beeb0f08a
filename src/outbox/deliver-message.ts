import {
  type ChannelAdapter,
  type Effect,
  type Identity,
  type ProviderReply,
  type ProviderRequest,
  partId,
  type SendBody,
  type SendError,
  type SendReceipt,
  type WaitingEffect,
} from '../contract/index.js';
import type { HttpClient } from './http-client.js';

/** How far a message came: how many of its requests were accepted, under which ids, and what stopped it. */
export interface Delivered {
  readonly accepted: number;
  readonly providerIds: readonly string[];
  /** What the provider's answers tell of the person's identities. */
  readonly identities: readonly Identity[];
  /** What was odd about an answer of the provider's. */
  readonly warning?: string;
  readonly error?: SendError;
}

export interface Delivery {
  // biome-ignore lint/suspicious/noExplicitAny: the channel book has validated the config for this adapter
  readonly adapter: ChannelAdapter<any>;
  readonly config: unknown;
  readonly body: Pick<SendBody, 'address' | 'before' | 'message'>;
  readonly waiting: Pick<WaitingEffect, 'accepted' | 'providerIds'> & { readonly effect: Pick<Effect, 'id'> };
  /** Is there time for another request before somebody else may take the send over? */
  readonly hasTime: () => boolean;
}

/** Sends what is left of a message and of the parts before it, one request after another. Total: what an adapter throws is told as an error of the send. */
export async function deliverMessage(client: HttpClient, { adapter, config, body, waiting, hasTime }: Delivery): Promise<Delivered> {
  let { accepted } = waiting;
  const providerIds = [...waiting.providerIds];
  const identities = new Set<Identity>();
  let warning: string | undefined;
  const came = (): Delivered => ({ accepted, providerIds, identities: [...identities], ...(warning === undefined ? {} : { warning }) });
  const stop = (error: SendError): Delivered => ({ ...came(), error });
  let requests: readonly ProviderRequest[];
  try {
    requests = requestsFor({ adapter, config, body, id: waiting.effect.id });
  } catch (error) {
    return stop({
      ok: false,
      kind: 'rejected',
      code: 'send/cannot-render',
      message: error instanceof Error ? error.message : String(error),
    });
  }
  for (const [i, request] of requests.slice(accepted).entries()) {
    if (i > 0 && !hasTime())
      return stop({ ok: false, kind: 'unreachable', code: 'send/no-time', message: 'the requests before took too long; the rest follows' });
    const receipt = readReply(adapter, await client.send(request));
    if (!receipt.ok) return stop(receipt);
    accepted += 1;
    providerIds.push(...receipt.providerIds);
    warning ??= receipt.warning;
    for (const identity of receipt.identities ?? []) identities.add(identity);
  }
  return came();
}

/** The parts have ids of their own, so that a receipt of one is no receipt of the message. */
function requestsFor({
  adapter,
  config,
  body: { address, before = [], message },
  id,
}: Pick<Delivery, 'adapter' | 'config' | 'body'> & { readonly id: string }): readonly ProviderRequest[] {
  const parts = before.flatMap((part, i) => adapter.render(address, part, config, partId(id, i + 1)));
  return [...parts, ...adapter.render(address, message, config, id)];
}

// biome-ignore lint/suspicious/noExplicitAny: as above
function readReply(adapter: ChannelAdapter<any>, reply: ProviderReply): SendReceipt | SendError {
  try {
    return adapter.read(reply);
  } catch {
    return { ok: false, kind: 'unknown', code: 'send/unreadable-answer', message: "the adapter cannot read the provider's answer" };
  }
}
