import type { CheckScope, NodeProblem } from '../../src/contract/index.js';
import { isLiteral } from '../../src/params/literal.js';
import { readPhone } from '../../src/text/read-phone.js';
import type { SmsParams } from './params.js';

/** Characters of an SMS: ten parts of 160, the most that providers take. */
export const MAX_TEXT = 1_600;

/** Returns problems of an SMS that its schema cannot find. */
export function problemsIn({ to }: SmsParams, { hasSetting }: Pick<CheckScope, 'hasSetting'> = {}): readonly NodeProblem[] {
  return [...notConfigured(hasSetting), ...numberProblems(to)];
}

function notConfigured(hasSetting: CheckScope['hasSetting']): readonly NodeProblem[] {
  if (!hasSetting || hasSetting('SMS_URL')) return [];
  return [
    {
      pointer: '',
      code: 'sms/not-configured',
      message: 'this host cannot send an SMS: SMS_URL is not set',
      hint: 'Set SMS_URL, and SMS_BODY as your provider wants it. Until then the node is left by `failed`.',
      severity: 'warning',
    },
  ];
}

/** Checks a number without templates. */
function numberProblems(to: string): readonly NodeProblem[] {
  if (!isLiteral(to) || to.trim() === '' || readPhone(to) !== undefined) return [];
  const message = `"${to}" is not a phone number with a country code`;
  return [{ pointer: '/to', code: 'sms/bad-number', message, hint: 'Write it as +4915112345678.' }];
}
