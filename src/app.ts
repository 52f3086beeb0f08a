import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { Middleware } from 'botbuilder';
import type { Dialog } from 'botbuilder-dialogs/lib/dialog.js';
import { adapters as ownAdapters } from '../adapters/index.js';
import { plugins as ownPlugins } from '../plugins/index.js';
import { systemClock } from './clock/system-clock.js';
import type { Config } from './config/schema.js';
import { type Log, silentLog } from './contract/host/index.js';
import { type Clock, type Plugin, plusMillis, type Service } from './contract/index.js';
import type { Claim, Store } from './contract/store/index.js';
import { isCallable } from './engine/runs.js';
import { type Extensions, mistakesIn } from './extensions/load-extensions.js';
import { channelLimits } from './flow/channel-limits.js';
import { createNodeTypes } from './flow/node-types.js';
import { createBotHost, type MiddlewareOptions } from './host/bot-host.js';
import type { HttpParts } from './http/parts.js';
import { createServer, type Patience } from './http/server.js';
import { openJobs } from './jobs/open-jobs.js';
import { watchWallClock } from './jobs/watch-wall-clock.js';
import { removeLeftCopies } from './manage/backup.js';
import { meterSettings, secretsInChannels, secretsInSettings } from './meter-settings.js';
import { openMeters } from './meters/open-meters.js';
import { createRedactor } from './meters/redactor.js';
import { createHttpClient } from './outbox/http-client.js';
import { isAllowed } from './outbox/outbound-guard.js';
import { createOutbox } from './outbox/outbox.js';
import { createLearner } from './people/learn-identities.js';
import { openChannelBook } from './published/channel-book.js';
import { createDemoChannels, type DemoChannels } from './published/demo-channels.js';
import { findDegraded, logDegraded } from './published/find-degraded.js';
import { openProgramBook } from './published/program-book.js';
import { keepRetention } from './store/keep-retention.js';
import { openStore } from './store/open-store.js';
import { createInbound } from './turn/inbound.js';
import { createTurnTaker } from './turn/take-turn.js';
import { type Grace, wakeSessions } from './turn/wake-sessions.js';

/** A host, joined from its parts. */
export interface App {
  readonly store: Store;
  /**
   * Adds botbuilder middleware around the decision of each turn, or of turns with some types of events only. What it sends is stored with
   * the turn.
   *
   * @example app.use({ onTurn: async (context, next) => { await next(); } }, { events: ['message'] });
   */
  use(middleware: Middleware, options?: MiddlewareOptions): void;
  /** Dialogs written in TypeScript. Flows begin them as `dialog:<id>`, and they can begin published flows by their code. */
  readonly dialogs: { add(dialog: Dialog): void };
  /** The admin's key, when this start made one: nobody can see it again. */
  readonly newAdminKey?: string;
  /** The key that this start was given or made, for the demo; absent when only its hash is known. */
  readonly adminKey?: string;
  /** The channels of emulated accounts. */
  readonly demo: DemoChannels;
  /** Begins to serve; resolves with the address. */
  listen(): Promise<string>;
  /** Takes nothing new, ends what is in flight, gives the store back. Within ten seconds. */
  stop(): Promise<void>;
}

export interface AppOptions {
  readonly log?: Log;
  readonly clock?: Clock;
  /** How long clients of the HTTP side may take. */
  readonly patience?: Patience;
  /** Node types beside the built-in ones. */
  readonly plugins?: Extensions['plugins'];
  /** Adapters beside the built-in ones. */
  readonly adapters?: Extensions['adapters'];
}

/** How often to look for what no timer told of, in milliseconds. */
const EVERY = { degraded: 60_000, wakes: 1_000, effects: 1_000, online: 500, retention: 3_600_000 } as const;
/** From the start of a host, in milliseconds: what is busy then is to be over. */
const FIRST_RETENTION = 60_000;
/** Of base32: nobody takes one for another. */
const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567';
/** From the word to stop: what is in flight may take so long, in milliseconds; requests and looks; then what the store has to write. */
const DRAIN = 7_000;
const LAST_LOOKS = 3_000;
const LAST_WRITES = 1_500;

