import type { AdapterCases, InboundEvent, OutboundMessage, ProviderReply } from '../../src/contract/index.js';

/** The settings that the cases run with; the fixtures are of the same account. */
export const settings = {
  phoneNumberId: '106540352242922',
  businessAccountId: '102290129340398',
  displayPhoneNumber: '+15550783881',
  accessToken: 'EAAsecret-token',
  appSecret: 'app-secret',
  verifyToken: 'verify-me',
};

/** Members that every request has, and that `outbound` leaves out. */
export const envelope: readonly string[] = ['messaging_product', 'recipient_type', 'biz_opaque_callback_data'];

/** A webhook that is signed as Meta does with the secret above. */
export const signed = {
  body: '{"object":"whatsapp_business_account","entry":[]}',
  headers: { 'x-hub-signature-256': 'sha256=d3e4f9da0ce6c71ab3dba55929b8eeeee2455349e534924ead19f98d143e904f' },
};

const ADA = { identities: ['whatsapp:16505551234', 'phone:+16505551234'], address: '16505551234', name: 'Sheena Nelson' };
type MessageMembers = Omit<Extract<InboundEvent, { type: 'message' }>['message'], 'id' | 'platform' | 'from' | 'sentAt'> & {
  readonly from?: typeof ADA;
  readonly sentAt?: string;
};
type ReceiptMembers = Extract<InboundEvent, { type: 'receipt' }>['receipt'];
const message = (id: string, more: MessageMembers): InboundEvent => ({
  account: settings.phoneNumberId,
  type: 'message',
  id: `wa:${id}`,
  message: { id, platform: 'whatsapp', from: ADA, sentAt: '2025-02-12T01:10:24.000Z', ...more },
});
const receipt = (providerId: string, status: ReceiptMembers['status'], more: Partial<ReceiptMembers> = {}): InboundEvent => ({
  account: settings.phoneNumberId,
  type: 'receipt',
  receipt: { providerId, status, at: '2025-02-12T01:10:24.000Z', ...more },
});

