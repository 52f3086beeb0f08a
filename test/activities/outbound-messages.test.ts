import type { Activity, CardAction } from 'botbuilder';
import { CardFactory, MessageFactory } from 'botbuilder';
import { expect } from 'chai';
import { limits as viberLimits } from '../../platforms/viber/limits.js';
import { limits as whatsappLimits } from '../../platforms/whatsapp/limits.js';
import { messagesOf } from '../../src/activities/outbound-messages.js';
import type { ChannelLimits, OutboundMessage } from '../../src/contract/index.js';

const WHATSAPP: ChannelLimits = whatsappLimits;
const VIBER: ChannelLimits = viberLimits;
const PNG = 'https://example.org/a.png';
const open = (title: string, value: string): CardAction => ({ type: 'openUrl', title, value });
const say = (title: string, value: unknown): CardAction => ({ type: 'postBack', title, value });
const file = (contentType: string, more: object = {}) => ({ contentType, contentUrl: `https://example.org/${contentType}`, ...more });
const tea = { id: 'Tea', title: 'Tea' };
const long = (words: number) => 'word '.repeat(words).trim();

interface Case {
  readonly name: string;
  readonly activity: Partial<Activity>;
  readonly whatsapp: readonly OutboundMessage[];
  /** Where it is shown otherwise. */
  readonly viber?: readonly OutboundMessage[];
}

