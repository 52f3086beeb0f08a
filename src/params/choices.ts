import Joi from 'joi';
import { choice, closed, described, expression, shownText, text } from './fields.js';
import { MAX_LISTED } from './message-lists.js';

// The schemas of what people tap: choices of a message and cards of a carousel, written one by one or made from a list in a variable.

/** The address of a file or a page. */
export const address = (label: string, sentence: string): Joi.StringSchema => text(label, sentence).max(2_000).meta({ address: true });

const drawnChoice = closed({
  id: text('Id', 'What the flow gets when the choice is tapped; it may be the name of a port.').max(256).required(),
  title: shownText('Title', 'What the person taps.').required(),
  description: shownText('Description', 'A second line, shown in lists.').meta({ more: true }),
  url: address('Address', 'Opened by a tap, if the channel can do that.').meta({ more: true }),
  ask: choice({ phone: 'Their phone number', location: 'Their location' }, 'Ask for', 'What a tap sends, if the channel can do that.').meta(
    { more: true },
  ),
}).label('Choice');

/** Fields that are only shown with choices. */
const withChoices = { more: true, when: [{ pointer: '/choices' }] };

const drawnChoices = described(
  Joi.array().items(drawnChoice).min(1).max(50),
  'Choices',
  'Answers to tap. The title may be typed instead, or the number if numbers are shown.',
).meta({ control: 'choices' });

const list = (sentence: string) => expression('List', sentence).required().meta({ example: 'slots' });

/** A text that is filled for each member of a list: `item` is the member. */
const ofItem = (label: string, sentence: string) => text(label, sentence).meta({ item: true });
const shownOfItem = (label: string, sentence: string) => shownText(label, sentence).meta({ item: true });

const listedChoices = closed({
  from: list('A list in a variable: each member becomes a choice.'),
  title: shownOfItem('Title', 'What the person taps; `item` is the member.').required().meta({ example: '{{ item.name }}' }),
  id: ofItem('Id', 'What the flow gets when it is tapped; the title by default.').meta({ example: '{{ item.id }}' }),
  description: shownOfItem('Description', 'A second line, shown in lists.').meta({ more: true }),
  max: described(
    Joi.number().integer().min(1).max(100),
    'At most',
    `How many choices there can be; ${MAX_LISTED.choices} by default.`,
  ).meta({
    more: true,
  }),
}).label('From a list');

/** The choices of a message, with what stands around them. */
export const choices = {
  choices: described(
    Joi.alternatives(drawnChoices.label('Written'), listedChoices),
    'Choices',
    'Answers to tap. The title may be typed instead, or the number if numbers are shown.',
  ).meta({ control: 'choices' }),
  header: shownText('Header', 'A line above the text, shown with choices.').meta(withChoices),
  footer: shownText('Footer', 'A small line below the text, shown with choices.').meta(withChoices),
  listButton: shownText('List button', 'Opens the list; "Choose" in the language of the contact by default.').meta(withChoices),
  choicesAs: choice(
    { auto: 'Automatically', buttons: 'Buttons', list: 'List', text: 'Numbered text' },
    'Show choices as',
    'By default buttons if they fit, else a list, else a numbered text.',
  ).meta(withChoices),
};

/** A card of a carousel. `field` makes its addresses, `shown` the texts that people read. */
const cardOf = ({ field, shown, choices }: { readonly field: typeof text; readonly shown: typeof text; readonly choices: Joi.Schema }) =>
  closed({
    imageUrl: field('Picture', 'A public https address.').max(2_000).required().meta({ address: true }),
    text: shown('Text', 'The words on the card.').required().meta({ rows: 2 }),
    choices,
    button: shown('Button', 'The words on a button that opens the address; "Open" in the language of the contact by default.'),
    url: field('Address', 'What the button opens.').max(2_000).meta({ address: true }),
  });

const choicesOnCard = described(
  Joi.array()
    .items(
      closed({
        id: ofItem('Id', 'What the flow gets when the choice is tapped; different for each card.').max(256).required(),
        title: shownOfItem('Title', 'What the person taps.').required(),
      }).label('Choice'),
    )
    .min(1)
    .max(50),
  'Choices',
  'Answers to tap below each card.',
).meta({ control: 'choices' });

/** The cards of a carousel. */
export const drawnCards = described(
  Joi.alternatives(
    Joi.array()
      .items(cardOf({ field: text, shown: shownText, choices: drawnChoices }).label('Card'))
      .min(2)
      .max(10)
      .label('Written'),
    closed({
      from: list('A list in a variable: each member becomes a card.').meta({ example: 'offers' }),
      card: cardOf({ field: ofItem, shown: shownOfItem, choices: choicesOnCard })
        .required()
        .label('Card')
        .description('The card of each member; `item` is the member.'),
      max: described(Joi.number().integer().min(1).max(10), 'At most', `How many cards there can be; ${MAX_LISTED.cards} by default.`).meta(
        { more: true },
      ),
    }).label('From a list'),
  ).required(),
  'Cards',
  'Two to ten, beside each other; each with choices, or with a button and its address.',
);
