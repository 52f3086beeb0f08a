import type { IncomingMessage, ServerResponse } from 'node:http';
import { isDemo, type Log, type Meters, OperationalError } from '../contract/host/index.js';
import { type Clock, type InboundEvent, UnreadableBody, type WebhookReply, type WebhookRequest } from '../contract/index.js';
import type { ChannelBook } from '../published/channel-book.js';
import type { DemoChannels } from '../published/demo-channels.js';
import type { KnownChannel } from '../published/known-channel.js';
import type { Inbound, MakeAnswer } from '../turn/inbound.js';
import { isFromHere } from './from-here.js';

/** The parts that webhooks need. */
export interface WebhookParts {
  readonly channels: Pick<ChannelBook, 'get' | 'all'>;
  readonly demo: Pick<DemoChannels, 'isOpen'>;
  readonly inbound: Inbound;
  readonly health: { noteDelivery(channel: string, at: string): void };
  readonly clock: Pick<Clock, 'now'>;
  readonly meters: Pick<Meters, 'webhook'>;
  readonly log: Log;
}

export const WEBHOOKS = '/webhooks/';
/** The maximum size of a body in bytes. Meta sends up to 3 MB. */
const MAX_BODY = 4_000_000;

/**
 * Answers a webhook call of a provider, before express sees it: verifies the delivery, parses it, has its events taken, and answers 200
 * only after everything is stored. A provider repeats what was not answered 200, so whatever could not be stored is answered 500.
 */
export async function answerWebhook(parts: WebhookParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = request.url ?? '';
  const queryAt = url.indexOf('?');
  const named = parts.channels.get(decoded(url.slice(WEBHOOKS.length, queryAt < 0 ? undefined : queryAt)));
  const known = named && isDoorOpen(parts, named.channel.id, request) ? named : undefined;
  const door = parts.meters.webhook(known?.channel.id);
  try {
    if (!known) answer(response, 404, 'unknown channel');
    else await door.within(() => answerKnown(parts, known, { request, response, query: queryAt < 0 ? '' : url.slice(queryAt + 1) }));
  } finally {
    door.answered(response.headersSent ? response.statusCode : 500);
  }
}

async function answerKnown(
  parts: WebhookParts,
  known: KnownChannel,
  { request, response, query }: { readonly request: IncomingMessage; readonly response: ServerResponse; readonly query: string },
): Promise<void> {
  const body = await bodyOf(request);
  if (!body) return answer(response, 413, 'the body is too large');
  const delivery: WebhookRequest = {
    channel: known.channel.id,
    method: request.method ?? '',
    query: queryOf(query),
    headers: request.headers as WebhookRequest['headers'],
    body,
    at: parts.clock.now(),
  };
  if (request.method === 'GET')
    return answerReply(response, known.adapter.handshake?.(delivery, known.config) ?? { status: 403, contentType: 'text/plain', body: '' });
  if (request.method !== 'POST') return answer(response, 405, 'use POST');
  if (!known.adapter.verify(delivery, known.config)) return answer(response, 401, 'the signature is wrong or missing');
  let events: readonly InboundEvent[];
  try {
    events = known.adapter.parse(delivery, known.config);
  } catch (error) {
    if (error instanceof UnreadableBody) return answer(response, 400, 'the body is not valid');
    throw error;
  }
  parts.health.noteDelivery(known.channel.id, delivery.at);
  const taken = await takeAll(parts, known, events);
  if (typeof taken === 'object') answerReply(response, taken);
  else answer(response, taken ? 200 : 500, '');
}

/** Returns whether a channel takes this call. A demo's channel exists for its emulator alone, which runs in this process. */
function isDoorOpen({ demo }: WebhookParts, channel: string, request: IncomingMessage): boolean {
  return !isDemo(channel) || (demo.isOpen(channel) && isFromHere(request));
}

/** Whether an event was stored; a reply if it was, and the HTTP answer is to carry it. */
type Taken = boolean | WebhookReply;

