import type { AppBase } from './app-base.js';
import type { Config } from './config/schema.js';
import { Mailboxes, type TakeTurn } from './contract/host/index.js';
import { type Effect, STARTS } from './contract/index.js';
import type { Claim } from './contract/store/index.js';
import { type BotHost, createBotHost } from './host/bot-host.js';
import { watchWallClock } from './jobs/watch-wall-clock.js';
import { startService } from './manage/start-service.js';
import { createMediaAddresses, type MediaAddresses } from './media/media-address.js';
import { createMediaBox, type MediaBox } from './media/media-box.js';
import { secretsInChannels } from './meter-settings.js';
import { createDownloader, type Downloader } from './outbox/download.js';
import { createHttpClient, type HttpClient } from './outbox/http-client.js';
import { createOutbox, type Outbox } from './outbox/outbox.js';
import type { OperatorsAddress } from './outbox/perform-notice.js';
import { createLearner } from './people/learn-identities.js';
import { type ChannelBook, openChannelBook } from './published/channel-book.js';
import type { SharedSettings } from './published/channel-settings.js';
import { openProgramBook, type ProgramBook } from './published/program-book.js';
import { createInbound, type Inbound } from './turn/inbound.js';
import { createTurnTaker } from './turn/take-turn.js';

/** Everything between an event that comes in and the messages that go out. */
export interface AppTurns {
  readonly host: BotHost;
  readonly channels: ChannelBook;
  readonly programs: ProgramBook;
  readonly takeTurn: TakeTurn;
  readonly outbox: Outbox;
  readonly inbound: Inbound;
  /** Returns for how long nobody has set the wall clock, in milliseconds. */
  readonly steadyFor: () => number;
  /** Files that people have sent, and their addresses. */
  readonly media: MediaBox;
  readonly addresses: MediaAddresses;
  readonly downloader: Downloader;
  /** Asks providers about accounts. */
  readonly client: HttpClient;
}

export function openTurns(base: AppBase, address: () => string): AppTurns {
  const { config, clock, log, store, plugins, jobs, seal } = base;
  const { meters } = base.metering;
  const host = createBotHost({ log, clock });
  const client = createHttpClient();
  const adapters = new Map(base.adapters.map((one) => [one.type, one]));
  const channels = openChannelBook({ store, adapters, log, asking: { ask: client.send, clock } });
  base.redactor.hide(() => secretsInChannels(channels));
  const programs = openProgramBook({
    store,
    nodeTypes: plugins.nodeTypes,
    loadTypes: plugins.load,
    loaded: (program) => host.registry.add(program),
    dropped: (program) => host.registry.remove(program),
    log,
    ...(config.TIME_ZONE === undefined ? {} : { timeZone: config.TIME_ZONE }),
  });
  // The parts call each other, so those that are made later are named in functions.
  const stored = (claims: readonly Claim[], wakeAt: string | undefined) => {
    outbox.dispatch(claims);
    if (wakeAt !== undefined) jobs.soon('wakes', wakeAt);
  };
  const hasRoom = (effect: Effect) => outbox.hasRoom(effect);
  const takeTurn = createTurnTaker({
    store,
    programs,
    channels,
    decide: host.decide,
    clock,
    log,
    meters,
    seal,
    constants: config.constants,
    hasRoom,
    stored,
  });
  const steadyFor = watchWallClock(clock, log, meters);
  const starts = startService({ store, channels, programs, takeTurn, clock, slices: new Mailboxes() });
  const outbox = createOutbox({
    store,
    channels,
    takeTurn,
    services: { get: (name) => (name === STARTS ? starts : plugins.services.get(name)) },
    secrets: config.secrets,
    outboundAllow: config.OUTBOUND_ALLOW ?? [],
    operators: (channel) => operatorsOf(config, channels.get(channel)?.config),
    clock,
    steadyFor,
    jobs,
    log,
    meters,
    learn: (recipient) => learn(recipient),
  });
  const addresses = createMediaAddresses(address, seal);
  const downloader = createDownloader();
  const media = createMediaBox({
    store,
    channels,
    addresses,
    ask: client.send,
    download: downloader.download,
    soon: () => jobs.soon('media'),
    clock,
    log,
    maxBytes: config.MEDIA_BYTES,
  });
  const inbound = createInbound({ store, media, channels, takeTurn, prove: outbox.prove, heard: outbox.heard, clock, log });
  const learn = createLearner({ store, channels, inbound, log });
  base.metering.watch(() => ({ programs: programs.size, ...store.cached(), ...outbox.cached() }));
  return { host, channels, programs, takeTurn, outbox, inbound, steadyFor, client, media, addresses, downloader };
}

/** Returns where hand-overs on a channel are told to operators: its own address, else that of the host. Each has a secret of its own. */
function operatorsOf({ OPERATOR_WEBHOOK: url, OPERATOR_SECRET: secret }: Config, settings: unknown): OperatorsAddress | undefined {
  const { operatorWebhook, operatorSecret } = (settings ?? {}) as SharedSettings;
  if (operatorWebhook !== undefined) return { url: operatorWebhook, ...(operatorSecret === undefined ? {} : { secret: operatorSecret }) };
  return url === undefined ? undefined : { url, ...(secret === undefined ? {} : { secret }) };
}
