import Joi from 'joi';
import { VARIABLE_TYPES } from '../contract/index.js';
import { choice, closed, described, messageType, oneOf } from '../params/fields.js';

// The members of a flow file that people fill in, with the words of their forms: triggers, declared variables, and settings.

const VARIABLE = /^(?!__proto__$)[A-Za-z_][A-Za-z0-9_]*$/;

const match = closed({
  keywords: described(
    Joi.array().items(Joi.string().max(100)).min(1),
    'Keywords',
    'Words that start the flow, in any case and with or without accents.',
  ),
  keywordMode: choice(
    { firstWord: 'Begins with it', onlyWord: 'Is the keyword', anywhere: 'Contains it' },
    'The message',
    'Where the keyword must be in the message.',
  ).meta({ when: [{ pointer: '/keywords' }] }),
  regex: described(
    Joi.string().max(500),
    'Regular expression',
    'Starts the flow if it matches a part of the message; its named groups are in `match`.',
  ).meta({ kind: 'regex', more: true, example: '(?i)order (?P<number>\\d+)' }),
  messageTypes: described(Joi.array().items(messageType).min(1), 'Message types', 'Messages of these types start the flow.').meta({
    more: true,
  }),
  referral: described(
    Joi.alternatives(
      Joi.boolean()
        .valid(true)
        .label('Any ad or post')
        .meta({ titles: { true: 'Any' } }),
      closed({
        sourceId: described(Joi.string().required(), 'Ad or post', 'Its id at Meta.'),
      }).label('One ad or post'),
    ),
    'Ad or post',
    'A message that comes from an ad or a post starts the flow.',
  ).meta({ more: true }),
  contexts: described(
    Joi.array().items(Joi.string().max(500)).min(1),
    'Contexts of links',
    'On Viber: the chat is opened by a link with one of these contexts.',
  ).meta({ more: true, example: 'poster-7' }),
  events: described(
    Joi.array()
      .items(
        oneOf({
          conversation_started: 'Opens the chat (Viber)',
          subscribed: 'Subscribes (Viber)',
          linked: 'Comes by a link from the other platform',
        }),
      )
      .min(1),
    'Events',
    'What a person does, other than writing, that starts the flow.',
  ).meta({ more: true }),
});
const ON_BUSY = ['ignore', 'interrupt', 'queue', 'background'] as const;
const type = Joi.string().required();
const byMessage = {
  type,
  match: described(match, 'Which messages', 'Every message that no other trigger takes, if this is not set.'),
  priority: described(
    Joi.number().integer().min(-1000).max(1000),
    'Priority',
    'Among triggers of the same kind the highest wins; 0 by default.',
  ).meta({ more: true }),
  atAnyTime: described(
    Joi.boolean(),
    'At any time',
    'The keywords start the flow in the middle of other flows, too, which end. Not where they are an answer that the other flow offers.',
  ).meta({ when: [{ pointer: '/match/keywords' }] }),
  // A message cannot wait: the check says so, better than the schema could.
  onBusy: described(
    Joi.string().valid(...ON_BUSY),
    'While another flow is running',
    'What happens to a message that would start this flow while the person is in another one.',
  ).meta({
    more: true,
    titles: { ignore: 'The other flow gets the message', interrupt: 'End the other flow', background: 'Start this one beside it' },
  }),
};
/** The triggers of flows, by type. */
export const TRIGGERS: Readonly<Record<string, Joi.ObjectSchema>> = {
  TriggeredManually: closed({
    type,
    onBusy: choice(
      { queue: 'Wait until it ends', ignore: 'Refuse to start', interrupt: 'End the other flow', background: 'Start this one beside it' },
      'While another flow is running',
      'What a start by the API does if the person is in another flow; by default it waits.',
    ).meta({ more: true }),
  })
    .label('By the API')
    .description('Another system starts the flow with a person.'),
  TriggeredByWhatsApp: closed(byMessage).label('WhatsApp message').description('A person writes on WhatsApp.'),
  TriggeredByViber: closed(byMessage).label('Viber message').description('A person writes on Viber, or opens the chat.'),
  TriggeredByFlow: closed({ type }).label('By another flow').description('Another flow calls this one, or forwards to it.'),
};

/** A declared variable. */
export const VARIABLE_DECLARATION = closed({
  name: described(Joi.string().pattern(VARIABLE).max(64).required(), 'Name', 'Letters, digits and underscores, as templates read it.').meta(
    { kind: 'variable' },
  ),
  type: choice(
    VARIABLE_TYPES,
    'Type',
    'A value of another type is converted, or refused if it comes from outside and cannot be.',
  ).required(),
  default: described(Joi.any(), 'Default', 'The value at the beginning of a run; null by default.'),
  input: described(Joi.boolean(), 'Set from outside', 'Whether starts by the API and calling flows may set it.'),
  required: described(Joi.boolean(), 'Required', 'Whether they must set it; a default makes up for it.').meta({
    when: [{ pointer: '/input', is: [true] }],
  }),
  title: described(Joi.string().allow('').max(200), 'Title', 'Shown in forms instead of the name.').meta({ more: true }),
});

const onError = described(
  Joi.string().allow('').max(1000),
  'If something fails',
  'Sent when a run ends because something failed and no edge leads on. Without it nothing is sent.',
).meta({ kind: 'text', rows: 2, translatable: true });
const locales = Joi.object().pattern(Joi.string().max(35), closed({ '/onError': onError }));

/** The settings of a flow. */
export const SETTINGS = closed({
  onError,
  maxSteps: described(
    Joi.number().integer().min(1).max(1000),
    'Steps in a turn',
    'How many nodes one turn may go through; 100 by default. More end the run with onError.',
  ).meta({ more: true, unit: 'nodes' }),
  timeZone: described(
    Joi.string().max(64),
    'Time zone',
    'For dates without an offset, waits and rules: a name such as Europe/Berlin. By default the setting TIME_ZONE of the host.',
  ).meta({ control: 'timeZone', example: 'Europe/Berlin' }),
  locale: described(
    Joi.string().max(35),
    'Language',
    'The translation for contacts whose language has none. It also decides how a number such as 1.000 is read.',
  ).meta({ control: 'language', example: 'en' }),
  locales: described(locales, 'In other languages', 'The texts of these settings by language, such as de or pt-BR.').meta({ more: true }),
  translatedFrom: described(locales, 'Translated from', 'The texts that the translations of these settings were made from.').meta({
    hidden: true,
  }),
  campaignVariables: described(Joi.boolean(), 'Campaign variables', 'Reserved for campaigns.').meta({ more: true }),
});
