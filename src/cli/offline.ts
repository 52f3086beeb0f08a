import { HOST_OPTIONS, openApi, path } from './api.js';
import { defineCommand } from './command.js';
import { oneOf } from './read-arguments.js';

/** Nothing new starts in a flow. */
export const offline = defineCommand({
  summary: 'take a flow offline',
  usage: ['<code> [--sessions finish | end] [--message <text>]'],
  about: 'Nothing new starts. Who is in the middle finishes, or is ended with a last message. Bindings may change then.',
  options: {
    ...HOST_OPTIONS,
    sessions: { value: 'mode', help: 'what becomes of who is in the middle: finish (when absent), end' },
    message: { value: 'text', help: 'the last word to those who are ended' },
  },
  words: { least: 1, most: 1, lacks: 'which flow?' },
  examples: ['parley offline welcome', 'parley offline welcome --sessions end --message "We are closed for today."'],
  fails: 'the flow is not there, or the host refuses',
  async run({ words: [code = ''], options }, terminal) {
    const { sessions = 'finish', message } = options;
    const request = { sessions: oneOf(sessions, '--sessions', ['finish', 'end']), ...(message === undefined ? {} : { message }) };
    const flow = await openApi(options, terminal).call('POST', path`/api/flows/${code}/offline`, request);
    const rest = sessions === 'end' ? `${flow.ended} sessions were ended` : `${flow.waiting} sessions go on in it`;
    terminal.out(`${code} is OFFLINE; ${rest}\n`);
    return 0;
  },
});