/** The events of each fixture, without `raw`. */
export const inbound: Readonly<Record<string, readonly InboundEvent[]>> = {
  'text.json': [message('wamid.text', { type: 'text', text: 'Hi @you / 👍' })],
  'image-with-caption.json': [message('wamid.image', { type: 'image', text: 'Look', mediaId: '1234', mimeType: 'image/jpeg' })],
  'voice-note.json': [message('wamid.voice', { type: 'audio', text: '', mediaId: '1234', mimeType: 'audio/ogg; codecs=opus' })],
  'document.json': [
    message('wamid.document', { type: 'document', text: '', mediaId: '1', mimeType: 'application/pdf', fileName: 'Rechnung – März.pdf' }),
  ],
  'location-at-zero.json': [message('wamid.location', { type: 'location', text: 'Null Island', latitude: 0, longitude: 0 })],
  'button-reply.json': [message('wamid.button', { type: 'choice', choice: 'yes', title: 'Yes', text: 'Yes', replyTo: 'wamid.asked' })],
  'order.json': [
    message('wamid.order', {
      type: 'order',
      text: 'Without onions, please',
      form: {
        catalog_id: '194836987003835',
        text: 'Without onions, please',
        product_items: [
          { product_retailer_id: 'soup', quantity: 2, item_price: 4.5, currency: 'EUR' },
          { product_retailer_id: 'pie', quantity: 1, item_price: 9, currency: 'EUR' },
        ],
      },
      order: {
        catalogId: '194836987003835',
        items: [
          { id: 'soup', quantity: 2, price: 4.5, currency: 'EUR' },
          { id: 'pie', quantity: 1, price: 9, currency: 'EUR' },
        ],
        text: 'Without onions, please',
      },
    }),
  ],
  'list-reply.json': [message('wamid.list', { type: 'choice', choice: 'k-2', title: 'Second', text: 'Second' })],
  'template-button-without-payload.json': [
    message('wamid.template', { type: 'choice', choice: 'Pay now', title: 'Pay now', text: 'Pay now' }),
  ],
  'flow-reply.json': [message('wamid.form', { type: 'form', text: '', form: { flow_token: 't', name: 'Ada' } })],
  'flow-reply-with-broken-json.json': [message('wamid.broken', { type: 'form', text: '', form: null })],
  'reaction-taken-back.json': [message('wamid.reaction', { type: 'reaction', text: '', emoji: '', replyTo: 'wamid.x' })],
  'forwarded.json': [message('wamid.forwarded', { type: 'text', text: 'from a friend', forwarded: true })],
  'ad-click.json': [
    message('wamid.ad', { type: 'text', text: 'Hello', referral: { source_id: '23851', source_type: 'ad', headline: 'Sale' } }),
  ],
  'user-id-alone.json': [
    message('wamid.bsuid', {
      type: 'text',
      text: 'Hi',
      from: { identities: ['whatsapp:US.13491208655302741918'], address: 'US.13491208655302741918', name: 'Shy' },
    }),
  ],
  'user-id-and-phone.json': [
    message('wamid.both', {
      type: 'text',
      text: 'Hi',
      from: { ...ADA, identities: ['whatsapp:US.13491208655302741918', ...ADA.identities] },
    }),
  ],
  'changed-number.json': [
    {
      account: settings.phoneNumberId,
      type: 'identities',
      id: 'wa:wamid.system',
      from: {
        identities: ['whatsapp:16505559999', 'phone:+16505559999', 'whatsapp:16505551234', 'phone:+16505551234'],
        address: '16505559999',
      },
      isChange: true,
    },
  ],
  'rotation-without-sender.json': [
    {
      account: settings.phoneNumberId,
      type: 'identities',
      id: 'wa:wamid.rotation',
      from: { identities: ['whatsapp:US.NEW1', 'whatsapp:US.OLD1'], address: 'US.NEW1' },
      isChange: true,
    },
  ],
  // The card of a contact may be anybody's; a number that was requested is the person's own.
  'contact-of-a-friend.json': [
    message('wamid.friend', {
      type: 'contacts',
      text: 'Bob',
      contact: [{ name: { formatted_name: 'Bob' }, phones: [{ phone: '+1 650-555-7777', wa_id: '16505557777', type: 'CELL' }] }],
    }),
  ],
  'own-number-on-request.json': [
    message('wamid.own', {
      type: 'contacts',
      text: '+1 650-555-7777',
      contact: [{ phones: [{ phone: '+1 650-555-7777', wa_id: '16505557777', type: 'CELL' }], origin: 'contact_request' }],
      from: {
        identities: ['whatsapp:US.13491208655302741918', 'whatsapp:16505557777', 'phone:+16505557777'],
        address: 'US.13491208655302741918',
        name: 'Sheena Nelson',
      },
    }),
  ],
  'user-id-update.json': [
    {
      account: settings.phoneNumberId,
      type: 'identities',
      id: 'wa:US.OLD1:US.NEW1',
      from: { identities: ['whatsapp:US.NEW1', 'whatsapp:16505551234', 'phone:+16505551234', 'whatsapp:US.OLD1'], address: '16505551234' },
      isChange: true,
    },
  ],
  'statuses.json': [
    receipt('wamid.1', 'sent', { effectId: 's1.2.1' }),
    receipt('wamid.1', 'read'),
    receipt('wamid.2', 'failed', { error: { kind: 'rejected', code: '131026', message: 'Message undeliverable: Receiver is incapable' } }),
  ],
  'two-people-and-bad-neighbours.json': [message('wamid.good', { type: 'text', text: 'good' })],
  'time-that-is-an-object.json': [message('wamid.timeless', { type: 'text', text: 'Hi @you / 👍', sentAt: '2026-11-24T09:00:00.000Z' })],
  'unsupported.json': [message('wamid.u', { type: 'unsupported', text: '' })],
  'edit.json': [message('wamid.edit', { type: 'edit', text: '' })],
  'revoke.json': [message('wamid.revoke', { type: 'revoke', text: '' })],
  'location-without-type.json': [message('wamid.place', { type: 'location', text: '', latitude: 52.5, longitude: 13.4 })],
  'often-forwarded.json': [message('wamid.often', { type: 'text', text: 'news', forwarded: true })],
  'group-message.json': [message('wamid.g', { type: 'text', text: 'to all', group: 'g1' })],
  'echo-of-the-business-app.json': [],
  'template-status.json': [],
  'degenerate.json': [],
};

