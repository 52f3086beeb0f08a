// A host as src/main.ts starts it, but its wall clock goes wrong when the process that has started it says so: `{ ahead: milliseconds }`.
import { createApp } from '../src/app.js';
import { systemClock } from '../src/clock/system-clock.js';
import { loadConfig } from '../src/config/load.js';
import type { Clock } from '../src/contract/index.js';
import { openLog } from '../src/open-log.js';

let ahead = 0;
process.on('message', (told: { readonly ahead: number }) => {
  ahead = told.ahead;
});
process.channel?.unref();
const clock: Clock = { ...systemClock, now: () => new Date(Date.now() + ahead).toISOString() };

process.env['TZ'] = 'UTC';
const config = loadConfig(process.env);
if ('mistakes' in config) throw new Error(config.mistakes.join(', '));
const app = await createApp(config, { clock, log: openLog(config.LOG_LEVEL) });
process.stdout.write(`parley listens on ${await app.listen()}\n`);
