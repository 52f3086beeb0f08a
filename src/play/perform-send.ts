import {
  type ChannelAdapter,
  type ChannelId,
  type Effect,
  type JsonObject,
  type ProviderRequest,
  partId,
  readableText,
  type SendBody,
  type SendFailure,
  type Shown,
} from '../contract/index.js';
import type { PlayAdapters } from './play-world.js';

/** What a person sees of a message, and why the provider refuses it. What was refused is the last thing in `shows`. */
export interface PerformedSend {
  readonly shows: readonly Shown[];
  readonly refused?: SendFailure;
}

/** A provider's side of a play: the adapter of the channel, with settings that lead nowhere. */
export interface PlayedProvider {
  // biome-ignore lint/suspicious/noExplicitAny: adapters hold every config type
  readonly adapter: ChannelAdapter<any>;
  readonly config: JsonObject;
}

/** Returns the providers of channels: for each the first adapter of its platform. */
export function providersOf(
  adapters: PlayAdapters,
  channels: ReadonlyMap<ChannelId, { readonly platform: string }>,
): ReadonlyMap<ChannelId, PlayedProvider> {
  return new Map(
    [...channels].flatMap(([id, { platform }]) => {
      const adapter = adapters.find((one) => one.platform === platform);
      return adapter ? [[id, { adapter, config: settingsOf(adapter) }] as const] : [];
    }),
  );
}

/** Returns settings of a channel: the defaults, and a placeholder for whatever has none. */
// biome-ignore lint/suspicious/noExplicitAny: as above
function settingsOf(adapter: ChannelAdapter<any>): JsonObject {
  const { keys = {} } = adapter.config.describe() as { readonly keys?: Readonly<Record<string, { readonly flags?: JsonObject }>> };
  return Object.fromEntries(Object.entries(keys).map(([name, { flags }]) => [name, flags?.['default'] ?? 'played']));
}

/**
 * Renders a message as the outbox would, and judges each request as the provider would. `refusal`: the provider refuses the message, whatever
 * it is.
 */
export function performSend({ adapter, config }: PlayedProvider, { id, body }: SentEffect, refusal?: SendFailure): PerformedSend {
  const requests = renderAll({ adapter, config }, { id, body });
  if (!Array.isArray(requests)) return { shows: shownPlainly(body), refused: requests as SendFailure };
  const shows: Shown[] = [];
  for (const request of requests as readonly ProviderRequest[]) {
    const shown = adapter.shows(request);
    if (shown) shows.push(shown);
    const refused = refusal ?? adapter.accepts(request);
    if (refused) return { shows, refused };
  }
  return { shows };
}

type SentEffect = Pick<Effect, 'id'> & { readonly body: SendBody };

/** Returns the requests of a message and the parts before it, or why the adapter cannot make them. */
function renderAll({ adapter, config }: PlayedProvider, { id, body }: SentEffect): readonly ProviderRequest[] | SendFailure {
  const { address, before = [], message } = body;
  try {
    const parts = before.flatMap((part, i) => adapter.render(address, part, config, partId(id, i + 1)));
    return [...parts, ...adapter.render(address, message, config, id)];
  } catch (error) {
    return { kind: 'rejected', code: 'send/cannot-render', message: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * Returns what a refusal with a code of the provider's means; undefined if a host does not give the message up for it, but tries it again or
 * holds its channel.
 */
export function refusalBy({ adapter }: PlayedProvider, code: string): SendFailure | undefined {
  const { retryable, ...failure } = adapter.refusal?.(code) ?? { kind: 'rejected', code, message: 'refused by a step of the play' };
  return retryable || !FINAL.has(failure.kind) ? undefined : failure;
}

/** Returns why the provider refuses a message to a person who has not subscribed. */
export function notSubscribed(provider: PlayedProvider | undefined): SendFailure {
  const code = provider?.adapter.notSubscribed;
  const failure = provider && code !== undefined ? refusalBy(provider, code) : undefined;
  return failure ?? { kind: 'blocked', code: 'send/not-subscribed', message: 'the person has not subscribed' };
}

const FINAL: ReadonlySet<SendFailure['kind']> = new Set(['rejected', 'blocked', 'window-closed']);

/** Shows a message that was not rendered, with the parts before it: their kinds and texts. */
export function shownPlainly({ before = [], message }: SendBody): readonly Shown[] {
  return [...before, message].map((one) => {
    const text = readableText(one);
    return { kind: one.type, ...(text === '' ? {} : { text }) };
  });
}
