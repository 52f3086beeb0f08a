import { CallError } from '../../src/contract/index.js';
import { startOf } from '../../src/text/cut-text.js';

/** Characters of a server's words that are kept. */
const MAX_WORDS = 200;

/**
 * Returns an error of nodemailer as that of a call. A refusal with 4xx is for a time, one with 5xx for good:
 * https://www.rfc-editor.org/rfc/rfc5321#section-4.2.1
 */
export function failureOf(error: unknown): CallError {
  if (!(error instanceof Error)) return new CallError('email/unreachable', 'the mail server cannot be reached');
  const [code, status, response] = [memberOf(error, 'code'), Number(memberOf(error, 'responseCode')), memberOf(error, 'response')];
  const words = startOf(response.replace(/\s+/g, ' ').trim(), MAX_WORDS);
  if (code === 'EAUTH' && !(status < 500)) return new CallError('email/login', 'the mail server refused the user or password of SMTP_URL');
  if (code === 'ETLS') return new CallError('email/no-tls', 'the mail server offers no encrypted connection');
  if (status >= 500) return new CallError('email/refused', `the mail server refused the e-mail: ${words}`, false, status);
  if (status >= 400) return new CallError('email/put-off', `the mail server put the e-mail off: ${words}`, true, status);
  if (code === 'EENVELOPE' || code === 'EMESSAGE') return new CallError('email/refused', 'the mail server cannot take this e-mail');
  return new CallError('email/unreachable', `the mail server cannot be reached${code === '' ? '' : ` (${code})`}`, true);
}

function memberOf(error: Error, name: string): string {
  const value: unknown = Reflect.get(error, name);
  return value === undefined || value === null ? '' : String(value);
}
