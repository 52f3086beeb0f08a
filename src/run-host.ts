import { existsSync, readFileSync } from 'node:fs';
import { createApp } from './app.js';
import { loadConfig } from './config/load.js';
import type { Config } from './config/schema.js';
import type { DemoParts } from './demo.js';
import type * as Loader from './extensions/load-extensions.js';
import { openLog } from './open-log.js';

/** The maximum time that a stop may take, in milliseconds. */
const MAX_STOP = 10_000;

/** Reads the settings, builds the app, listens, and stops cleanly on SIGINT and SIGTERM. */
export async function runHost(): Promise<void> {
  // So that a date without a time zone means the same on every machine. Flows have time zones of their own.
  process.env['TZ'] = 'UTC';
  const config = loadConfig(process.env, existsSync('.env') ? readFileSync('.env', 'utf8') : '');
  if ('mistakes' in config) refuse(config.mistakes);
  const extensions = await loadExtensions(config);
  if ('mistakes' in extensions) refuse(extensions.mistakes);
  const log = openLog(config.LOG_LEVEL);
  const app = await createApp(config, { log, ...extensions }).catch(giveUp);
  const url = await app.listen().catch(giveUp);
  print(`parley listens on ${url}`);
  if (isLoopback(config.HOST) && (config.EMULATORS || app.newAdminKey !== undefined))
    print(`open in a browser, signed in once within ten minutes: ${url}/sign-in#${app.signInCode()}`);
  if (app.newAdminKey !== undefined) print(`the admin key, shown only once: ${app.newAdminKey}`);
  const demo = config.EMULATORS ? await startDemo({ app, config, url, print }) : undefined;
  stopOnSignals(async () => {
    await app.stop();
    await demo?.stop();
  });
}

/** Returns whether only this machine can reach the host. */
function isLoopback(host: string): boolean {
  return /^(localhost|127\.[\d.]+|::1)$/.test(host);
}

async function loadExtensions(config: Config): ReturnType<typeof Loader.loadExtensions> {
  if (!config.PLUGINS && !config.ADAPTERS) return { plugins: [], adapters: [] };
  const loader = await import('./extensions/load-extensions.js');
  return loader.loadExtensions(config);
}

/** Loads the emulators and starts the demo. A host without them goes on. */
async function startDemo(parts: DemoParts): Promise<{ stop(): Promise<void> } | undefined> {
  try {
    const demo = await import('./demo.js');
    return await demo.startDemo(parts);
  } catch (error) {
    process.stderr.write(`parley: the demo could not start: ${messageOf(error)}\n`);
    return undefined;
  }
}

/** Ends the process on the first signal, after a stop, and on the second one at once. */
function stopOnSignals(stop: () => Promise<void>): void {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      void end(stop);
    });
  }
}

async function end(stop: () => Promise<void>): Promise<void> {
  // End in any case, even if something hangs.
  setTimeout(() => process.exit(1), MAX_STOP).unref();
  try {
    await stop();
  } catch (error) {
    process.stderr.write(`parley: shutdown failed: ${messageOf(error)}\n`);
    process.exit(1);
  }
  process.exit(0);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function refuse(mistakes: readonly string[]): never {
  process.stderr.write(`parley: invalid settings\n${mistakes.map((one) => `  ${one}\n`).join('')}`);
  process.exit(2);
}

function giveUp(error: unknown): never {
  process.stderr.write(`parley: cannot start: ${messageOf(error)}\n`);
  process.exit(1);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
