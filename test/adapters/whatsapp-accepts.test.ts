import { expect } from 'chai';
import { accepts } from '../../adapters/whatsapp/accepts.js';
import { outbound, settings } from '../../adapters/whatsapp/cases.js';
import { recipientOf, recipientRefusal } from '../../adapters/whatsapp/emulator/recipient.js';
import whatsapp from '../../adapters/whatsapp/index.js';
import type { JsonObject } from '../../src/contract/index.js';
import { aRequest } from '../support/a-request.js';

const { value: config } = whatsapp.config.validate(settings);
const body = (content: JsonObject): JsonObject => ({ messaging_product: 'whatsapp', to: '+4915112345678', ...content });
const text = (words: string): JsonObject => body({ type: 'text', text: { body: words } });
const interactive = (content: JsonObject): JsonObject => body({ type: 'interactive', interactive: { body: { text: 'T' }, ...content } });
const reply = (id: string, title: string): JsonObject => ({ type: 'reply', reply: { id, title } });
const buttons = (...list: readonly JsonObject[]): JsonObject => interactive({ type: 'button', action: { buttons: list } });
const row = (id: string, title = 'T', description?: string): JsonObject => ({
  id,
  title,
  ...(description === undefined ? {} : { description }),
});
const list = (...sections: readonly JsonObject[]): JsonObject => interactive({ type: 'list', action: { button: 'Menu', sections } });
const template = (components: readonly JsonObject[], name = 'order'): JsonObject =>
  body({ type: 'template', template: { name, language: { code: 'en' }, components } });
const words = (parameter: JsonObject): JsonObject => template([{ type: 'body', parameters: [{ type: 'text', ...parameter }] }]);
const LINK = { name: 'cta_url', parameters: { display_text: 'Open', url: 'https://x/a' } };
const card = (card_index: number, more: JsonObject = {}): JsonObject => ({
  card_index,
  type: 'cta_url',
  header: { type: 'image', image: { link: 'https://x/a.png' } },
  body: { text: 'T' },
  action: LINK,
  ...more,
});
const ADA = { name: { formatted_name: 'Ada Lovelace', first_name: 'Ada' } };
const FORM = { name: 'flow', parameters: { flow_message_version: '3', flow_id: '1', flow_cta: 'Open' } };
const form = (parameters: JsonObject) =>
  interactive({ type: 'flow', action: { ...FORM, parameters: { ...FORM.parameters, ...parameters } } });
const products = (...sections: readonly JsonObject[]) =>
  interactive({ type: 'product_list', header: { type: 'text', text: 'Ours' }, action: { catalog_id: '1', sections } });
const cards = (...all: readonly JsonObject[]): JsonObject => interactive({ type: 'carousel', action: { cards: all } });
const QUICK = { buttons: [{ type: 'quick_reply', quick_reply: { id: 'a', title: 'A' } }] };
const X = (count: number) => 'ж'.repeat(count);

const TAKEN: Readonly<Record<string, JsonObject>> = {
  'the longest text': text(X(4_096)),
  'a text of emoji, which count once each': text('👋'.repeat(4_096)),
  'a number as people write it': { ...text('T'), to: '+49 (151) 1234-5678' },
  'a user id': { messaging_product: 'whatsapp', recipient: 'DE.1234', type: 'text', text: { body: 'T' } },
  'a group': { ...text('T'), to: 'Y2FwaV9ncm91cA', recipient_type: 'group' },
  'three buttons': buttons(reply('1', X(20)), reply('2', 'B'), reply(X(256), 'C')),
  'a picture above buttons': interactive({
    type: 'button',
    header: { type: 'image', image: { link: 'https://x/a.png' } },
    action: { buttons: [reply('a', 'A')] },
  }),
  'ten rows in two sections': list(
    { title: 'One', rows: ['1', '2', '3', '4', '5'].map((id) => row(id)) },
    { title: 'Two', rows: ['6', '7', '8', '9', X(200)].map((id) => row(id, X(24), X(72))) },
  ),
  'a section without a title where it is alone': list({ rows: [row('1')] }),
  'a link': interactive({ type: 'cta_url', action: LINK }),
  'a question for the place': interactive({ type: 'location_request_message', action: { name: 'send_location' } }),
  'a product without words': body({
    type: 'interactive',
    interactive: { type: 'product', action: { catalog_id: '1', product_retailer_id: '2' } },
  }),
  'two cards with links': cards(card(0), card(1)),
  'two cards with buttons': cards(card(0, { action: QUICK }), card(1, { action: QUICK })),
  'a template with four blanks in a row': words({ text: 'a    b' }),
  'a template with a name for its parameter': words({ text: 'Ada', parameter_name: 'first_name' }),
  'a template with a button': template([
    { type: 'button', sub_type: 'quick_reply', index: '0', parameters: [{ type: 'payload', payload: 'yes' }] },
  ]),
  'a place at zero': body({ type: 'location', location: { latitude: 0, longitude: 0 } }),
  '257 contacts': body({ type: 'contacts', contacts: Array.from({ length: 257 }, () => ADA) }),
  'a reaction by a flag': body({ type: 'reaction', reaction: { message_id: 'wamid.1', emoji: '🇩🇪' } }),
  'a reaction by a keycap': body({ type: 'reaction', reaction: { message_id: 'wamid.1', emoji: '1️⃣' } }),
  'a form': interactive({ type: 'flow', action: FORM }),
  'thirty products': interactive({
    type: 'product_list',
    header: { type: 'text', text: 'Ours' },
    action: {
      catalog_id: '1',
      sections: [{ title: 'Tea', product_items: Array.from({ length: 30 }, () => ({ product_retailer_id: 'tea' })) }],
    },
  }),
  'a template in the language of a country': body({ type: 'template', template: { name: 'order_2', language: { code: 'pt_BR' } } }),
  'a reaction that is taken back': body({ type: 'reaction', reaction: { message_id: 'wamid.1', emoji: '' } }),
  'that a message was read': { messaging_product: 'whatsapp', status: 'read', message_id: 'wamid.1', typing_indicator: { type: 'text' } },
};

