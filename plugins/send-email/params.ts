import { closed, shownText, text } from '../../src/params/fields.js';

export interface EmailParams {
  readonly to: string;
  readonly cc?: string;
  readonly bcc?: string;
  readonly replyTo?: string;
  readonly subject: string;
  readonly text?: string;
  readonly html?: string;
}

export const params = closed<EmailParams>({
  to: text('To', 'An e-mail address, or several with commas between them.').max(2_000).meta({ example: '{{ email }}' }).required(),
  subject: shownText('Subject', 'The subject of the e-mail.').max(2_000).required(),
  text: shownText('Text', 'The e-mail as plain text.').max(20_000).meta({ rows: 6 }),
  html: shownText('HTML', 'The e-mail as HTML, for programs that show it. End expressions with | escape.')
    .max(20_000)
    .meta({ rows: 6, more: true }),
  replyTo: text('Reply to', 'The address that answers go to; by default the sender of the host.').max(2_000).meta({ more: true }),
  cc: text('Cc', 'Addresses that get a copy.').max(2_000).meta({ more: true }),
  bcc: text('Bcc', 'Addresses that get a copy, unseen by the others.').max(2_000).meta({ more: true }),
}).or('text', 'html');