/** Builds a host: opens the store, loads what is online, and goes on with what an earlier process left. */
export async function createApp(config: Config, options: AppOptions = {}): Promise<App> {
  const { clock = systemClock, plugins = [], adapters = [] } = options;
  const mistakes = mistakesIn({ plugins, adapters });
  if (mistakes.length > 0) throw new Error(mistakes.join('; '));
  const redactor = createRedactor();
  const log = redactor.over(options.log ?? silentLog);
  redactor.hide(() => secretsInSettings(config));
  const allPlugins = [...ownPlugins, ...plugins];
  const nodeTypes = createNodeTypes(allPlugins);
  const allAdapters = [...ownAdapters, ...adapters];
  const adaptersByType = new Map(allAdapters.map((one) => [one.type, one]));
  const store = await openStore(
    {
      ...(config.MONGODB_URL === undefined ? {} : { mongodbUrl: config.MONGODB_URL }),
      dataDir: config.DATA_DIR,
      synchronous: config.SQLITE_SYNCHRONOUS,
      now: clock.now(),
    },
    log,
  );
  const scratch = config.MONGODB_URL === undefined && config.DATA_DIR !== '' ? config.DATA_DIR : undefined;
  if (scratch !== undefined) await removeLeftCopies(scratch);
  const key = await adminKey(store, config.PARLEY_ADMIN_KEY);
  redactor.hide(() => [key.known ?? '']);
  const seal = sealBy(await store.meta.putIfAbsent('linkSecret', randomBytes(32).toString('hex')));
  const jobs = openJobs(clock, log);
  const { meters, ...watched } = await openMeters(meterSettings(config), { count: () => store.sessions.census(), clock, log });
  const host = createBotHost({ log, clock });
  const asking = createHttpClient();
  const channels = openChannelBook({ store, adapters: adaptersByType, log, asking: { ask: asking.send, clock } });
  redactor.hide(() => secretsInChannels(channels));
  const demo = createDemoChannels({ store, channels, clock });
  const zone = config.TIME_ZONE === undefined ? {} : { timeZone: config.TIME_ZONE };
  const programs = openProgramBook({
    store,
    nodeTypes,
    loaded: (program) => host.registry.add(program),
    dropped: (program) => host.registry.remove(program),
    log,
    ...zone,
  });
  const stored = (claims: readonly Claim[], wakeAt: string | undefined) => {
    outbox.dispatch(claims);
    if (wakeAt !== undefined) jobs.soon('wakes', wakeAt);
  };
  const takeTurn = createTurnTaker({ store, programs, channels, decide: host.decide, clock, log, meters, seal, stored });
  const steadyFor = watchWallClock(clock, log, meters);
  const grace = graceFrom(clock, config.RESTART_GRACE_SECONDS);
  const outbox = createOutbox({
    store,
    channels,
    takeTurn,
    services: servicesOf(allPlugins),
    clock,
    steadyFor,
    jobs,
    log,
    meters,
    learn: (told) => learn(told),
    ...waysOut(config),
  });
  const inbound = createInbound({ store, channels, takeTurn, prove: outbox.prove, clock, log });
  const learn = createLearner({ store, channels, inbound, log });
  const served: HttpParts = {
    store,
    nodeTypes,
    adapters: adaptersByType,
    channels,
    demo,
    programs,
    inbound,
    health: outbox.health,
    degradation: () => findDegraded({ store, programs }, 'known'),
    takeTurn,
    seal,
    checkWorld: (bound = []) => ({
      nodeTypes,
      ...zone,
      secrets: (name) => Object.hasOwn(config.secrets, name),
      mayCall: (address) => isAllowed(address, config.OUTBOUND_ALLOW ?? []),
      flows: (code) => {
        const program = programs.snapshot().online(code);
        return program ? (isCallable(program) ? 'callable' : 'not-callable') : 'not-online';
      },
      limits: channelLimits({
        bound: bound.flatMap((id) => channels.get(id)?.adapter ?? []),
        configured: channels.all.map(({ adapter }) => adapter),
        loaded: allAdapters,
      }),
    }),
    clock,
    log,
    meters,
    metrics: { access: config.METRICS, ...watched },
    adminKeyHash: key.hash,
    scratch,
    proxies: config.PROXIES,
    publicUrl: config.PUBLIC_URL,
  };
  const server = createServer(served, options.patience);

  await Promise.all([channels.refresh(), programs.refresh()]);
  jobs.look('degraded', EVERY.degraded, () => logDegraded({ store, programs, log }));
  jobs.look('wakes', EVERY.wakes, (stopping) => wakeSessions({ store, takeTurn, clock, jobs, log, meters, steadyFor, grace }, stopping));
  jobs.look('effects', EVERY.effects, () => outbox.sweep());
  jobs.look('retention', EVERY.retention, (stopping) =>
    keepRetention({ store, clock, jobs, days: config.RETENTION_DAYS, steadyFor, stopping }),
  );
  jobs.look('online', EVERY.online, async () => {
    await Promise.all([channels.refresh(), programs.refresh()]);
  });

  return {
    store,
    demo,
    use: host.use,
    dialogs: host.dialogs,
    ...(key.made === undefined ? {} : { newAdminKey: key.made }),
    ...(key.known === undefined ? {} : { adminKey: key.known }),
    async listen() {
      const { url } = await server.listen(config.PORT, config.HOST);
      await logDegraded({ store, programs, log });
      jobs.soon('wakes');
      jobs.soon('effects');
      // Not only after an hour, which not every host lives.
      jobs.soon('retention', plusMillis(clock.now(), FIRST_RETENTION));
      return url;
    },
    async stop() {
      const began = clock.monotonic();
      outbox.rest();
      await within(clock, LAST_LOOKS, Promise.all([server.close(), jobs.stop()]));
      await outbox.stop(Math.max(0, DRAIN - (clock.monotonic() - began)));
      await within(clock, LAST_WRITES, Promise.all([watched.stop(), asking.close(), store.close()]));
    },
  };
}

