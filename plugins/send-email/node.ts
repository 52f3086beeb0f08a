import type { Json, NodeOutcome, NodeScope, NodeType, Why } from '../../src/contract/index.js';
import { member } from '../../src/contract/json/json-members.js';
import { cutText, startOf } from '../../src/text/cut-text.js';
import { MAX_RECIPIENTS, readAddresses } from './addresses.js';
import { problemsIn } from './check.js';
import { type EmailParams, params } from './params.js';

/** For all tries together, in milliseconds. */
const DEADLINE = 120_000;
const MAX_SUBJECT = 250;

const RECIPIENTS = ['to', 'cc', 'bcc', 'replyTo'] as const;
type Lists = Readonly<Record<(typeof RECIPIENTS)[number], readonly string[]>>;

/** Sends an e-mail by the mail server of the host. */
export const node: NodeType<EmailParams> = {
  type: 'send-email',
  version: 1,
  title: 'Send an e-mail',
  sentence: 'Sends an e-mail by the mail server of the host.',
  words: ['mail', 'smtp', 'notify'],
  icon: 'mail-forward',
  group: 'messaging',
  params,
  blank: { to: '', subject: '', text: '' },
  summary: ['/to', '/subject'],
  ports: [
    { name: 'next', title: 'Next' },
    { name: 'failed', title: 'Failed', kind: 'failure' },
  ],
  waitsFor: () => 'other',
  check: problemsIn,
  enter(scope) {
    const lists = readLists(scope);
    if ('why' in lists) return { then: { fail: lists.why } };
    const { subject, text, html } = scope.params;
    const input = {
      to: [...lists.to],
      cc: [...lists.cc],
      bcc: [...lists.bcc],
      replyTo: [...lists.replyTo],
      subject: cutText(scope.text(subject).replace(/\s+/g, ' ').trim(), MAX_SUBJECT),
      ...(text === undefined ? {} : { text: scope.text(text) }),
      ...(html === undefined ? {} : { html: scope.text(html) }),
    };
    return { effects: [{ kind: 'call', service: 'send-email', input, deadline: DEADLINE }], then: { wait: { for: 'call' } } };
  },
  on: { result },
};

/** Reads all addresses, or returns why nothing can be sent to them. */
function readLists(scope: NodeScope<EmailParams>): Lists | { readonly why: Why } {
  const lists: Record<keyof Lists, readonly string[]> = { to: [], cc: [], bcc: [], replyTo: [] };
  for (const name of RECIPIENTS) {
    const read = readAddresses(scope.text(scope.params[name] ?? ''));
    if ('wrong' in read) return { why: { code: 'email/bad-address', reason: `"${startOf(read.wrong, 80)}" is not an e-mail address` } };
    lists[name] = read.found;
  }
  const { to, cc, bcc } = lists;
  if (to.length === 0) return { why: { code: 'email/no-recipient', reason: 'the e-mail has no recipient' } };
  if (to.length + cc.length + bcc.length > MAX_RECIPIENTS)
    return { why: { code: 'email/too-many', reason: `the e-mail has more than ${MAX_RECIPIENTS} recipients` } };
  return lists;
}

/** Goes on, with a warning if the mail server has refused some of the recipients. */
function result(scope: NodeScope<EmailParams>, sent: Json): NodeOutcome {
  const refused = member(sent, 'refused');
  if (Array.isArray(refused) && refused.length > 0) scope.warn('email/some-refused', `the mail server has refused ${refused.join(', ')}`);
  return { then: { exit: 'next' } };
}