/** Messages, and the bodies of their requests. */
export const outbound: readonly {
  readonly name: string;
  readonly to?: string;
  readonly message: OutboundMessage;
  readonly bodies: readonly object[];
}[] = [
  {
    name: 'a text to a phone',
    message: { type: 'text', text: 'Hi', previewUrl: true },
    bodies: [{ to: '+491511', type: 'text', text: { body: 'Hi', preview_url: true } }],
  },
  {
    name: 'a text to a user id',
    to: 'US.1349',
    message: { type: 'text', text: 'Hi' },
    bodies: [{ recipient: 'US.1349', type: 'text', text: { body: 'Hi' } }],
  },
  {
    name: 'a quote',
    message: { type: 'text', text: 'Hi', replyTo: 'wamid.q' },
    bodies: [{ to: '+491511', context: { message_id: 'wamid.q' }, type: 'text', text: { body: 'Hi' } }],
  },
  {
    name: 'a document',
    message: { type: 'document', url: 'https://x/a.pdf', fileName: 'A.pdf', text: 'Bill' },
    bodies: [{ to: '+491511', type: 'document', document: { link: 'https://x/a.pdf', filename: 'A.pdf', caption: 'Bill' } }],
  },
  {
    name: 'a picture with a blank text has no caption',
    message: { type: 'image', url: 'https://x/a.png', text: ' \n' },
    bodies: [{ to: '+491511', type: 'image', image: { link: 'https://x/a.png' } }],
  },
  {
    name: 'contacts, each with what is known of it',
    message: {
      type: 'contacts',
      contacts: [
        { name: 'Bob', phone: '+1650' },
        { name: 'Eva', email: 'eva@x.example' },
      ],
    },
    bodies: [
      {
        to: '+491511',
        type: 'contacts',
        contacts: [
          { name: { formatted_name: 'Bob', first_name: 'Bob' }, phones: [{ phone: '+1650', type: 'CELL' }] },
          { name: { formatted_name: 'Eva', first_name: 'Eva' }, emails: [{ email: 'eva@x.example', type: 'WORK' }] },
        ],
      },
    ],
  },
  {
    name: 'up to three choices are buttons',
    message: {
      type: 'text',
      text: 'Pick',
      footer: 'F',
      choices: [
        { id: 'a', title: 'A' },
        { id: 'b', title: 'B' },
      ],
    },
    bodies: [
      {
        to: '+491511',
        type: 'interactive',
        interactive: {
          type: 'button',
          body: { text: 'Pick' },
          footer: { text: 'F' },
          action: {
            buttons: [
              { type: 'reply', reply: { id: 'a', title: 'A' } },
              { type: 'reply', reply: { id: 'b', title: 'B' } },
            ],
          },
        },
      },
    ],
  },
  {
    name: 'titles that are cut stay different',
    message: {
      type: 'text',
      text: 'Pick',
      choices: [
        { id: 'a', title: 'The very same beginning 1' },
        { id: 'b', title: 'The very same beginning 2' },
      ],
    },
    bodies: [
      {
        to: '+491511',
        type: 'interactive',
        interactive: {
          type: 'button',
          body: { text: 'Pick' },
          action: {
            buttons: [
              { type: 'reply', reply: { id: 'a', title: 'The very same begin…' } },
              { type: 'reply', reply: { id: 'b', title: 'The very same beg… 2' } },
            ],
          },
        },
      },
    ],
  },
  {
    name: 'a picture with buttons carries them',
    message: { type: 'image', url: 'https://x/a.png', text: 'Which?', choices: [{ id: 'a', title: 'A' }] },
    bodies: [
      {
        to: '+491511',
        type: 'interactive',
        interactive: {
          type: 'button',
          header: { type: 'image', image: { link: 'https://x/a.png' } },
          body: { text: 'Which?' },
          action: { buttons: [{ type: 'reply', reply: { id: 'a', title: 'A' } }] },
        },
      },
    ],
  },
  {
    name: 'a picture with a list is two requests',
    message: {
      type: 'image',
      url: 'https://x/a.png',
      text: 'Which?',
      choicesAs: 'list',
      choices: [{ id: 'a', title: 'A', description: 'D' }],
    },
    bodies: [
      { to: '+491511', type: 'image', image: { link: 'https://x/a.png' } },
      {
        to: '+491511',
        type: 'interactive',
        interactive: {
          type: 'list',
          body: { text: 'Which?' },
          action: { button: 'Choose', sections: [{ rows: [{ id: 'a', title: 'A', description: 'D' }] }] },
        },
      },
    ],
  },
  {
    name: 'eleven choices are a numbered text',
    message: { type: 'text', text: 'Pick', choices: Array.from({ length: 11 }, (_, i) => ({ id: `c${i}`, title: `C${i}` })) },
    bodies: [
      { to: '+491511', type: 'text', text: { body: `Pick\n\n${Array.from({ length: 11 }, (_, i) => `${i + 1}. C${i}`).join('\n')}` } },
    ],
  },
  {
    name: 'a link',
    message: { type: 'link', text: 'See', button: 'Open', url: 'https://x' },
    bodies: [
      {
        to: '+491511',
        type: 'interactive',
        interactive: {
          type: 'cta_url',
          body: { text: 'See' },
          action: { name: 'cta_url', parameters: { display_text: 'Open', url: 'https://x' } },
        },
      },
    ],
  },
  {
    name: 'a template with named values; an empty value, which Meta refuses, becomes a hyphen',
    message: { type: 'template', name: 't', language: 'en', body: { first_name: 'Ada', order: '' }, buttons: [{ index: 0, payload: 'p' }] },
    bodies: [
      {
        to: '+491511',
        type: 'template',
        template: {
          name: 't',
          language: { code: 'en' },
          components: [
            {
              type: 'body',
              parameters: [
                { type: 'text', parameter_name: 'first_name', text: 'Ada' },
                { type: 'text', parameter_name: 'order', text: '-' },
              ],
            },
            { type: 'button', sub_type: 'quick_reply', index: '0', parameters: [{ type: 'payload', payload: 'p' }] },
          ],
        },
      },
    ],
  },
  {
    name: 'a template in a language as contacts have it',
    message: { type: 'template', name: 't', language: 'pt-BR' },
    bodies: [{ to: '+491511', type: 'template', template: { name: 't', language: { code: 'pt_BR' } } }],
  },
  {
    name: 'a reaction',
    message: { type: 'reaction', emoji: '👍', messageId: 'wamid.x' },
    bodies: [{ to: '+491511', type: 'reaction', reaction: { message_id: 'wamid.x', emoji: '👍' } }],
  },
  {
    name: 'a voice',
    message: { type: 'audio', url: 'https://x/a.mp3' },
    bodies: [{ to: '+491511', type: 'audio', audio: { link: 'https://x/a.mp3' } }],
  },
  {
    name: 'a sticker by its address',
    message: { type: 'sticker', url: 'https://x/a.webp' },
    bodies: [{ to: '+491511', type: 'sticker', sticker: { link: 'https://x/a.webp' } }],
  },
  {
    name: 'a sticker by its number',
    message: { type: 'sticker', stickerId: 7 },
    bodies: [{ to: '+491511', type: 'sticker', sticker: { id: '7' } }],
  },
  {
    name: 'a place',
    message: { type: 'location', latitude: 1.5, longitude: -2, name: 'Shop', address: '' },
    bodies: [{ to: '+491511', type: 'location', location: { latitude: 1.5, longitude: -2, name: 'Shop' } }],
  },
  {
    name: 'cards with links',
    message: {
      type: 'carousel',
      text: 'Look',
      cards: [
        { imageUrl: 'https://x/a.png', text: 'A', url: 'https://x/a' },
        { imageUrl: 'https://x/b.png', text: 'B', url: 'https://x/b', button: 'Read' },
      ],
    },
    bodies: [
      {
        to: '+491511',
        type: 'interactive',
        interactive: {
          type: 'carousel',
          body: { text: 'Look' },
          action: {
            cards: [
              {
                card_index: 0,
                type: 'cta_url',
                header: { type: 'image', image: { link: 'https://x/a.png' } },
                body: { text: 'A' },
                action: { name: 'cta_url', parameters: { display_text: 'Open', url: 'https://x/a' } },
              },
              {
                card_index: 1,
                type: 'cta_url',
                header: { type: 'image', image: { link: 'https://x/b.png' } },
                body: { text: 'B' },
                action: { name: 'cta_url', parameters: { display_text: 'Read', url: 'https://x/b' } },
              },
            ],
          },
        },
      },
    ],
  },
  {
    name: 'cards with replies',
    message: {
      type: 'carousel',
      text: 'Look',
      cards: ['c', 'd'].map((id) => ({ imageUrl: `https://x/${id}.png`, text: id, choices: [{ id, title: `Take ${id}` }] })),
    },
    bodies: [
      {
        to: '+491511',
        type: 'interactive',
        interactive: {
          type: 'carousel',
          body: { text: 'Look' },
          action: {
            cards: ['c', 'd'].map((id, i) => ({
              card_index: i,
              type: 'cta_url',
              header: { type: 'image', image: { link: `https://x/${id}.png` } },
              body: { text: id },
              action: { buttons: [{ type: 'quick_reply', quick_reply: { id, title: `Take ${id}` } }] },
            })),
          },
        },
      },
    ],
  },
  ...(
    [
      [
        { type: 'text', text: 'Hi' },
        { type: 'text', text: 'Hi' },
      ],
      [
        { type: 'image', url: 'https://x/a.png', fileName: 'a.png' },
        { type: 'image', image: { link: 'https://x/a.png' } },
      ],
      [
        { type: 'video', url: 'https://x/a.mp4' },
        { type: 'video', video: { link: 'https://x/a.mp4' } },
      ],
      [
        { type: 'document', url: 'https://x/a.pdf', fileName: 'A.pdf' },
        { type: 'document', document: { link: 'https://x/a.pdf', filename: 'A.pdf' } },
      ],
      [
        { type: 'document', url: 'https://x/a.pdf' },
        { type: 'document', document: { link: 'https://x/a.pdf' } },
      ],
    ] as const
  ).map(([header, parameter]) => ({
    name: `a template with a header of ${JSON.stringify(header)}, values in order and a link`,
    message: { type: 'template' as const, name: 't', language: 'en', header, body: ['Ada'], buttons: [{ index: 1, url: 'a/7' }] },
    bodies: [
      {
        to: '+491511',
        type: 'template',
        template: {
          name: 't',
          language: { code: 'en' },
          components: [
            { type: 'header', parameters: [parameter] },
            { type: 'body', parameters: [{ type: 'text', text: 'Ada' }] },
            { type: 'button', sub_type: 'url', index: '1', parameters: [{ type: 'text', text: 'a/7' }] },
          ],
        },
      },
    ],
  })),
  {
    name: "Meta's own JSON",
    message: { type: 'native', body: { type: 'location', location: { latitude: 1, longitude: 2 } } },
    bodies: [{ to: '+491511', type: 'location', location: { latitude: 1, longitude: 2 } }],
  },
];