const CASES: readonly Case[] = [
  { name: 'a text', activity: { text: 'Hi', inputHint: 'expectingInput', speak: 'Hi' }, whatsapp: [{ type: 'text', text: 'Hi' }] },
  {
    name: 'suggested actions',
    activity: MessageFactory.suggestedActions(['Tea'], 'What?'),
    whatsapp: [{ type: 'text', text: 'What?', choices: [tea] }],
  },
  {
    name: 'values that are no texts',
    activity: MessageFactory.suggestedActions([say('One', 1), say('Object', { a: 1 }), say('None', undefined)], 'What?'),
    whatsapp: [
      {
        type: 'text',
        text: 'What?',
        choices: [
          { id: '1', title: 'One' },
          { id: '{"a":1}', title: 'Object' },
          { id: 'None', title: 'None' },
        ],
      },
    ],
  },
  {
    name: 'suggested actions without words',
    activity: MessageFactory.suggestedActions(['Tea']),
    whatsapp: [{ type: 'text', text: '👇', choices: [tea] }],
  },
  {
    name: 'titles that are too long for buttons',
    activity: MessageFactory.suggestedActions(['The one with very much milk in it'], 'What?'),
    whatsapp: [
      {
        type: 'text',
        text: 'What?',
        choicesAs: 'list',
        choices: [
          {
            id: 'The one with very much milk in it',
            title: 'The one with very much milk in it',
            description: 'The one with very much milk in it',
          },
        ],
      },
    ],
    viber: [
      { type: 'text', text: 'What?', choices: [{ id: 'The one with very much milk in it', title: 'The one with very much milk in it' }] },
    ],
  },
  {
    name: 'a picture takes words and actions with it',
    activity: { ...MessageFactory.suggestedActions(['Tea'], 'This one?'), attachments: [file('image/png')] },
    whatsapp: [{ type: 'image', url: 'https://example.org/image/png', text: 'This one?', choices: [tea] }],
  },
  {
    name: 'several files follow the words',
    activity: {
      text: 'See',
      attachments: [
        file('image/png'),
        file('audio/ogg'),
        file('video/mp4', { content: { sizeBytes: 9, durationSeconds: 2 } }),
        file('application/pdf', { name: 'a.pdf', content: { sizeBytes: 7 } }),
      ],
    },
    whatsapp: [
      { type: 'text', text: 'See' },
      { type: 'image', url: 'https://example.org/image/png' },
      { type: 'audio', url: 'https://example.org/audio/ogg' },
      { type: 'video', url: 'https://example.org/video/mp4', sizeBytes: 9, durationSeconds: 2 },
      { type: 'document', url: 'https://example.org/application/pdf', sizeBytes: 7, fileName: 'a.pdf' },
    ],
  },
  {
    name: 'actions come last, under the words',
    activity: { ...MessageFactory.suggestedActions(['Tea'], 'Which?'), attachments: [file('audio/ogg')] },
    whatsapp: [
      { type: 'audio', url: 'https://example.org/audio/ogg' },
      { type: 'text', text: 'Which?', choices: [tea] },
    ],
  },
  {
    name: 'a hero card',
    activity: MessageFactory.attachment(
      CardFactory.heroCard('Tea', 'From Assam', [PNG], [say('Buy', 'buy')], { subtitle: 'Black' }),
      'Look:',
    ),
    whatsapp: [
      { type: 'text', text: 'Look:' },
      { type: 'image', url: PNG, text: 'Tea\nBlack\nFrom Assam', choices: [{ id: 'buy', title: 'Buy' }] },
    ],
  },
  {
    name: 'a hero card of words',
    activity: MessageFactory.attachment(CardFactory.heroCard('Tea', 'From Assam')),
    whatsapp: [{ type: 'text', text: 'Tea\nFrom Assam' }],
  },
  {
    name: 'a card with one address to open',
    activity: MessageFactory.attachment(CardFactory.heroCard('Tea', '', [PNG], [open('Shop', 'https://example.org/')])),
    whatsapp: [
      { type: 'image', url: PNG },
      { type: 'link', text: 'Tea', button: 'Shop', url: 'https://example.org/' },
    ],
    viber: [{ type: 'image', url: PNG, text: 'Tea', choices: [{ id: 'Shop', title: 'Shop', url: 'https://example.org/' }] }],
  },
  {
    name: 'a card with an answer and an address',
    activity: MessageFactory.attachment(
      CardFactory.heroCard(
        'Tea',
        [],
        [say('Buy', 'b'), open('Shop', 'https://example.org/'), { type: 'call', title: 'Us', value: '+49 1' }],
      ),
    ),
    whatsapp: [{ type: 'text', text: 'Tea\nShop: https://example.org/\nUs: tel:+491', choices: [{ id: 'b', title: 'Buy' }] }],
    viber: [
      {
        type: 'text',
        text: 'Tea',
        choices: [
          { id: 'b', title: 'Buy' },
          { id: 'Shop', title: 'Shop', url: 'https://example.org/' },
          { id: 'Us', title: 'Us', url: 'tel:+491' },
        ],
      },
    ],
  },
  {
    name: 'cards beside each other',
    activity: MessageFactory.carousel(
      [CardFactory.heroCard('Tea', [PNG], [say('Buy', 't')]), CardFactory.thumbnailCard('Coffee', [PNG], [say('Buy', 'c')])],
      'Ours:',
    ),
    whatsapp: [
      {
        type: 'carousel',
        text: 'Ours:',
        cards: [
          { imageUrl: PNG, text: 'Tea', choices: [{ id: 't', title: 'Buy' }] },
          { imageUrl: PNG, text: 'Coffee', choices: [{ id: 'c', title: 'Buy' }] },
        ],
      },
    ],
  },
  {
    name: 'cards that WhatsApp cannot show beside each other',
    activity: MessageFactory.carousel(
      [CardFactory.heroCard('Tea', [PNG], [say('Buy', 't')]), CardFactory.heroCard('Coffee', [PNG], [say('Buy', 'c'), say('No', 'n')])],
      'Ours:',
    ),
    whatsapp: [
      { type: 'text', text: 'Ours:' },
      { type: 'image', url: PNG, text: 'Tea', choices: [{ id: 't', title: 'Buy' }] },
      {
        type: 'image',
        url: PNG,
        text: 'Coffee',
        choices: [
          { id: 'c', title: 'Buy' },
          { id: 'n', title: 'No' },
        ],
      },
    ],
    viber: [
      {
        type: 'carousel',
        text: 'Ours:',
        cards: [
          { imageUrl: PNG, text: 'Tea', choices: [{ id: 't', title: 'Buy' }] },
          {
            imageUrl: PNG,
            text: 'Coffee',
            choices: [
              { id: 'c', title: 'Buy' },
              { id: 'n', title: 'No' },
            ],
          },
        ],
      },
    ],
  },
  {
    name: 'a video card',
    activity: MessageFactory.attachment(CardFactory.videoCard('Tea', ['https://example.org/a.mp4'], [say('Buy', 'b')])),
    whatsapp: [{ type: 'video', url: 'https://example.org/a.mp4', text: 'Tea', choices: [{ id: 'b', title: 'Buy' }] }],
  },
  {
    name: 'an audio card, and an animation',
    activity: {
      attachments: [
        CardFactory.audioCard('Song', ['https://example.org/a.mp3']),
        CardFactory.animationCard('', ['https://example.org/a.gif']),
      ],
    },
    whatsapp: [
      { type: 'audio', url: 'https://example.org/a.mp3' },
      { type: 'text', text: 'Song' },
      { type: 'image', url: 'https://example.org/a.gif' },
    ],
  },
  {
    name: 'an adaptive card that says what to show instead',
    activity: MessageFactory.attachment(CardFactory.adaptiveCard({ fallbackText: 'Tea, 2 €' })),
    whatsapp: [{ type: 'text', text: 'Tea, 2 €' }],
  },
  {
    name: 'a place',
    activity: {
      text: 'Here:',
      entities: [
        { type: 'Place', name: 'Zoo', address: 'Berlin', geo: { type: 'GeoCoordinates', latitude: 52.5, longitude: 0 } },
        { type: 'mention' },
      ],
    },
    whatsapp: [
      { type: 'text', text: 'Here:' },
      { type: 'location', latitude: 52.5, longitude: 0, name: 'Zoo', address: 'Berlin' },
    ],
  },
  {
    name: "the provider's own JSON",
    activity: { text: 'for other channels', channelData: { type: 'sticker', sticker: { id: '7' } } },
    whatsapp: [{ type: 'native', body: { type: 'sticker', sticker: { id: '7' } } }],
  },
  {
    name: 'a reaction to what the turn answers',
    activity: { type: 'messageReaction', reactionsAdded: [{ type: '👍' }], replyToId: 'wamid.1' },
    whatsapp: [{ type: 'reaction', emoji: '👍', messageId: 'wamid.1' }],
  },
  {
    name: 'a text longer than a message',
    activity: { text: long(1_600) },
    whatsapp: [
      { type: 'text', text: long(819) },
      { type: 'text', text: long(781) },
    ],
    viber: [
      { type: 'text', text: long(1_400) },
      { type: 'text', text: long(200) },
    ],
  },
  {
    name: 'a text longer than fits above buttons',
    activity: MessageFactory.suggestedActions(['Tea'], long(300)),
    whatsapp: [
      { type: 'text', text: long(205) },
      { type: 'text', text: long(95), choices: [tea] },
    ],
    viber: [{ type: 'text', text: long(300), choices: [tea] }],
  },
  {
    name: 'a text longer than a caption',
    activity: { text: long(300), attachments: [file('image/png')] },
    whatsapp: [
      { type: 'image', url: 'https://example.org/image/png' },
      { type: 'text', text: long(300) },
    ],
    viber: [{ type: 'image', url: 'https://example.org/image/png', text: long(300) }],
  },
  {
    name: 'a text longer than a caption, with actions',
    activity: { ...MessageFactory.suggestedActions(['Tea'], long(300)), attachments: [file('image/png')] },
    whatsapp: [
      { type: 'image', url: 'https://example.org/image/png' },
      { type: 'text', text: long(205) },
      { type: 'text', text: long(95), choices: [tea] },
    ],
    viber: [{ type: 'image', url: 'https://example.org/image/png', text: long(300), choices: [tea] }],
  },
  {
    name: 'nothing: signals, and messages without anything in them',
    activity: { type: 'trace', text: 'x', channelData: { a: 1 } },
    whatsapp: [],
  },
];

