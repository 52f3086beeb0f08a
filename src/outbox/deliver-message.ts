import type { ChannelAdapter, ProviderRequest, SendBody, SendError, WaitingEffect } from '../contract/index.js';
import type { HttpClient } from './http-client.js';

/** How far a message came: how many of its requests were accepted, under which ids, and what stopped it. */
export interface Delivered {
  readonly accepted: number;
  readonly providerIds: readonly string[];
  readonly error?: SendError;
}

/** Sends what is left of a message, one request after another. A message that cannot be made into requests is the adapter's bug, told as refused. */
export async function deliverMessage(
  client: HttpClient,
  // biome-ignore lint/suspicious/noExplicitAny: the channel book has validated the config for this adapter
  to: { readonly adapter: ChannelAdapter<any>; readonly config: unknown },
  waiting: WaitingEffect,
): Promise<Delivered> {
  const body = waiting.effect.body as SendBody;
  let { accepted } = waiting;
  const providerIds = [...waiting.providerIds];
  let requests: readonly ProviderRequest[];
  try {
    requests = to.adapter.render(body.address, body.message, to.config, waiting.effect.id);
  } catch (error) {
    return {
      accepted,
      providerIds,
      error: { ok: false, kind: 'rejected', code: 'send/cannot-render', message: error instanceof Error ? error.message : String(error) },
    };
  }
  for (const request of requests.slice(accepted)) {
    const receipt = to.adapter.read(await client.send(request));
    if (!receipt.ok) return { accepted, providerIds, error: receipt };
    accepted += 1;
    providerIds.push(...receipt.providerIds);
  }
  return { accepted, providerIds };
}
