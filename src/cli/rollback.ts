import { HOST_OPTIONS, openApi, path } from './api.js';
import { defineCommand } from './command.js';
import { wholeNumber } from './read-arguments.js';

/** Back to a version that was good. */
export const rollback = defineCommand({
  summary: 'put an earlier version of a flow ONLINE',
  usage: ['<code> <version>'],
  about: 'Puts an earlier version ONLINE, as it was published. "parley flows <code>" lists them. The draft stays as it is.',
  options: HOST_OPTIONS,
  words: { least: 2, most: 2, lacks: 'which flow, and which version?' },
  examples: ['parley rollback welcome 2'],
  fails: 'there is no such version, or the host refuses',
  async run({ words: [code = '', version = ''], options }, terminal) {
    const request = { version: wholeNumber(version, 'version') };
    const flow = await openApi(options, terminal).call('POST', path`/api/flows/${code}/rollback`, request);
    terminal.out(`${code}: version ${flow.version} is ONLINE\n`);
    return 0;
  },
});