describe('what a bot sends, as messages', () => {
  for (const { name, activity, whatsapp, viber = whatsapp } of CASES)
    it(name, () => {
      expect(messagesOf(activity, WHATSAPP), 'WhatsApp').to.deep.equal(whatsapp);
      expect(messagesOf(activity, VIBER), 'Viber').to.deep.equal(viber);
    });

  it('is nothing for all other types of activity, and for empty messages', () => {
    for (const type of ['typing', 'delay', 'event', 'endOfConversation', 'handoff', 'invokeResponse'])
      expect(messagesOf({ type, text: 'x' }, WHATSAPP)).to.deep.equal([]);
    expect(messagesOf({ text: ' ' }, WHATSAPP)).to.deep.equal([]);
  });

  it('is refused aloud where a part of it could not be shown', () => {
    const refused: readonly [Partial<Activity>, string][] = [
      [MessageFactory.attachment(CardFactory.adaptiveCard({})), 'send/unknown-card'],
      [MessageFactory.attachment(CardFactory.receiptCard({ title: 'x' } as never)), 'send/unknown-card'],
      [{ attachments: [{ contentType: 'image/png', contentUrl: 'data:image/png;base64,AA' }] }, 'send/no-public-address'],
      [{ attachments: [{ contentType: 'image/png' }] }, 'send/no-public-address'],
      [MessageFactory.suggestedActions([say('x', 'y'.repeat(300))], 'x'), 'send/value-too-long'],
    ];
    for (const [activity, code] of refused)
      expect(() => messagesOf(activity, WHATSAPP), code)
        .to.throw()
        .that.deep.includes({ name: 'SendFailed', kind: 'rejected', code });
  });
});
