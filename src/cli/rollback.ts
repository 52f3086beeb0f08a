import { HOST_OPTIONS, openApi, path } from './api.js';
import { defineCommand } from './command.js';
import { wholeNumber } from './read-arguments.js';

/** Puts an earlier version of a flow ONLINE. */
export const rollback = defineCommand({
  summary: 'put an earlier version of a flow ONLINE',
  usage: ['<code> <version>'],
  about: 'Puts an earlier version ONLINE as it was published, and leaves the draft as it is. "parley flows <code>" lists the versions.',
  options: HOST_OPTIONS,
  words: { min: 2, max: 2, missing: 'which flow, and which version?' },
  examples: ['parley rollback welcome 2'],
  fails: 'the version is unknown, or the host refuses',
  async run({ words: [code = '', version = ''], options }, terminal) {
    const request = { version: wholeNumber(version, 'version') };
    const flow = await openApi(options, terminal).call('POST', path`/api/flows/${code}/rollback`, request);
    terminal.out(`${code}: version ${flow.version} is ONLINE\n`);
    return 0;
  },
});
