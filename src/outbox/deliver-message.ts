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
} from '../contract/index.js';
import type { WaitingEffect } from '../contract/store/index.js';
import type { HttpClient } from './http-client.js';

/** How much of a message was accepted: how many of its requests, under which ids, and the error that ended it. */
export interface Delivered {
  readonly accepted: number;
  readonly providerIds: readonly string[];
  /** Identities of the receiver in the provider's answers. */
  readonly identities: readonly Identity[];
  /** What was unexpected in an answer of the provider. */
  readonly warning?: string;
  readonly error?: SendError;
}

export interface Delivery {
  // biome-ignore lint/suspicious/noExplicitAny: the channel book has validated the config for this adapter
  readonly adapter: ChannelAdapter<any>;
  readonly config: unknown;
  readonly body: Pick<SendBody, 'address' | 'before' | 'message'>;
  readonly waiting: Pick<WaitingEffect, 'accepted' | 'providerIds'> & { readonly effect: Pick<Effect, 'id'> };
  /** Returns true if the lease leaves time for another request. */
  readonly hasTime: () => boolean;
}

/**
 * Sends what is left of a message, and of the parts before it, one request after another. Never throws: what an adapter throws becomes an
 * error of the send.
 */
export async function deliverMessage(client: HttpClient, { adapter, config, body, waiting, hasTime }: Delivery): Promise<Delivered> {
  let { accepted } = waiting;
  const providerIds = [...waiting.providerIds];
  const identities = new Set<Identity>();
  let warning: string | undefined;
  const delivered = (): Delivered => ({
    accepted,
    providerIds,
    identities: [...identities],
    ...(warning === undefined ? {} : { warning }),
  });
  const stop = (error: SendError): Delivered => ({ ...delivered(), error });
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
      return stop({
        ok: false,
        kind: 'unreachable',
        code: 'send/no-time',
        message: 'the earlier requests took too long; the rest follows',
      });
    const receipt = readReply(adapter, await client.send(request));
    if (!receipt.ok) return stop(receipt);
    accepted += 1;
    providerIds.push(...receipt.providerIds);
    warning ??= receipt.warning;
    for (const identity of receipt.identities ?? []) identities.add(identity);
  }
  return delivered();
}

/** Renders the parts under ids of their own, so that a receipt of a part is not taken for one of the message. */
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