/** [what is wrong, the body, Meta's code] */
const REFUSED: readonly (readonly [string, unknown, number])[] = [
  ['no object', [], 100],
  ['no product', { ...text('T'), messaging_product: undefined }, 100],
  ['nobody', { messaging_product: 'whatsapp', type: 'text', text: { body: 'T' } }, 100],
  ['a number with letters', { ...text('T'), to: 'call me' }, 131_009],
  ['a user id of another form', { messaging_product: 'whatsapp', recipient: 'de.1', type: 'text', text: { body: 'T' } }, 131_009],
  ['another kind of recipient', { ...text('T'), recipient_type: 'everybody' }, 131_009],
  ['a quote of nothing', { ...text('T'), context: {} }, 131_009],
  ['data that is too long', { ...text('T'), biz_opaque_callback_data: 'x'.repeat(513) }, 131_009],
  ['a read message without id', { messaging_product: 'whatsapp', status: 'read' }, 100],
  ['another status than read', { messaging_product: 'whatsapp', status: 'typing', message_id: 'wamid.1' }, 100],
  ['an unknown type', body({ type: 'hologram', hologram: {} }), 131_009],
  ['no object of its type', body({ type: 'image' }), 100],
  ['an object of another type beside', { ...text('T'), image: { link: 'https://x/a.png' } }, 131_009],
  ['an empty text', text(''), 131_009],
  ['a text of 4097', text(X(4_097)), 131_009],
  ['a preview that is neither yes nor no', body({ type: 'text', text: { body: 'T', preview_url: 'yes' } }), 131_009],
  ['a picture of nowhere', body({ type: 'image', image: {} }), 131_009],
  ['a picture by link and id', body({ type: 'image', image: { link: 'https://x/a.png', id: '1' } }), 131_009],
  ['a picture of a file', body({ type: 'image', image: { link: 'file:///etc/passwd' } }), 131_009],
  ['a picture with a file name', body({ type: 'image', image: { link: 'https://x/a.png', filename: 'a.png' } }), 131_009],
  ['a caption of 1025', body({ type: 'image', image: { link: 'https://x/a.png', caption: X(1_025) } }), 131_009],
  ['a caption under a voice', body({ type: 'audio', audio: { link: 'https://x/a.mp3', caption: 'T' } }), 131_009],
  ['a place beyond the pole', body({ type: 'location', location: { latitude: 91, longitude: 0 } }), 131_009],
  ['a place in words', body({ type: 'location', location: { latitude: '52', longitude: 13 } }), 131_009],
  ['a card of nobody', body({ type: 'contacts', contacts: [{ name: {} }] }), 131_009],
  ['a card without a part of the name', body({ type: 'contacts', contacts: [{ name: { formatted_name: 'Ada' } }] }), 131_009],
  ['258 cards of people', body({ type: 'contacts', contacts: Array.from({ length: 258 }, () => ADA) }), 131_009],
  ['a reaction in words', body({ type: 'reaction', reaction: { message_id: 'wamid.1', emoji: 'thanks' } }), 131_009],
  ['a reaction to nothing', body({ type: 'reaction', reaction: { emoji: '👍' } }), 131_009],
  ['an unknown kind of question', interactive({ type: 'quiz', action: {} }), 131_009],
  ['a question without an action', interactive({ type: 'button' }), 100],
  ['four buttons', buttons(...['1', '2', '3', '4'].map((id) => reply(id, id))), 131_009],
  ['no button', buttons(), 131_009],
  ['a button of no type', buttons({ reply: { id: 'a', title: 'A' } }), 131_009],
  ['a button title of 21', buttons(reply('a', X(21))), 131_009],
  ['a button without a title', buttons(reply('a', '')), 131_009],
  ['a button id of 257', buttons(reply(X(257), 'A')), 131_009],
  ['two buttons of one title', buttons(reply('a', 'A'), reply('b', 'A')), 131_009],
  ['two buttons of one id', buttons(reply('a', 'A'), reply('a', 'B')), 131_009],
  [
    'words above buttons that are too long',
    body({ type: 'interactive', interactive: { type: 'button', body: { text: X(1_025) }, action: { buttons: [reply('a', 'A')] } } }),
    131_009,
  ],
  [
    'a header of 61',
    interactive({ type: 'button', header: { type: 'text', text: X(61) }, action: { buttons: [reply('a', 'A')] } }),
    131_009,
  ],
  ['a footer of 61', interactive({ type: 'button', footer: { text: X(61) }, action: { buttons: [reply('a', 'A')] } }), 131_009],
  [
    'a sticker above buttons',
    interactive({ type: 'button', header: { type: 'sticker', sticker: { id: '1' } }, action: { buttons: [reply('a', 'A')] } }),
    131_009,
  ],
  [
    'a picture above a list',
    interactive({
      type: 'list',
      header: { type: 'image', image: { link: 'https://x/a.png' } },
      action: { button: 'Menu', sections: [{ rows: [row('1')] }] },
    }),
    131_009,
  ],
  ['a list button of 21', interactive({ type: 'list', action: { button: X(21), sections: [{ rows: [row('1')] }] } }), 131_009],
  ['eleven rows', list({ rows: Array.from({ length: 11 }, (_, i) => row(`${i}`)) }), 131_009],
  ['no row', list({ rows: [] }), 131_009],
  ['two sections of which one has no title', list({ title: 'One', rows: [row('1')] }, { rows: [row('2')] }), 131_009],
  ['a section title of 25', list({ title: X(25), rows: [row('1')] }), 131_009],
  ['a row title of 25', list({ rows: [row('1', X(25))] }), 131_009],
  ['a row id of 201', list({ rows: [row(X(201))] }), 131_009],
  ['a description of 73', list({ rows: [row('1', 'T', X(73))] }), 131_009],
  ['an empty description', list({ rows: [row('1', 'T', '')] }), 131_009],
  ['two rows of one id', list({ title: 'One', rows: [row('1')] }, { title: 'Two', rows: [row('1')] }), 131_009],
  [
    'a link to no address',
    interactive({ type: 'cta_url', action: { name: 'cta_url', parameters: { display_text: 'Open', url: 'x' } } }),
    131_009,
  ],
  [
    'a link with 21 letters on it',
    interactive({ type: 'cta_url', action: { name: 'cta_url', parameters: { display_text: X(21), url: 'https://x' } } }),
    131_009,
  ],
  [
    'a header above a question for the place',
    interactive({ type: 'location_request_message', header: { type: 'text', text: 'T' }, action: { name: 'send_location' } }),
    131_009,
  ],
  ['products without a header', interactive({ type: 'product_list', action: { catalog_id: '1', sections: [] } }), 100],
  ['no section of products', products(), 131_009],
  ['no product', products({ product_items: [] }), 131_009],
  ['thirty-one products', products({ product_items: Array.from({ length: 31 }, () => ({ product_retailer_id: 'tea' })) }), 131_009],
  [
    'products without a title among several',
    products({ title: 'A', product_items: [{ product_retailer_id: 'tea' }] }, { product_items: [] }),
    131_009,
  ],
  ['a product without its id', products({ product_items: [{}] }), 131_009],
  ['a product of no catalog', interactive({ type: 'product', action: { product_retailer_id: 'tea' } }), 131_009],
  ['a form of another version', form({ flow_message_version: '2' }), 131_009],
  ['a form by its id and its name', form({ flow_name: 'appointment' }), 131_009],
  ['a form of no id', form({ flow_id: undefined }), 131_009],
  ['a form with 31 letters on its button', form({ flow_cta: X(31) }), 131_009],
  ['an address of no country', interactive({ type: 'address_message', action: { name: 'address_message' } }), 131_009],
  ['a question for the number under another name', interactive({ type: 'request_contact_info', action: { name: 'ask' } }), 131_009],
  ['a button id with a space at its end', buttons(reply('a ', 'A')), 131_009],
  ['a section without rows', list({ title: 'One', rows: [row('1')] }, { title: 'Two', rows: [] }), 131_009],
  [
    'a caption in a header',
    interactive({
      type: 'button',
      header: { type: 'image', image: { link: 'https://x/a.png', caption: 'T' } },
      action: { buttons: [reply('a', 'A')] },
    }),
    131_009,
  ],
  ['one card', cards(card(0)), 131_009],
  ['eleven cards', cards(...Array.from({ length: 11 }, (_, i) => card(i))), 131_009],
  ['cards that are counted wrongly', cards(card(0), card(2)), 131_009],
  ['cards of which one has buttons', cards(card(0), card(1, { action: QUICK })), 131_009],
  ['a card without a picture', cards(card(0), card(1, { header: { type: 'text', text: 'T' } })), 131_009],
  ['a card with 161 letters', cards(card(0), card(1, { body: { text: X(161) } })), 131_009],
  ['a card with four lines', cards(card(0), card(1, { body: { text: '1\n2\n3\n4' } })), 131_009],
  ['a footer under cards', interactive({ type: 'carousel', footer: { text: 'T' }, action: { cards: [card(0), card(1)] } }), 131_009],
  ['a template without a name', template([], ''), 131_009],
  ['a component of no kind', template([{ parameters: [] }]), 131_009],
  ['a button component without its place', template([{ type: 'button', sub_type: 'url', parameters: [] }]), 131_009],
  [
    'a header of two parameters',
    template([
      {
        type: 'header',
        parameters: [
          { type: 'text', text: 'a' },
          { type: 'text', text: 'b' },
        ],
      },
    ]),
    131_009,
  ],
  ['a template with a name of capitals', template([], 'Order'), 132_001],
  ['a template in a language with a hyphen', body({ type: 'template', template: { name: 'order', language: { code: 'en-US' } } }), 132_001],
  ['a header of 61 letters in a template', template([{ type: 'header', parameters: [{ type: 'text', text: X(61) }] }]), 132_005],
  ['a parameter name with a capital', words({ text: 'Ada', parameter_name: 'Name' }), 131_009],
  ['an empty parameter', words({ text: '' }), 131_008],
  ['a parameter with a line break', words({ text: 'a\nb' }), 100],
  ['a parameter with a tab', words({ text: 'a\tb' }), 100],
  ['a parameter with five blanks in a row', words({ text: 'a     b' }), 100],
];

