import { defineCommand } from './command.js';

/** Runs the host in this process. */
export const start = defineCommand({
  summary: 'run the host',
  usage: [''],
  about: 'Runs the host until Ctrl-C or SIGTERM. Settings come from the environment and .env; docs/configuration.md lists them.',
  options: {},
  words: { min: 0, max: 0 },
  examples: ['parley start', 'EMULATORS=false PORT=8080 parley start'],
  fails: 'the host could not start: the store cannot be reached, or the port is in use (2: a setting is invalid)',
  async run() {
    await import('../main.js');
    // The host goes on listening. If it cannot start, main ends the process.
    return 0;
  },
});
