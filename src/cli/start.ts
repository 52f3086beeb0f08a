import type { Command } from './command.js';

/** Runs the host in this process until it is told to stop. */
export const start: Command = {
  summary: 'run the host',
  usage: 'usage: parley start\n\nRuns the host. Settings come from the environment and .env; docs/configuration.md lists them.',
  async run() {
    await import('../main.js');
    // main has set the exit code, if it had a reason to; the host goes on listening.
    return Number(process.exitCode ?? 0);
  },
};
