import Joi from 'joi';
import type { Duration, Platform } from '../contract/index.js';
import { duration } from '../params/duration.js';
import { closed, described, text, variable } from '../params/fields.js';
import { type MessageParams, messageParams, templateParams } from '../params/message.js';

/** The params of a node that sends a message. */
export interface SendParams {
  readonly action: 'reply' | 'send';
  readonly channel?: string;
  readonly to?: string;
  readonly message: MessageParams;
  readonly replyToLast?: boolean;
  readonly ifWindowClosed?: { readonly then: 'port' | 'skip' | 'template'; readonly template?: MessageParams };
  readonly notDelivered?: { readonly after: Duration };
  readonly notRead?: { readonly after: Duration };
  readonly saveAs?: string;
}

/** Returns the schema of `SendParams` for messages that all of these platforms can show. */
export function sendParams(platforms: readonly Platform[], hasWindow: boolean): Joi.ObjectSchema<SendParams> {
  const ofSend = { is: 'send', then: Joi.required(), otherwise: Joi.forbidden() };
  return closed<SendParams>({
    action: described(
      Joi.string().valid('reply', 'send').default('reply'),
      'Action',
      'reply: to the contact of the run; send: from a channel to an address.',
    ),
    channel: text('From', 'The id of the channel that sends.').meta({ holds: 'channel' }).when('action', ofSend),
    to: text('To', 'The phone number or user id that gets it; "group:<id>" for a group chat.').when('action', ofSend),
    message: messageParams(platforms).required(),
    replyToLast: described(Joi.boolean(), 'Quote the last message', "Shows the person's last message above this one, if the channel can."),
    ...(hasWindow ? { ifWindowClosed: ifWindowClosed() } : {}),
    notDelivered: receiptParam('If not delivered', 'notDelivered'),
    notRead: receiptParam('If not read', 'notRead'),
    saveAs: variable('Save as', 'Saves { messageId }; null if the node did not wait for an answer from the provider.'),
  });
}

function ifWindowClosed(): Joi.ObjectSchema {
  return closed({
    then: described(
      Joi.string().valid('port', 'skip', 'template').required(),
      'Then',
      'Leave by windowClosed, go on without sending, or send a template instead.',
    ),
    template: templateParams.when('then', { is: 'template', then: Joi.required(), otherwise: Joi.forbidden() }).label('Template'),
  })
    .label('If the 24-hour window is closed')
    .description('WhatsApp accepts only templates later than 24 hours after the last message of the person.');
}

function receiptParam(label: string, port: string): Joi.ObjectSchema {
  return described(
    closed({ after: duration('After', 'Counted from the sending.').required() }),
    label,
    `Waits for the receipt, and leaves by ${port} if it has not come in time.`,
  );
}
