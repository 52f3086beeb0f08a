import type {
  ChannelAdapter,
  Effect,
  Identity,
  ProviderReply,
  ProviderRequest,
  SendBody,
  SendError,
  SendReceipt,
  WaitingEffect,
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
  readonly body: Pick<SendBody, 'address' | 'message'>;
  readonly waiting: Pick<WaitingEffect, 'accepted' | 'providerIds'> & { readonly effect: Pick<Effect, 'id'> };
  /** Is there time for another request before somebody else may take the send over? */
  readonly hasTime: () => boolean;
}

/** Sends what is left of a message, one request after another. Total: what an adapter throws is told as an error of the send. */
export async function deliverMessage(client: HttpClient, { adapter, config, body, waiting, hasTime }: Delivery): Promise<Delivered> {
  let { accepted } = waiting;
  const providerIds = [...waiting.providerIds];
  const identities = new Set<Identity>();
  let warning: string | undefined;
  const came = (): Delivered => ({ accepted, providerIds, identities: [...identities], ...(warning === undefined ? {} : { warning }) });
  const stop = (error: SendError): Delivered => ({ ...came(), error });
  let requests: readonly ProviderRequest[];
  try {
    requests = adapter.render(body.address, body.message, config, waiting.effect.id);
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

// biome-ignore lint/suspicious/noExplicitAny: as above
function readReply(adapter: ChannelAdapter<any>, reply: ProviderReply): SendReceipt | SendError {
  try {
    return adapter.read(reply);
  } catch {
    return { ok: false, kind: 'unknown', code: 'send/unreadable-answer', message: "the adapter cannot read the provider's answer" };
  }
}
