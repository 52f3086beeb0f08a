import { defineCommand } from './command.js';

/** Runs the host in this process until it is told to stop. */
export const start = defineCommand({
  summary: 'run the host',
  usage: [''],
  about:
    'Runs the host until it is told to stop (Ctrl-C, SIGTERM). Settings come from the environment and .env; docs/configuration.md lists them.',
  options: {},
  words: { least: 0, most: 0 },
  examples: ['parley start', 'EMULATORS=false PORT=8080 parley start'],
  fails: 'it could not start: the store is away, the port is taken (2: a setting is wrong)',
  async run() {
    await import('../main.js');
    // main has set the exit code, if it had a reason to; the host goes on listening.
    return Number(process.exitCode ?? 0);
  },
});
