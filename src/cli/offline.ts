import { HOST_OPTIONS, openApi, path } from './api.js';
import { defineCommand } from './command.js';
import { oneOf } from './read-arguments.js';

/** Nothing new starts in a flow. */
export const offline = defineCommand({
  summary: 'take a flow offline',
  usage: ['<code> [--sessions finish | end] [--message <text>]'],
  about:
    'Nothing starts the flow any more. People already in it finish, or are ended with a last message. The channels of a flow can change only while it is OFFLINE.',
  options: {
    ...HOST_OPTIONS,
    sessions: { value: 'mode', help: 'what happens to people already in the flow: finish (default) or end' },
    message: { value: 'text', help: 'the last message to people who are ended' },
  },
  words: { min: 1, max: 1, missing: 'which flow?' },
  examples: ['parley offline welcome', 'parley offline welcome --sessions end --message "We are closed for today."'],
  fails: 'the flow is unknown, or the host refuses',
  async run({ words: [code = ''], options }, terminal) {
    const { sessions = 'finish', message } = options;
    const request = { sessions: oneOf(sessions, '--sessions', ['finish', 'end']), ...(message === undefined ? {} : { message }) };
    const flow = await openApi(options, terminal).call('POST', path`/api/flows/${code}/offline`, request);
    const rest = sessions === 'end' ? `${flow.ended} sessions were ended` : `${flow.waiting} sessions go on`;
    terminal.out(`${code} is OFFLINE; ${rest}\n`);
    return 0;
  },
});
