import { isDemo, isRefused, type Refusal } from '../contract/host/index.js';
import type { Channel, Clock, FlowCode, Platform } from '../contract/index.js';
import type { Store } from '../contract/store/index.js';
import type { ChannelBook } from '../published/channel-book.js';
import { channelSettings } from '../published/channel-settings.js';
import type { ProgramBook } from '../published/program-book.js';
import { type Caller, rolesFor } from './caller.js';
import type { Outcome } from './outcome.js';
import { mapPage, type Page, type PageRequest, pageOf } from './page.js';
import { type Adapters, type ChannelRequest, parseChannel, withoutSecrets } from './parse-channel.js';

export interface ChannelParts {
  readonly store: Pick<Store, 'channels'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly adapters: Adapters;
  readonly channels: Pick<ChannelBook, 'all' | 'refresh'>;
  readonly programs: Pick<ProgramBook, 'snapshot'>;
  /** The last delivery, send and error of each channel since this host started. */
  readonly health: { of(channel: string): object };
  /** Where providers reach this host. */
  readonly publicUrl: string | undefined;
}
interface Named {
  readonly id: string;
}

/** A channel as it is shown: `{ "set": true }` in the place of each secret. Only admins see the settings. */
type ChannelView = Omit<Channel, 'config'> & {
  readonly config?: object;
  /** Absent if the adapter is missing. */
  readonly platform?: Platform;
  /** The flows that are ONLINE on it. */
  readonly flows: readonly FlowCode[];
  readonly demo?: true;
  readonly webhookUrl: string;
  readonly health: object;
};

/** Creates a channel. `channel` is checked here. */
export async function createChannel(
  parts: ChannelParts,
  caller: Caller,
  { channel: given }: { readonly channel: unknown },
): Promise<Outcome<ChannelView>> {
  const { store, clock, adapters } = parts;
  const request = parseChannel(adapters, given, undefined);
  if (isRefused(request)) return request;
  if (isDemo(request.id)) return taken(`The id "${request.id}" is reserved for the demo.`);
  const same = refuseSameAccount(parts, request);
  if (same) return same;
  const at = clock.now();
  const channel: Channel = { ...request, createdAt: at, updatedAt: at };
  if ((await store.channels.create(channel)) === 'taken') return taken(`The id "${channel.id}" is taken.`);
  await parts.channels.refresh();
  return {
    done: shown(parts, channel, caller),
    changed: { action: 'channel.create', target: `channel:${channel.id}`, after: audited(parts, channel) },
  };
}

/** Lists channels. */
export async function listChannels(parts: ChannelParts, caller: Caller, page: PageRequest): Promise<Outcome<Page<ChannelView>>> {
  const found = await parts.store.channels.list({ ...page, limit: page.limit + 1 });
  return {
    done: mapPage(
      pageOf(found, page.limit, ({ id }) => id),
      (channel) => shown(parts, channel, caller),
    ),
  };
}

/** Reads one channel. */
export async function readChannel(parts: ChannelParts, caller: Caller, { id }: Named): Promise<Outcome<ChannelView>> {
  const channel = await known(parts, id);
  return isRefused(channel) ? channel : { done: shown(parts, channel, caller) };
}

/** Changes a channel. What was shown may be sent back: secrets that are left out, or masked as they were shown, keep their values. */
export async function changeChannel(
  parts: ChannelParts,
  caller: Caller,
  { id, channel: given }: Named & { readonly channel: unknown },
): Promise<Outcome<ChannelView>> {
  const before = await known(parts, id);
  if (isRefused(before)) return before;
  const request = parseChannel(parts.adapters, given, before);
  if (isRefused(request)) return request;
  const same = refuseSameAccount(parts, request);
  if (same) return same;
  const channel: Channel = { ...request, createdAt: before.createdAt, updatedAt: parts.clock.now() };
  await parts.store.channels.update(channel);
  await parts.channels.refresh();
  return {
    done: shown(parts, channel, caller),
    changed: { action: 'channel.change', target: `channel:${id}`, before: audited(parts, before), after: audited(parts, channel) },
  };
}

/** Deletes a channel on which no flow is ONLINE. */
export async function deleteChannel(parts: ChannelParts, _caller: Caller, { id }: Named): Promise<Outcome<undefined>> {
  const before = await known(parts, id);
  if (isRefused(before)) return before;
  const user = parts.programs.snapshot().onlineFlows.find(({ channels }) => channels.includes(id));
  if (user) return { refused: 'channel/in-use', detail: `The flow "${user.code}" is ONLINE on this channel. Take it offline first.` };
  await parts.store.channels.remove(id);
  await parts.channels.refresh();
  return { done: undefined, changed: { action: 'channel.delete', target: `channel:${id}`, before: audited(parts, before) } };
}

async function known({ store }: ChannelParts, id: string): Promise<Channel | Refusal> {
  return (await store.channels.get(id)) ?? { refused: 'channel/unknown', detail: `Unknown channel: "${id}".` };
}

/** An account must belong to one channel only: what comes in for it goes there. */
function refuseSameAccount({ channels, adapters }: ChannelParts, { id, adapter: type, config }: ChannelRequest): Refusal | undefined {
  const adapter = adapters.get(type);
  const account = adapter?.account(channelSettings(adapter).validate(config).value);
  const other = channels.all.find((one) => one.channel.id !== id && one.adapter === adapter && one.adapter.account(one.config) === account);
  return other && taken(`The channel "${other.channel.id}" uses the same account.`);
}

function taken(detail: string): Refusal {
  return { refused: 'channel/taken', detail };
}

function shown(parts: ChannelParts, stored: Channel, { role }: Caller): ChannelView {
  const { config: _, ...channel } = stored;
  const { adapters, health, publicUrl, programs } = parts;
  const platform = adapters.get(channel.adapter)?.platform;
  return {
    ...channel,
    ...(rolesFor('admin').includes(role) ? { config: withoutSecrets(adapters, stored) } : {}),
    ...(platform === undefined ? {} : { platform }),
    ...(isDemo(channel.id) ? { demo: true } : {}),
    flows: programs.snapshot().onlineFlows.flatMap(({ code, channels }) => (channels.includes(channel.id) ? [code] : [])),
    webhookUrl: `${(publicUrl ?? '').replace(/\/$/, '')}/webhooks/${channel.id}`,
    health: health.of(channel.id),
  };
}

function audited({ adapters }: ChannelParts, channel: Channel): object {
  const { adapter, name } = channel;
  return { adapter, name, config: withoutSecrets(adapters, channel) };
}
