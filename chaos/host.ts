// Starts a host as src/run-host.ts does. The parent process can set its wall clock by a message `{ ahead: milliseconds }`, and gets the ports of
// each connection to a provider, `{ connectedFrom, to }`, so that it knows which process has made a request.
import { subscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { createApp } from '../src/app.js';
import { systemClock } from '../src/clock/system-clock.js';
import { loadConfig } from '../src/config/load.js';
import type { Clock } from '../src/contract/index.js';
import { openLog } from '../src/open-log.js';

let ahead = 0;
process.on('message', (message: { readonly ahead: number }) => {
  ahead = message.ahead;
});
// https://undici.nodejs.org/#/docs/api/DiagnosticsChannel
subscribe('undici:client:connected', (message) => {
  const { localPort, remotePort } = (message as { readonly socket: Socket }).socket;
  process.send?.({ connectedFrom: localPort, to: remotePort });
});
process.channel?.unref();
const clock: Clock = { ...systemClock, now: () => new Date(Date.now() + ahead).toISOString() };

process.env['TZ'] = 'UTC';
const config = loadConfig(process.env);
if ('mistakes' in config) throw new Error(config.mistakes.join(', '));
const app = await createApp(config, { clock, log: openLog(config.LOG_LEVEL) });
process.stdout.write(`parley listens on ${await app.listen()}\n`);
