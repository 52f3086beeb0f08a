import type { Middleware } from 'botbuilder';
import type { Dialog } from 'botbuilder-dialogs/lib/dialog.js';
import { type AppBase, type AppOptions, openBase } from './app-base.js';
import { httpParts } from './app-http.js';
import { lookForLeftWork, startJobs } from './app-jobs.js';
import { type AppTurns, openTurns } from './app-turns.js';
import type { Config } from './config/schema.js';
import type { Clock } from './contract/index.js';
import type { Store } from './contract/store/index.js';
import type { MiddlewareOptions } from './host/bot-host.js';
import { createServer } from './http/server.js';
import { createDemoChannels, type DemoChannels } from './published/demo-channels.js';
import { logDegraded } from './published/find-degraded.js';

export type { AppOptions } from './app-base.js';

/** A host. */
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
  /** The admin key, if this start has made one. Nobody can see it again. */
  readonly newAdminKey?: string;
  /** The admin key, if this start was given or has made one. Absent if only its hash is known. */
  readonly adminKey?: string;
  /**
   * Makes a code that signs in once as the admin, within ten minutes, from the machine of the host: `POST /api/sign-in`, or the page
   * `/sign-in#<code>`.
   */
  signInCode(): string;
  /** The channels of emulated accounts. */
  readonly demo: DemoChannels;
  /** Begins to serve. Resolves with the address. */
  listen(): Promise<string>;
  /** Accepts nothing new, waits for what is in flight, and closes the store. Takes less than ten seconds. */
  stop(): Promise<void>;
}

/** How long the parts of a stop may take, in milliseconds: sends and calls in flight; requests and jobs; the last writes. */
const DRAIN = 7_000;
const LAST_LOOKS = 3_000;
const LAST_WRITES = 1_500;

/** Builds a host: opens the store, loads what is online, and goes on with what an earlier process has left. */
export async function createApp(config: Config, options: AppOptions = {}): Promise<App> {
  const base = await openBase(config, options);
  let listeningOn = '';
  const turns = openTurns(base, () => config.PUBLIC_URL ?? listeningOn);
  const { store, clock, log, adminKey } = base;
  const { host, channels, programs } = turns;
  const demo = createDemoChannels({ store, channels, clock });
  const server = createServer({ ...httpParts(base, turns, demo), consoleFolder: options.consoleFolder }, { patience: options.patience });
  await Promise.all([channels.refresh(), programs.refresh()]);
  startJobs(base, turns);
  return {
    store,
    demo,
    signInCode: base.codes.make,
    use: host.use,
    dialogs: host.dialogs,
    ...(adminKey.known === undefined ? {} : { adminKey: adminKey.known, ...(adminKey.isNew ? { newAdminKey: adminKey.known } : {}) }),
    async listen() {
      await host.ready();
      const { url } = await server.listen(config.PORT, config.HOST);
      listeningOn = url;
      await logDegraded({ store, programs, log });
      await lookForLeftWork(base);
      return url;
    },
    stop: () => stop(base, turns, server),
  };
}

async function stop(
  { clock, store, jobs, metering, plugins }: AppBase,
  { outbox, client, downloader }: AppTurns,
  server: { close(): Promise<void> },
): Promise<void> {
  const began = clock.monotonic();
  outbox.rest();
  await within(clock, LAST_LOOKS, Promise.all([server.close(), jobs.stop()]));
  await outbox.stop(Math.max(0, DRAIN - (clock.monotonic() - began)));
  await within(clock, LAST_WRITES, Promise.all([plugins.close(), metering.stop(), client.close(), downloader.close(), store.close()]));
}

/** Waits for some work, but at most so many milliseconds, so that nothing that hangs holds up a stop. */
async function within(clock: Clock, millis: number, work: Promise<unknown>): Promise<void> {
  let cancel = () => {};
  const late = new Promise<void>((done) => {
    cancel = clock.after(millis, done);
  });
  await Promise.race([work, late]);
  cancel();
}