/** Takes the events of each person in their order, and people side by side. Returns false if an event could not be stored. */
async function takeAll(parts: WebhookParts, known: KnownChannel, events: readonly InboundEvent[]): Promise<Taken> {
  const [only] = events;
  if (events.length === 1 && only) return take(parts, known, only);
  const bySender = new Map<string, InboundEvent[]>();
  for (const event of events) {
    const sender = senderOf(event);
    const list = bySender.get(sender);
    if (list) list.push(event);
    else bySender.set(sender, [event]);
  }
  const results = await Promise.all([...bySender.values()].map((list) => takeInOrder(parts, known, list)));
  return results.every((one) => one);
}

async function takeInOrder(parts: WebhookParts, known: KnownChannel, events: readonly InboundEvent[]): Promise<boolean> {
  for (const event of inOrder(events)) if (!(await take(parts, known, event))) return false;
  return true;
}

async function take(parts: WebhookParts, known: KnownChannel, event: InboundEvent): Promise<Taken> {
  const channel = channelOf(parts, known, event.account);
  if (channel === undefined) {
    parts.log.info({ channel: known.channel.id, event: event.type }, 'ignored event: no channel is configured for this account');
    return true;
  }
  try {
    if (event.type === 'receipt') {
      await parts.inbound.takeReceipt(channel, event.receipt);
      return true;
    }
    const { adapter, config } = known;
    const make: MakeAnswer | undefined = adapter.answer && ((message, effectId) => adapter.answer?.(message, config, effectId));
    return (await parts.inbound.take(channel, event, make)) ?? true;
  } catch (error) {
    const about = { channel, event: event.type, id: idOf(event), stack: error instanceof Error ? error.stack : String(error) };
    // Only an event that may succeed later should come again; any other would be repeated for a week.
    if (error instanceof OperationalError) {
      parts.log.error(about, 'an event could not be stored; the provider will deliver it again');
      return false;
    }
    parts.log.error(about, 'an event failed and is skipped');
    return true;
  }
}

function idOf(event: InboundEvent): string {
  return event.type === 'receipt' ? event.receipt.providerId : event.id;
}

/** Returns the channel of an account: this one, or another channel of the same app, as one webhook may serve several accounts. */
function channelOf({ channels }: WebhookParts, { channel, adapter, config }: KnownChannel, account: string): string | undefined {
  if (adapter.account(config) === account) return channel.id;
  const app = adapter.app(config);
  return channels.all.find(
    (other) => other.adapter === adapter && adapter.account(other.config) === account && adapter.app(other.config) === app,
  )?.channel.id;
}

/** Sorts events by time. Providers' times have seconds only, so events of the same second stay in the order of the delivery. */
function inOrder(events: readonly InboundEvent[]): readonly InboundEvent[] {
  return [...events].sort((a, b) => (timeOf(a) < timeOf(b) ? -1 : timeOf(a) > timeOf(b) ? 1 : 0));
}

function timeOf(event: InboundEvent): string {
  return event.type === 'message' ? event.message.sentAt : event.type === 'receipt' ? event.receipt.at : '';
}

function senderOf(event: InboundEvent): string {
  if (event.type === 'receipt') return event.receipt.effectId ?? event.receipt.providerId;
  return (event.type === 'message' ? event.message.from : event.from).address;
}

/** Reads the raw bytes; undefined if there are too many. */
function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  // Do not even read a body that declares that it is too large. Without the header this is NaN, which is not larger.
  if (Number(request.headers['content-length']) > MAX_BODY) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let size = 0;
    request.on('data', (part: Buffer) => {
      size += part.length;
      if (size <= MAX_BODY) parts.push(part);
      else resolve(undefined);
    });
    request.on('end', () => resolve(parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts)));
    request.on('error', reject);
    request.on('aborted', () => reject(new Error('the provider closed the connection')));
  });
}

function queryOf(text: string): Readonly<Record<string, string>> {
  if (text === '') return {};
  return Object.fromEntries(new URLSearchParams(text));
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return '';
  }
}

function answerReply(response: ServerResponse, { status, contentType, body }: WebhookReply): void {
  response.writeHead(status, { 'content-type': contentType, 'x-content-type-options': 'nosniff' });
  response.end(body);
}

function answer(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, {
    'x-content-type-options': 'nosniff',
    ...(body === '' ? {} : { 'content-type': 'text/plain; charset=utf-8' }),
    ...(status === 413 ? { connection: 'close' } : {}),
  });
  response.end(body);
}
