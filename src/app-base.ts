import { adapters as ownAdapters } from '../adapters/index.js';
import { plugins as ownPlugins } from '../plugins/index.js';
import { type AdminKey, openAdminKey } from './admin-key.js';
import { systemClock } from './clock/system-clock.js';
import type { Config } from './config/schema.js';
import { type Jobs, type Log, silentLog } from './contract/host/index.js';
import type { Clock } from './contract/index.js';
import type { Store } from './contract/store/index.js';
import type { Extensions } from './extensions/load-extensions.js';
import type { Patience } from './http/server.js';
import { openJobs } from './jobs/open-jobs.js';
import { openLinkSeal } from './link-seal.js';
import { removeLeftCopies } from './manage/backup.js';
import { createSignInCodes, type SignInCodes } from './manage/sign-in-codes.js';
import { meterSettings, secretsInSettings } from './meter-settings.js';
import { type OpenedMeters, openMeters } from './meters/open-meters.js';
import { createRedactor, type Redactor } from './meters/redactor.js';
import { type OpenedPlugins, openPlugins } from './open-plugins.js';
import { openStore } from './store/open-store.js';

export interface AppOptions {
  readonly log?: Log;
  readonly clock?: Clock;
  /** How long HTTP clients may take. */
  readonly patience?: Patience;
  /** The folder with the files of the console; by default those that the build has made. */
  readonly consoleFolder?: string;
  /** Plugins beside the built-in ones. */
  readonly plugins?: Extensions['plugins'];
  /** Adapters beside the built-in ones. */
  readonly adapters?: Extensions['adapters'];
}

/** What the parts of a host are built on. */
export interface AppBase extends Pick<Extensions, 'adapters'> {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  /** Redacts secrets in the log. Parts that know secrets add them. */
  readonly redactor: Redactor;
  readonly plugins: OpenedPlugins;
  readonly store: Store;
  readonly adminKey: AdminKey;
  readonly codes: SignInCodes;
  readonly seal: (text: string) => string;
  readonly jobs: Jobs;
  readonly metering: OpenedMeters;
  /** The folder for temporary files of a backup; undefined if the store is not a file. */
  readonly scratch: string | undefined;
}

export async function openBase(config: Config, options: AppOptions): Promise<AppBase> {
  const { clock = systemClock, plugins = [], adapters = [] } = options;
  if (plugins.length + adapters.length > 0) await refuseMistakes({ plugins, adapters });
  const redactor = createRedactor();
  const log = redactor.over(options.log ?? silentLog);
  redactor.hide(() => secretsInSettings(config));
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
  const adminKey = await openAdminKey(store, config.PARLEY_ADMIN_KEY);
  redactor.hide(() => [adminKey.known ?? '']);
  return {
    config,
    clock,
    log,
    redactor,
    plugins: openPlugins({ onDemand: ownPlugins, plugins, config, clock }),
    adapters: [...ownAdapters, ...adapters],
    store,
    adminKey,
    codes: createSignInCodes(clock),
    seal: await openLinkSeal(store),
    jobs: openJobs(clock, log),
    metering: await openMeters(meterSettings(config), { count: () => store.sessions.census(), clock, log }),
    scratch,
  };
}

async function refuseMistakes(extensions: Extensions): Promise<void> {
  const { mistakesIn } = await import('./extensions/load-extensions.js');
  const mistakes = mistakesIn(extensions);
  if (mistakes.length > 0) throw new Error(mistakes.join('; '));
}
