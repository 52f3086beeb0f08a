import type { ServerResponse } from 'node:http';
import { type ChannelAdapter, type InboundEvent, UnreadableBody, type WebhookReply, type WebhookRequest } from '../contract/index.js';
import { type BotRequest, readDelivery } from './read-delivery.js';

export type { BotRequest } from './read-delivery.js';

/** The account that a webhook belongs to. */
interface Door<C> {
  readonly adapter: ChannelAdapter<C>;
  readonly config: C;
  readonly channel: string;
}

interface Exchange {
  readonly request: BotRequest;
  readonly response: ServerResponse;
}

type Take = (event: InboundEvent, at: string) => Promise<WebhookReply | undefined>;

/**
 * Answers a request of the provider: checks the signature, parses it and takes its events, then answers when all of them are done.
 *
 * @throws Whatever a turn has thrown, after the request was answered with 500.
 */
export async function answerDelivery<C>(door: Door<C>, { request, response }: Exchange, take: Take): Promise<void> {
  try {
    answer(response, await replyTo(door, request, take));
  } catch (error) {
    answer(response, text(500, ''));
    throw error;
  }
}

async function replyTo<C>({ adapter, config, channel }: Door<C>, request: BotRequest, take: Take): Promise<WebhookReply> {
  const delivery = await readDelivery(request, { channel, at: new Date().toISOString() });
  if (!delivery) return text(413, 'the body is too large');
  if (delivery.method === 'GET') return adapter.handshake?.(delivery, config) ?? text(403, '');
  if (delivery.method !== 'POST') return text(405, 'use POST');
  if (!adapter.verify(delivery, config)) return text(401, 'the signature is invalid');
  const events = eventsIn({ adapter, config }, delivery);
  return events ? takeAll(events, (event) => take(event, delivery.at)) : text(400, 'the body cannot be read');
}

function eventsIn<C>({ adapter, config }: Omit<Door<C>, 'channel'>, delivery: WebhookRequest): readonly InboundEvent[] | undefined {
  try {
    return adapter.parse(delivery, config);
  } catch (error) {
    if (error instanceof UnreadableBody) return undefined;
    throw error;
  }
}

/** Takes events by the time at which they were sent; events of the same second stay in the provider's order. If one fails, the others go on. */
async function takeAll(events: readonly InboundEvent[], take: (event: InboundEvent) => Promise<WebhookReply | undefined>) {
  const inOrder = [...events].sort((a, b) => (timeOf(a) < timeOf(b) ? -1 : timeOf(a) > timeOf(b) ? 1 : 0));
  const outcomes = await Promise.allSettled(inOrder.map(take));
  const failures = outcomes.flatMap((one): readonly unknown[] => (one.status === 'rejected' ? [one.reason] : []));
  if (failures.length > 1) throw new AggregateError(failures, 'several turns failed');
  if (failures.length === 1) throw failures[0];
  return outcomes.flatMap((one) => (one.status === 'fulfilled' && one.value ? [one.value] : []))[0] ?? text(200, '');
}

function timeOf(event: InboundEvent): string {
  return event.type === 'message' ? event.message.sentAt : '';
}

function text(status: number, body: string): WebhookReply {
  return { status, contentType: 'text/plain', body };
}

function answer(response: ServerResponse, { status, contentType, body }: WebhookReply): void {
  response.writeHead(status, {
    'content-type': contentType,
    'x-content-type-options': 'nosniff',
    ...(status === 413 ? { connection: 'close' } : {}),
  });
  response.end(body);
}