const error = (code: number, status = 400): ProviderReply => ({
  status,
  headers: {},
  body: JSON.stringify({ error: { code, message: `(#${code}) no`, error_data: { details: 'details' } } }),
});

/** Replies, and what they mean. */
/** The request for a typing indicator. */
export const typing = { status: 'read', message_id: 'wamid.1', typing_indicator: { type: 'text' } };

export const answers: AdapterCases['answers'] = [
  { reply: { status: 200, headers: {}, body: '{"messages":[{"id":"wamid.1"}],"contacts":[{"wa_id":"49"}]}' }, kind: 'ok' },
  ...[4, 613, 80007, 130429, 131056, 131048].map((code) => ({ reply: error(code), kind: 'throttled' as const, code: String(code) })),
  ...[1, 2, 131000, 131016, 131057, 133004].map((code) => ({ reply: error(code, 500), kind: 'unreachable' as const, code: String(code) })),
  ...[0, 3, 10, 190, 200, 299, 131005].map((code) => ({ reply: error(code, 401), kind: 'config' as const, code: String(code) })),
  ...[131026, 131021, 131049, 131009, 100, 132001, 131062, 999999].map((code) => ({
    reply: error(code),
    kind: 'rejected' as const,
    code: String(code),
  })),
  ...[131050, 368, 130497].map((code) => ({ reply: error(code), kind: 'blocked' as const, code: String(code) })),
  { reply: error(131053), kind: 'rejected', code: '131053', retryable: true },
  { reply: error(131047), kind: 'window-closed', code: '131047' },
  { reply: error(999999, 503), kind: 'unreachable', code: '999999' },
  { reply: { status: 502, headers: {}, body: '<html>' }, kind: 'unknown', code: 'http-502' },
  { reply: { status: 200, headers: {}, body: 'not json' }, kind: 'unknown', code: 'http-200' },
  { reply: { status: 429, headers: {}, body: '' }, kind: 'throttled', code: 'http-429' },
  { reply: { status: 404, headers: {}, body: '' }, kind: 'rejected', code: 'http-404', retryable: true },
  { reply: { status: 413, headers: {}, body: '{"reason":"too large"}' }, kind: 'rejected', code: 'http-413', retryable: true },
  { reply: { status: 302, headers: {}, body: '' }, kind: 'rejected', code: 'http-302', retryable: true },
  { reply: { status: 407, headers: {}, body: ' <!doctype html><title>Proxy</title>' }, kind: 'unreachable', code: 'http-407' },
  { reply: { status: 403, headers: { 'content-type': 'text/html; charset=utf-8' }, body: '' }, kind: 'unreachable', code: 'http-403' },
  // A receipt will show whether it was taken.
  { reply: { failed: 'lost', detail: 'UND_ERR_SOCKET', status: 200 }, kind: 'unknown', code: 'send/answer-lost' },
  { reply: { failed: 'lost', detail: 'ECONNRESET' }, kind: 'unknown', code: 'send/answer-lost' },
  { reply: { failed: 'unreachable', detail: 'ECONNREFUSED' }, kind: 'unreachable', code: 'send/unreachable' },
];
