import type { CheckScope, NodeProblem } from '../../src/contract/index.js';
import { isLiteral } from '../../src/params/literal.js';
import { MAX_RECIPIENTS, readAddresses } from './addresses.js';
import type { EmailParams } from './params.js';

/** The settings without which no e-mail can be sent. */
export const SETTINGS = ['SMTP_URL', 'MAIL_FROM'] as const;

/** Returns problems of an e-mail that its schema cannot find. */
export function problemsIn(params: EmailParams, { hasSetting }: Pick<CheckScope, 'hasSetting'> = {}): readonly NodeProblem[] {
  return [...notConfigured(hasSetting), ...addressProblems(params), ...unescaped(params.html ?? '')];
}

function notConfigured(hasSetting: CheckScope['hasSetting']): readonly NodeProblem[] {
  const missing = hasSetting ? SETTINGS.filter((name) => !hasSetting(name)) : [];
  if (missing.length === 0) return [];
  return [
    {
      pointer: '',
      code: 'email/not-configured',
      message: `this host cannot send e-mails: ${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} not set`,
      hint: 'Set SMTP_URL, such as smtp://user:password@mail.example.com, and MAIL_FROM. Until then the node is left by `failed`.',
      severity: 'warning',
    },
  ];
}

/** Checks addresses without templates. */
function addressProblems(params: EmailParams): readonly NodeProblem[] {
  return (['to', 'cc', 'bcc', 'replyTo'] as const).flatMap((name) => {
    const text = params[name] ?? '';
    if (!isLiteral(text) || text.trim() === '') return [];
    const read = readAddresses(text);
    const pointer = `/${name}`;
    if ('wrong' in read) {
      const message = `"${read.wrong}" is not an e-mail address`;
      return [{ pointer, code: 'email/bad-address', message, hint: 'Write addresses such as ada@example.com, with commas between them.' }];
    }
    if (read.found.length <= MAX_RECIPIENTS) return [];
    return [{ pointer, code: 'email/too-many', message: `there are more than ${MAX_RECIPIENTS} recipients`, hint: 'Remove some of them.' }];
  });
}

/** Warns of values that a person could write HTML into. */
function unescaped(html: string): readonly NodeProblem[] {
  const raw = html.split('{{').some((part, i) => {
    const end = part.indexOf('}}');
    return i > 0 && end >= 0 && !/\|\s*(?:escape|escape_once|url_encode|strip_html|raw)\b/.test(part.slice(0, end));
  });
  if (!raw) return [];
  return [
    {
      pointer: '/html',
      code: 'email/unescaped',
      message: 'the value of an expression is read as HTML, so whoever wrote it could change the e-mail',
      hint: 'End the expression with `| escape`: {{ name | escape }}. If the value is meant as HTML, end it with `| raw`.',
      severity: 'warning',
    },
  ];
}
