import type { NodeType } from '../../src/contract/index.js';
import { cutText, isLonger, startOf } from '../../src/text/cut-text.js';
import { readPhone } from '../../src/text/read-phone.js';
import { MAX_TEXT, problemsIn } from './check.js';
import { params, type SmsParams } from './params.js';

/** For all tries together, in milliseconds. */
const DEADLINE = 60_000;

/** Sends an SMS by the SMS provider of the host. */
export const node: NodeType<SmsParams> = {
  type: 'send-sms',
  version: 1,
  title: 'Send an SMS',
  sentence: 'Sends an SMS by the SMS provider of the host.',
  words: ['notify', 'text message', 'mobile'],
  icon: 'device-mobile-message',
  group: 'messaging',
  params,
  blank: { to: '', text: '' },
  summary: ['/text', '/to'],
  ports: [
    { name: 'next', title: 'Next' },
    { name: 'failed', title: 'Failed', kind: 'failure' },
  ],
  waitsFor: () => 'other',
  check: problemsIn,
  enter(scope) {
    const [to, text] = [scope.text(scope.params.to), scope.text(scope.params.text).trim()];
    const number = readPhone(to);
    if (number === undefined)
      return {
        then: { fail: { code: 'sms/bad-number', reason: `"${startOf(to.trim(), 40)}" is not a phone number with a country code` } },
      };
    if (text === '') return { then: { fail: { code: 'sms/empty', reason: 'the SMS has no text' } } };
    if (isLonger(text, MAX_TEXT)) scope.warn('sms/cut', `the SMS is longer than ${MAX_TEXT} characters; its end is cut off`);
    const input = { to: number, text: cutText(text, MAX_TEXT) };
    return { effects: [{ kind: 'call', service: 'send-sms', input, deadline: DEADLINE }], then: { wait: { for: 'call' } } };
  },
  on: { result: () => ({ then: { exit: 'next' } }) },
};
