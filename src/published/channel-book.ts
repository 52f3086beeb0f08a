import { isDemo, type Log } from '../contract/host/index.js';
import type { Channel, ChannelAdapter, ChannelId } from '../contract/index.js';
import type { Store } from '../contract/store/index.js';
import type { ChannelFacts } from '../engine/turn-input.js';
import { adapterFacts } from './adapter-facts.js';
import { channelSettings, type OptOutSettings } from './channel-settings.js';
import { type Asking, createInquiries } from './inquiries.js';
import type { KnownChannel } from './known-channel.js';
import { optOutRules } from './opt-out-rules.js';

/** The channels that a host knows, kept in memory, because every webhook and every send needs them. */
export interface ChannelBook {
  get(id: ChannelId): KnownChannel | undefined;
  readonly all: readonly KnownChannel[];
  /** What the engine needs to know of the channels. A refresh makes a new map and leaves this one as it is. */
  facts(): ReadonlyMap<ChannelId, ChannelFacts>;
  /** Loads the channels again if any was changed, here or on another host. */
  refresh(): Promise<void>;
}

/** Opens the book over a store. A channel without its adapter, or with settings that are no longer valid, is left out and logged. */
export function openChannelBook(parts: {
  readonly store: Store;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly adapters: ReadonlyMap<string, ChannelAdapter<any>>;
  readonly log: Log;
  /** How to ask providers for what the settings leave out. */
  readonly asking?: Asking;
}): ChannelBook {
  const inquiries = createInquiries(parts.asking);
  let stored: readonly KnownChannel[] = [];
  let known = new Map<ChannelId, KnownChannel>();
  let facts = new Map<ChannelId, ChannelFacts>();
  let revision = -1;

  function fill(): void {
    const filled = stored.map((one) => inquiries.filled(one));
    known = new Map(filled.map((one) => [one.channel.id, one]));
    facts = new Map(filled.map((one) => [one.channel.id, factsOf(one)]));
  }

  return {
    get: (id) => known.get(id),
    get all() {
      return [...known.values()];
    },
    facts: () => facts,
    async refresh() {
      const now = await parts.store.channels.revision();
      if (now !== revision) {
        stored = (await allChannels(parts.store)).flatMap((channel) => knownChannel(channel, parts) ?? []);
        revision = now;
        fill();
      }
      await inquiries.ask(stored, fill);
    },
  };
}

async function allChannels(store: Store): Promise<readonly Channel[]> {
  const all: Channel[] = [];
  for (;;) {
    const after = all.at(-1)?.id;
    const page = await store.channels.list({ limit: 200, ...(after === undefined ? {} : { after }) });
    all.push(...page);
    if (page.length < 200) return all;
  }
}

function knownChannel(channel: Channel, parts: Parameters<typeof openChannelBook>[0]): KnownChannel | undefined {
  const adapter = parts.adapters.get(channel.adapter);
  const { value, error } = adapter ? channelSettings(adapter).validate(channel.config) : {};
  if (adapter && !error) return { channel, adapter, config: value };
  parts.log.error(
    { channel: channel.id, adapter: channel.adapter },
    adapter ? 'a channel has invalid settings, and is ignored' : 'a channel needs an adapter that is missing, and is ignored',
  );
  return undefined;
}

function factsOf({ channel, adapter, config }: KnownChannel): ChannelFacts {
  return {
    id: channel.id,
    ...adapterFacts(adapter),
    optOut: optOutRules(config as OptOutSettings),
    variables: adapter.variables(config),
    ...(adapter.userId ? { userId: (identities) => adapter.userId?.(identities, config) } : {}),
    link: (token) => adapter.link?.(config, token),
    ...(isDemo(channel.id) ? { demo: true } : {}),
  };
}
