#!/usr/bin/env node
import { existsSync, readFileSync } from 'node:fs';
import { commands } from './commands.js';
import { runParley } from './run-parley.js';

// It is no error if the reader of the output stops reading, as in "parley flows | head -1".
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

process.exitCode = await runParley(commands, process.argv.slice(2), {
  env: process.env,
  get dotenv() {
    return existsSync('.env') ? readFileSync('.env', 'utf8') : '';
  },
  stdin: process.stdin,
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  // Read only by commands that must clean up. The others end at once on a signal.
  get interrupted() {
    const controller = new AbortController();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort());
    return controller.signal;
  },
});