describe('what Meta accepts', () => {
  it('includes every kind of message, up to its limits', () => {
    for (const [name, taken] of Object.entries(TAKEN)) expect(accepts(aRequest(taken)), name).to.equal(undefined);
  });

  for (const [what, refused, code] of REFUSED)
    it(`refuse with ${code}: ${what}`, () => {
      expect(accepts(aRequest(refused))?.code).to.equal(`${code}`);
    });

  it('take every message that the adapter writes', () => {
    for (const { name, to = '491511', message } of outbound.filter((one) => one.message.type !== 'native'))
      for (const request of whatsapp.render(to, message, config, 's1.1.1')) expect(accepts(request), name).to.equal(undefined);
  });

  it('look at the recipient: not oneself, and after 24 hours only by a template', () => {
    const now = Date.parse('2026-11-24T09:00:00.000Z');
    const HOURS = 3_600_000;
    const code = (sent: JsonObject, wroteAt?: number) => recipientRefusal(sent, { own: '15550783881', now, wroteAt: () => wroteAt })?.code;
    expect(code({ ...text('T'), to: '+1 555 078-3881' }, now)).to.equal('131021');
    expect([code(text('T'), now - 24 * HOURS + 1), code(text('T'), now - 24 * HOURS), code(text('T'))]).to.deep.equal([
      undefined,
      '131047',
      '131047',
    ]);
    expect(code(template([]))).to.equal(undefined);
    expect(code({ ...text('T'), to: 'Y2FwaV9ncm91cA', recipient_type: 'group' })).to.equal(undefined);
    expect(recipientRefusal(text('T'), { own: '1', now }), 'where windows are not looked at').to.equal(undefined);
    expect([recipientOf(text('T')), recipientOf({ recipient: 'DE.1' }), recipientOf({ to: 'a1', recipient_type: 'group' })]).to.deep.equal([
      '4915112345678',
      'DE.1',
      'a1',
    ]);
  });
});
