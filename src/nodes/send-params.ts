import Joi from 'joi';
import type { Duration, Platform } from '../contract/index.js';
import { duration } from '../params/duration.js';
import { choice, closed, described, text, variable } from '../params/fields.js';
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
    action: choice(
      { reply: 'Reply', send: 'To an address' },
      'Action',
      'A reply goes to the contact of the run; any other message from a channel to an address.',
    )
      .default('reply')
      .meta({ more: true }),
    channel: text('From', 'The id of the channel that sends.').meta({ holds: 'channel' }).when('action', ofSend),
    to: text('To', 'The phone number or user id that gets it; "group:<id>" for a group chat.')
      .meta({ example: '4915112345678' })
      .when('action', ofSend),
    message: messageParams(platforms).required(),
    replyToLast: described(
      Joi.boolean(),
      'Quote the last message',
      "Shows the person's last message above this one, if the channel can.",
    ).meta({
      more: true,
    }),
    ...(hasWindow ? { ifWindowClosed: ifWindowClosed() } : {}),
    notDelivered: receiptParam('If not delivered', 'Not delivered'),
    notRead: receiptParam('If not read', 'Not read'),
    saveAs: variable('Save as', 'Saves { messageId }; null if the node did not wait for an answer from the provider.').meta({ more: true }),
  });
}

function ifWindowClosed(): Joi.ObjectSchema {
  return closed({
    then: choice(
      { port: 'Leave by "Window closed"', skip: 'Go on without sending', template: 'Send a template' },
      'Then',
      'What happens instead of sending the message.',
    ).required(),
    template: templateParams.when('then', { is: 'template', then: Joi.required(), otherwise: Joi.forbidden() }).label('Template'),
  })
    .label('If the 24-hour window is closed')
    .description('WhatsApp accepts only templates later than 24 hours after the last message of the person.')
    .meta({ more: true });
}

function receiptParam(label: string, port: string): Joi.ObjectSchema {
  return described(
    closed({ after: duration('After', 'Counted from the sending.').required() }),
    label,
    `Waits for the receipt, and leaves by "${port}" if it has not come in time.`,
  ).meta({ more: true });
}
