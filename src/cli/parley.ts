#!/usr/bin/env node
import { existsSync, readFileSync } from 'node:fs';
import { commands } from './commands.js';
import { runParley } from './run-parley.js';

// Who reads no further ("parley flows | head -1") is not a mistake.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

process.exitCode = await runParley(commands, process.argv.slice(2), {
  env: process.env,
  get dotenv() {
    return existsSync('.env') ? readFileSync('.env', 'utf8') : '';
  },
  stdin: process.stdin,
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  // Asked for by commands that have something to put away; the others end at once, as processes do.
  get interrupted() {
    const controller = new AbortController();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort());
    return controller.signal;
  },
});
