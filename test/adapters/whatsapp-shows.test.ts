import { expect } from 'chai';
import { shows } from '../../adapters/whatsapp/shows.js';
import type { JsonObject, Shown } from '../../src/contract/index.js';
import { aRequest } from '../support/a-request.js';

const interactive = (content: JsonObject): JsonObject => ({ type: 'interactive', interactive: { body: { text: 'Well?' }, ...content } });
const PICTURE = { type: 'image', image: { link: 'https://x/a.png' } };
const MEDIA = { kind: 'image', url: 'https://x/a.png' } as const;
const reply = (id: string) => ({ type: 'reply', reply: { id, title: id.toUpperCase() } });
const button = (id: string) => ({ id, title: id.toUpperCase(), does: 'reply' }) as const;

/** [what is sent, its content in Meta's JSON, what is shown] */
const SHOWN: readonly (readonly [string, JsonObject, Shown])[] = [
  ['a text', { type: 'text', text: { body: 'Hi', preview_url: true } }, { kind: 'text', text: 'Hi' }],
  ['a text without a type', { text: { body: 'Hi' } }, { kind: 'text', text: 'Hi' }],
  ['a quote', { context: { message_id: 'wamid.1' }, type: 'text', text: { body: 'Hi' } }, { kind: 'text', text: 'Hi', isQuoting: true }],
  [
    'a picture with a caption',
    { type: 'image', image: { link: 'https://x/a.png', caption: 'Look' } },
    { kind: 'image', text: 'Look', media: MEDIA },
  ],
  ['a video by its id', { type: 'video', video: { id: '7' } }, { kind: 'video', media: { kind: 'video', id: '7' } }],
  [
    'a voice',
    { type: 'audio', audio: { link: 'https://x/a.ogg', voice: true } },
    { kind: 'audio', media: { kind: 'audio', url: 'https://x/a.ogg' } },
  ],
  [
    'a document',
    { type: 'document', document: { link: 'https://x/a.pdf', filename: 'Bill.pdf', caption: 'Your bill' } },
    { kind: 'document', text: 'Your bill', media: { kind: 'document', url: 'https://x/a.pdf', name: 'Bill.pdf' } },
  ],
  ['a sticker', { type: 'sticker', sticker: { id: '7' } }, { kind: 'sticker', media: { kind: 'sticker', id: '7' } }],
  [
    'a place',
    { type: 'location', location: { latitude: 0, longitude: -2.5, name: 'Shop', address: 'Street 1' } },
    { kind: 'location', place: { latitude: 0, longitude: -2.5, name: 'Shop', address: 'Street 1' } },
  ],
  [
    'contacts',
    {
      type: 'contacts',
      contacts: [
        {
          name: { formatted_name: 'Bob', first_name: 'Bob' },
          phones: [{ phone: '+1650', type: 'CELL' }],
          emails: [{ email: 'bob@x.example' }],
        },
        { name: { formatted_name: 'Eva' } },
      ],
    },
    { kind: 'contacts', people: [{ name: 'Bob', phone: '+1650', email: 'bob@x.example' }, { name: 'Eva' }] },
  ],
  ['a reaction', { type: 'reaction', reaction: { message_id: 'wamid.1', emoji: '👍' } }, { kind: 'reaction', emoji: '👍' }],
  ['a reaction that is taken back', { type: 'reaction', reaction: { message_id: 'wamid.1', emoji: '' } }, { kind: 'reaction' }],
  [
    'reply buttons with a header and a footer',
    interactive({
      type: 'button',
      header: { type: 'text', text: 'Tea' },
      footer: { text: 'Today only' },
      action: { buttons: [reply('yes'), reply('no')] },
    }),
    { kind: 'text', header: 'Tea', text: 'Well?', footer: 'Today only', buttons: [button('yes'), button('no')] },
  ],
  [
    'a picture above buttons',
    interactive({ type: 'button', header: PICTURE, action: { buttons: [reply('yes')] } }),
    { kind: 'image', text: 'Well?', media: MEDIA, buttons: [button('yes')] },
  ],
  [
    'a list with sections and descriptions',
    interactive({
      type: 'list',
      action: {
        button: 'Menu',
        sections: [
          { title: 'Hot', rows: [{ id: 'tea', title: 'Tea', description: 'from Assam' }] },
          { title: 'Cold', rows: [{ id: 'ice', title: 'Ice tea' }] },
        ],
      },
    }),
    {
      kind: 'text',
      text: 'Well?',
      list: {
        button: 'Menu',
        sections: [
          { title: 'Hot', rows: [{ id: 'tea', title: 'Tea', description: 'from Assam' }] },
          { title: 'Cold', rows: [{ id: 'ice', title: 'Ice tea' }] },
        ],
      },
    },
  ],
  [
    'a link below a picture',
    interactive({ type: 'cta_url', header: PICTURE, action: { name: 'cta_url', parameters: { display_text: 'Open', url: 'https://x/' } } }),
    { kind: 'link', text: 'Well?', media: MEDIA, buttons: [{ title: 'Open', does: 'url', url: 'https://x/' }] },
  ],
  [
    'cards with links and cards with replies',
    interactive({
      type: 'carousel',
      action: {
        cards: [
          {
            card_index: 0,
            header: PICTURE,
            body: { text: 'One' },
            action: { name: 'cta_url', parameters: { display_text: 'Buy', url: 'https://x/1' } },
          },
          {
            card_index: 1,
            header: { type: 'video', video: { link: 'https://x/b.mp4' } },
            action: { buttons: [{ type: 'quick_reply', quick_reply: { id: 'two', title: 'TWO' } }] },
          },
        ],
      },
    }),
    {
      kind: 'carousel',
      text: 'Well?',
      cards: [
        { media: MEDIA, text: 'One', buttons: [{ title: 'Buy', does: 'url', url: 'https://x/1' }] },
        { media: { kind: 'video', url: 'https://x/b.mp4' }, buttons: [button('two')] },
      ],
    },
  ],
  [
    'a template with a file, values of every kind, and buttons',
    {
      type: 'template',
      template: {
        name: 'order',
        language: { code: 'en_US' },
        components: [
          { type: 'header', parameters: [{ type: 'document', document: { link: 'https://x/a.pdf', filename: 'Bill.pdf' } }] },
          {
            type: 'body',
            parameters: [
              { type: 'text', text: 'Ada', parameter_name: 'first_name' },
              { type: 'currency', currency: { fallback_value: '4,50 €', code: 'EUR', amount_1000: 4_500 } },
              { type: 'date_time', date_time: { fallback_value: 'Monday' } },
            ],
          },
          { type: 'button', sub_type: 'quick_reply', index: '0', parameters: [{ type: 'payload', payload: 'yes' }] },
          { type: 'button', sub_type: 'url', index: '1', parameters: [{ type: 'text', text: 'order/7' }] },
          { type: 'BUTTON', sub_type: 'copy_code', index: '2', parameters: [{ type: 'coupon_code', coupon_code: 'TEA10' }] },
        ],
      },
    },
    {
      kind: 'template',
      media: { kind: 'document', url: 'https://x/a.pdf', name: 'Bill.pdf' },
      template: { name: 'order', language: 'en_US', values: ['Ada', '4,50 €', 'Monday', 'order/7', 'TEA10'] },
      buttons: [{ id: 'yes', title: 'yes', does: 'reply' }],
    },
  ],
  [
    'a template without values',
    { type: 'template', template: { name: 'hello', language: { code: 'de' } } },
    { kind: 'template', template: { name: 'hello', language: 'de' } },
  ],
  [
    'a template with cards',
    {
      type: 'template',
      template: {
        name: 'offers',
        language: { code: 'en' },
        components: [
          { type: 'body', parameters: [{ type: 'text', text: 'Ada' }] },
          {
            type: 'carousel',
            cards: [
              {
                card_index: 0,
                components: [
                  { type: 'header', parameters: [PICTURE] },
                  { type: 'body', parameters: [{ type: 'text', text: 'Tea' }] },
                  { type: 'button', sub_type: 'quick_reply', index: '0', parameters: [{ type: 'payload', payload: 'TEA' }] },
                ],
              },
            ],
          },
        ],
      },
    },
    {
      kind: 'template',
      template: { name: 'offers', language: 'en', values: ['Ada', 'Tea'] },
      cards: [{ media: MEDIA, buttons: [{ id: 'TEA', title: 'TEA', does: 'reply' }] }],
    },
  ],
  [
    'a question for the place',
    interactive({ type: 'location_request_message', action: { name: 'send_location' } }),
    { kind: 'text', text: 'Well?', buttons: [{ title: 'Send location', does: 'location' }] },
  ],
  [
    'a question for the phone number',
    interactive({ type: 'request_contact_info', action: { name: 'request_contact_info' } }),
    { kind: 'text', text: 'Well?', buttons: [{ title: 'Share contact info', does: 'phone' }] },
  ],
  [
    'a form',
    interactive({
      type: 'flow',
      header: { type: 'text', text: 'Form' },
      action: { name: 'flow', parameters: { flow_id: '1', flow_cta: 'Fill in' } },
    }),
    { kind: 'form', header: 'Form', text: 'Well?', buttons: [{ title: 'Fill in', does: 'form' }] },
  ],
  [
    'a form for the address',
    interactive({ type: 'address_message', action: { name: 'address_message', parameters: { country: 'IN' } } }),
    { kind: 'form', text: 'Well?', buttons: [{ title: 'Provide address', does: 'form' }] },
  ],
  [
    'a product',
    { type: 'interactive', interactive: { type: 'product', action: { catalog_id: '1', product_retailer_id: 'tea' } } },
    { kind: 'product', buttons: [{ id: 'tea', title: 'View', does: 'catalog' }] },
  ],
  [
    'products',
    interactive({
      type: 'product_list',
      header: { type: 'text', text: 'Ours' },
      action: {
        catalog_id: '1',
        sections: [{ title: 'Hot', product_items: [{ product_retailer_id: 'tea' }, { product_retailer_id: 'milk' }] }],
      },
    }),
    {
      kind: 'products',
      header: 'Ours',
      text: 'Well?',
      list: {
        button: 'View items',
        sections: [
          {
            title: 'Hot',
            rows: [
              { id: 'tea', title: 'tea' },
              { id: 'milk', title: 'milk' },
            ],
          },
        ],
      },
    },
  ],
  [
    'the catalog',
    interactive({ type: 'catalog_message', action: { name: 'catalog_message', parameters: { thumbnail_product_retailer_id: 'tea' } } }),
    { kind: 'catalog', text: 'Well?', buttons: [{ title: 'View catalog', does: 'catalog' }] },
  ],
  [
    'a button that calls',
    interactive({ type: 'voice_call', action: { name: 'voice_call', parameters: { display_text: 'Call us' } } }),
    { kind: 'call', text: 'Well?', buttons: [{ title: 'Call us', does: 'call' }] },
  ],
  [
    'a question whether one may call',
    interactive({ type: 'call_permission_request', action: { name: 'call_permission_request' } }),
    { kind: 'call', text: 'Well?', buttons: [{ title: 'Choose preference', does: 'form' }] },
  ],
  [
    'an order to pay',
    interactive({ type: 'order_details', action: { name: 'review_and_pay', parameters: {} } }),
    { kind: 'order', text: 'Well?', buttons: [{ title: 'Review and pay', does: 'form' }] },
  ],
  ['the state of an order', interactive({ type: 'order_status', action: { name: 'review_order' } }), { kind: 'order', text: 'Well?' }],
  [
    'an interactive message of an unknown type',
    interactive({ type: 'quiz', action: { a: 1 } }),
    { kind: 'native', text: 'Well?', native: { body: { text: 'Well?' }, type: 'quiz', action: { a: 1 } } },
  ],
  ['an unknown type', { to: '+1', type: 'hologram', hologram: {} }, { kind: 'native', native: { type: 'hologram', hologram: {} } }],
];

describe('what WhatsApp shows', () => {
  for (const [what, content, shown] of SHOWN)
    it(`of ${what}`, () => {
      expect(shows(aRequest({ ...content }))).to.deep.equal(shown);
    });

  it('of a message that is marked as read, and of what is not JSON, is nothing', () => {
    expect(shows(aRequest({ messaging_product: 'whatsapp', status: 'read', message_id: 'wamid.1' }))).to.equal(undefined);
    expect(shows({ ...aRequest({}), body: 'hello' })).to.equal(undefined);
  });
});