/** Waits for it so many milliseconds, and no longer: what hangs does not hold up the stop. */
async function within(clock: Clock, millis: number, work: Promise<unknown>): Promise<void> {
  let cancel = () => {};
  const late = new Promise<void>((done) => {
    cancel = clock.after(millis, done);
  });
  await Promise.race([work, late]);
  cancel();
}

/** From now on. */
function graceFrom(clock: Clock, seconds: number): Grace {
  const end = clock.monotonic() + seconds * 1_000;
  return { before: clock.now(), left: () => end - clock.monotonic() };
}

function waysOut({ secrets, OUTBOUND_ALLOW = [] }: Config) {
  return { secrets, outboundAllow: OUTBOUND_ALLOW };
}

function servicesOf(all: readonly Plugin[]): ReadonlyMap<string, Service> {
  return new Map(all.flatMap(({ service }) => (service ? [[service.name, service] as const] : [])));
}

/** The key given, else the one of the first start, of which only the hash is kept. */
async function adminKey(
  store: Store,
  given: string | undefined,
): Promise<{ readonly hash: string; readonly made?: string; readonly known?: string }> {
  if (given !== undefined) return { hash: hashOf(given), known: given };
  const made = `pk_${randomBytes(24).toString('hex')}`;
  const hash = await store.meta.putIfAbsent('adminKeyHash', hashOf(made));
  return hash === hashOf(made) ? { hash, made, known: made } : { hash };
}

/** Sixteen letters that follow from a text, and that nobody can tell without the secret of this installation. */
function sealBy(secret: string): (text: string) => string {
  return (text) => {
    const bytes = createHmac('sha256', secret).update(text).digest();
    return Array.from(bytes.subarray(0, 16), (byte) => LETTERS[byte % 32]).join('');
  };
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
