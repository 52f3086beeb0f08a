import type { AdapterCases, Choice, InboundEvent, OutboundMessage, ProviderReply, SendErrorKind } from '../../src/contract/index.js';

/** The settings that the cases run with. */
export const settings = {
  authToken: '44dafb7e0f40021e-61a47a1e6778d187-f2c5a676a07050b3',
  senderName: 'Parley',
};

/** Members that every request has, and that `outbound` leaves out. */
export const envelope: readonly string[] = ['receiver', 'sender', 'tracking_data'];

/** A callback that Viber signed, published with its Python library. */
export const signed = {
  body: '{"event":"webhook","timestamp":4977069964384421269,"message_token":1478683725125}',
  headers: { 'x-viber-content-signature': 'd21b343448c8aee33b8e93768ef6ceb64a6ba6163099973a2b8bd028fea510ef' },
};

/** The fingerprint of the token. */
const account = '272482bf9dabbb8719272c639fc54651';
const TOKEN = '4987381194038857789';
const SENT_AT = '2025-02-12T01:10:24.000Z';
const ID = 'xy5/5y6O81+/kbWHpLhBoA==';
const STRANGER = { identities: [`viber:a-channel:${ID}`], address: ID };
const ADA = { ...STRANGER, name: 'Ada', language: 'de' };

type MessageMembers = Omit<Extract<InboundEvent, { type: 'message' }>['message'], 'id' | 'platform' | 'from' | 'sentAt'> & {
  readonly sentAt?: string;
};
type ReceiptMembers = Extract<InboundEvent, { type: 'receipt' }>['receipt'];
const message = (more: MessageMembers, id = TOKEN): readonly InboundEvent[] => [
  { account, type: 'message', id: `vb:${id}`, message: { id, platform: 'viber', from: ADA, sentAt: SENT_AT, ...more } },
];
const receipt = (status: ReceiptMembers['status'], more: Partial<ReceiptMembers> = {}): readonly InboundEvent[] => [
  { account, type: 'receipt', receipt: { providerId: TOKEN, status, at: SENT_AT, ...more } },
];
const subscription = (
  change: 'started' | 'subscribed' | 'unsubscribed',
  more: { readonly subscribed: boolean; readonly context?: string; readonly from?: typeof STRANGER },
): readonly InboundEvent[] => [{ account, type: 'subscription', id: `vb:${TOKEN}:${change}`, from: ADA, change, ...more }];

/** The events of each fixture, without `raw`. */
export const inbound: Readonly<Record<string, readonly InboundEvent[]>> = {
  'text.json': message({ type: 'text', text: 'Hi "4987381194038857790" / 👍' }),
  'text-with-token-as-text.json': message({ type: 'text', text: 'hello' }, '4987381194038857790'),
  'text-with-fields-of-other-types.json': message({ type: 'text', text: 'hello' }),
  'tap.json': message({
    type: 'choice',
    choice: 'nl-NL',
    title: 'Nederlands',
    text: 'Nederlands',
    quoted: { id: 's1.2.1', effect: 's1.2.1' },
  }),
  'typed-beside-buttons.json': message({ type: 'text', text: 'Dutch, please' }),
  'broken-tracking-data.json': message({ type: 'text', text: 'nl-NL' }),
  'picture.json': message({
    type: 'image',
    text: 'Look',
    mediaUrl: 'https://dl-media.viber.com/1/share/2/long/img.jpg',
    fileName: 'img.jpg',
  }),
  'video.json': message({ type: 'video', text: '', mediaUrl: 'https://dl-media.viber.com/1/v.mp4' }),
  'file.json': message({ type: 'document', text: '', mediaUrl: 'https://dl-media.viber.com/1/f', fileName: 'Rechnung – März.pdf' }),
  'sticker-id-as-text.json': message({ type: 'sticker', text: '', mediaUrl: 'https://www.viber.com/stickers/40133.png' }),
  'contact.json': message({
    type: 'contacts',
    text: 'Grace',
    contact: [{ name: { formatted_name: 'Grace' }, phones: [{ phone: '+15550100' }] }],
  }),
  'contact-without-name.json': message({
    type: 'contacts',
    text: '972511123123',
    contact: [{ name: { formatted_name: '' }, phones: [{ phone: '972511123123' }] }],
  }),
  'location-at-zero.json': message({ type: 'location', text: '', latitude: 0, longitude: -0.5 }),
  'location-as-texts.json': message({ type: 'location', text: 'Market Street', latitude: 37.7898, longitude: -122.3942 }),
  'location-without-place.json': message({ type: 'unsupported', text: '' }),
  'location-without-type.json': message({ type: 'location', text: '', latitude: 52.5, longitude: 13.4 }),
  'url.json': message({ type: 'text', text: 'https://www.viber.com/a?b=c' }),
  'forwarded-carousel.json': message({ type: 'unknown', text: '' }),
  'unknown-kind.json': message({ type: 'unsupported', text: '' }),
  'kind-named-like-a-member-of-objects.json': message({ type: 'unsupported', text: '' }),
  'group-message.json': message({ type: 'text', text: 'Hi all', group: '4987381194038857701' }),
  'inline-query.json': [],
  'message-without-sender.json': [],
  'message-without-token.json': [],
  'conversation-started.json': subscription('started', { subscribed: false }),
  'conversation-started-by-link.json': subscription('started', { subscribed: false, context: 'campaign=spring 24' }),
  'conversation-started-again.json': subscription('started', { subscribed: true, from: STRANGER }),
  'subscribed.json': subscription('subscribed', { subscribed: true }),
  'unsubscribed.json': subscription('unsubscribed', { subscribed: false, from: STRANGER }),
  'delivered.json': receipt('delivered'),
  'seen.json': receipt('read', { providerId: '4987381194038857790' }),
  'failed.json': receipt('failed', { error: { kind: 'rejected', code: 'failed', message: 'failure description' } }),
  'failed-without-words.json': receipt('failed', { error: { kind: 'rejected', code: 'failed', message: 'Viber could not deliver it' } }),
  'webhook-was-set.json': [],
  // The time of the host, which the suite sets.
  'times-that-are-none.json': message({ type: 'text', text: 'late', sentAt: '2026-11-24T09:00:00.000Z' }),
  'time-that-is-an-object.json': message({ type: 'text', text: 'late', sentAt: '2026-11-24T09:00:00.000Z' }),
  'short-token.json': receipt('delivered', { providerId: '1478683725125' }),
  'token-that-lost-digits.json': [],
  'client-status.json': [],
  'action.json': [],
};

const reply = (id: string, text: string, columns = 6) => ({ Columns: columns, Rows: 1, ActionType: 'reply', ActionBody: id, Text: text });
const keyboard = (...buttons: readonly object[]) => ({ Type: 'keyboard', Buttons: buttons });
const yesAndNo: readonly Choice[] = [
  { id: 'yes', title: 'Yes' },
  { id: 'no', title: 'No' },
];
const yesAndNoBoard = keyboard(reply('yes', 'Yes', 3), reply('no', 'No', 3));
const still = { ActionType: 'none', ActionBody: 'none' };
const onCard = (text: string) => ({ Columns: 6, Rows: 2, ...still, Text: text, TextVAlign: 'top', TextHAlign: 'left' });

/** Messages, and the bodies of their requests. */
export const outbound: readonly {
  readonly name: string;
  readonly to?: string;
  readonly message: OutboundMessage;
  readonly bodies: readonly object[];
}[] = [
  {
    name: 'a text is not escaped, and nothing is quoted',
    message: { type: 'text', text: 'a < b & "c"', replyTo: '4987381194038857789' },
    bodies: [{ type: 'text', text: 'a < b & "c"' }],
  },
  {
    name: 'header and footer are lines of the text',
    message: { type: 'text', text: 'T', header: 'H', footer: ' ' },
    bodies: [{ type: 'text', text: 'H\n\nT' }],
  },
  {
    name: 'two short choices share a row',
    message: { type: 'text', text: 'Sure?', choices: yesAndNo },
    bodies: [{ type: 'text', text: 'Sure?', keyboard: yesAndNoBoard }],
  },
  {
    name: 'three short choices share a row',
    message: { type: 'text', text: 'Size?', choices: ['S', 'M', 'L'].map((id) => ({ id, title: id })) },
    bodies: [{ type: 'text', text: 'Size?', keyboard: keyboard(reply('S', 'S', 2), reply('M', 'M', 2), reply('L', 'L', 2)) }],
  },
  {
    name: 'choices as a list have a row each',
    message: { type: 'text', text: 'T', choicesAs: 'list', choices: yesAndNo },
    bodies: [{ type: 'text', text: 'T', keyboard: keyboard(reply('yes', 'Yes'), reply('no', 'No')) }],
  },
  {
    name: 'descriptions stand below the title; only what is shown is escaped',
    message: {
      type: 'text',
      text: 'T',
      choices: [
        { id: 'a&b', title: 'A & <B>', description: 'x > y' },
        { id: 'c', title: ' ' },
      ],
    },
    bodies: [
      {
        type: 'text',
        text: 'T',
        keyboard: keyboard(reply('a&b', 'A &amp; &lt;B&gt;<br><font size="12">x &gt; y</font>'), reply('c', 'c')),
      },
    ],
  },
  {
    name: 'choices that open an address or ask for something',
    message: {
      type: 'text',
      text: 'T',
      choices: [
        { id: 'u', title: 'Our page in a browser', url: 'https://x/ä' },
        { id: 'p', title: 'My number', ask: 'phone' },
        { id: 'l', title: 'My place', ask: 'location' },
      ],
    },
    bodies: [
      {
        min_api_version: 3,
        type: 'text',
        text: 'T',
        keyboard: keyboard(
          { Columns: 6, Rows: 1, ActionType: 'open-url', ActionBody: 'https://x/%C3%A4', Text: 'Our page in a browser' },
          { Columns: 3, Rows: 1, ActionType: 'share-phone', ActionBody: 'p', Text: 'My number' },
          { Columns: 3, Rows: 1, ActionType: 'location-picker', ActionBody: 'l', Text: 'My place' },
        ),
      },
    ],
  },
  {
    name: 'choices as text are numbered',
    message: { type: 'text', text: 'Sure?', choicesAs: 'text', choices: [...yesAndNo, { id: 'm', title: 'More', url: 'https://x' }] },
    bodies: [{ type: 'text', text: 'Sure?\n\n1. Yes\n2. No\n3. More: https://x' }],
  },
  {
    name: 'a picture carries its text and the keyboard',
    message: { type: 'image', url: 'https://x/a.PNG?w=1', text: 'Which?', choices: yesAndNo },
    bodies: [{ type: 'picture', media: 'https://x/a.PNG?w=1', text: 'Which?', keyboard: yesAndNoBoard }],
  },
  {
    name: 'a picture without a text has an empty one',
    message: { type: 'image', url: 'https://x/a.jpg' },
    bodies: [{ type: 'picture', media: 'https://x/a.jpg', text: '' }],
  },
  {
    name: 'a text that is too long for a picture follows it, with the keyboard',
    message: { type: 'image', url: 'https://x/a.jpg', text: 'w'.repeat(513), choices: yesAndNo },
    bodies: [
      { type: 'picture', media: 'https://x/a.jpg', text: '' },
      { type: 'text', text: 'w'.repeat(513), keyboard: yesAndNoBoard },
    ],
  },
  {
    name: 'a picture that Viber does not take is a link',
    message: { type: 'image', url: 'https://x/a.webp', text: 'Look' },
    bodies: [
      { type: 'url', media: 'https://x/a.webp' },
      { type: 'text', text: 'Look' },
    ],
  },
  {
    name: 'a video; a length that Viber does not take is left out',
    message: { type: 'video', url: 'https://x/v.mp4', sizeBytes: 10_000, durationSeconds: 181, thumbnailUrl: 'https://x/t.jpg' },
    bodies: [{ type: 'video', media: 'https://x/v.mp4', size: 10_000, thumbnail: 'https://x/t.jpg' }],
  },
  {
    name: 'the text of a video follows it',
    message: { type: 'video', url: 'https://x/v.mp4', sizeBytes: 10_000, durationSeconds: 12.4, text: 'See' },
    bodies: [
      { type: 'video', media: 'https://x/v.mp4', size: 10_000, duration: 12 },
      { type: 'text', text: 'See' },
    ],
  },
  {
    name: 'a video without its size is a link',
    message: { type: 'video', url: 'https://x/v.mp4' },
    bodies: [{ type: 'url', media: 'https://x/v.mp4' }],
  },
  {
    name: 'a document with a text and choices is two requests',
    message: { type: 'document', url: 'https://x/a/Bill%20%C3%A4.pdf?x=1', sizeBytes: 5, text: 'Bill', choices: yesAndNo },
    bodies: [
      { type: 'file', media: 'https://x/a/Bill%20%C3%A4.pdf?x=1', size: 5, file_name: 'Bill ä.pdf' },
      { type: 'text', text: 'Bill', keyboard: yesAndNoBoard },
    ],
  },
  {
    name: 'a document alone carries the keyboard; a long name keeps its ending',
    message: { type: 'document', url: 'https://x/a', sizeBytes: 5, fileName: `${'n'.repeat(300)}.pdf`, choices: yesAndNo },
    bodies: [{ type: 'file', media: 'https://x/a', size: 5, file_name: `${'n'.repeat(251)}….pdf`, keyboard: yesAndNoBoard }],
  },
  {
    name: 'a program is a link',
    message: { type: 'document', url: 'https://x/tea', sizeBytes: 5, fileName: 'Tea.apk' },
    bodies: [{ type: 'url', media: 'https://x/tea' }],
  },
  {
    name: 'a sticker',
    message: { type: 'sticker', stickerId: 46105 },
    bodies: [{ type: 'sticker', sticker_id: 46105 }],
  },
  {
    name: 'a place with its name before it',
    message: { type: 'location', latitude: 0, longitude: 13.4, name: 'Office', address: 'Street 1' },
    bodies: [
      { type: 'text', text: 'Office\nStreet 1' },
      { type: 'location', location: { lat: 0, lon: 13.4 } },
    ],
  },
  {
    name: 'contacts, one request each; a contact without a number is a text',
    message: {
      type: 'contacts',
      contacts: [
        { name: 'Grace', phone: '+1 (555) 0100' },
        { name: 'Ada', email: 'ada@x.org' },
        { name: 'n'.repeat(29), phone: '1' },
      ],
    },
    bodies: [
      { type: 'contact', contact: { name: 'Grace', phone_number: '+15550100' } },
      { type: 'text', text: 'Ada\nada@x.org' },
      { type: 'contact', contact: { name: `${'n'.repeat(27)}…`, phone_number: '1' } },
    ],
  },
  {
    name: 'a link is a button that opens it',
    message: { type: 'link', text: 'See', button: 'Open', url: 'https://x' },
    bodies: [
      {
        type: 'text',
        text: 'See',
        keyboard: keyboard({ Columns: 6, Rows: 1, ActionType: 'open-url', ActionBody: 'https://x', Text: 'Open' }),
      },
    ],
  },
  {
    name: 'a carousel: the text, then cards that fill all their rows',
    message: {
      type: 'carousel',
      text: 'Our best',
      cards: [
        { imageUrl: 'https://x/1.jpg', text: 'One & only', choices: yesAndNo },
        { imageUrl: 'https://x/2.jpg', text: 'Two', button: 'Shop', url: 'https://x/2' },
      ],
    },
    bodies: [
      { type: 'text', text: 'Our best' },
      {
        min_api_version: 7,
        type: 'rich_media',
        alt_text: 'Our best',
        rich_media: {
          Type: 'rich_media',
          ButtonsGroupColumns: 6,
          ButtonsGroupRows: 7,
          BgColor: '#FFFFFF',
          Buttons: [
            { Columns: 6, Rows: 3, ...still, Image: 'https://x/1.jpg' },
            onCard('One &amp; only'),
            reply('yes', 'Yes'),
            reply('no', 'No'),
            { Columns: 6, Rows: 4, ActionType: 'open-url', ActionBody: 'https://x/2', Image: 'https://x/2.jpg' },
            { ...onCard('Two'), ActionType: 'open-url', ActionBody: 'https://x/2' },
            { Columns: 6, Rows: 1, ActionType: 'open-url', ActionBody: 'https://x/2', Text: 'Shop' },
          ],
        },
      },
    ],
  },
  {
    name: 'rich media as drawn, with a text for phones that cannot show it',
    message: { type: 'rich-media', text: 'Our best', body: { ButtonsGroupRows: 2, Buttons: [reply('a', 'A')] } },
    bodies: [
      {
        min_api_version: 7,
        type: 'rich_media',
        alt_text: 'Our best',
        rich_media: { Type: 'rich_media', ButtonsGroupRows: 2, Buttons: [reply('a', 'A')] },
      },
    ],
  },
  {
    name: 'a keyboard as drawn, below a text',
    message: { type: 'keyboard', text: 'Pick', body: { BgColor: '#FFFFFF', Buttons: [{ ...reply('a', 'A'), Silent: true }] } },
    bodies: [
      {
        min_api_version: 6,
        type: 'text',
        text: 'Pick',
        keyboard: { Type: 'keyboard', BgColor: '#FFFFFF', Buttons: [{ ...reply('a', 'A'), Silent: true }] },
      },
    ],
  },
  {
    name: "Viber's own JSON: a keyboard alone, with the API version that it needs",
    message: {
      type: 'native',
      body: { keyboard: { Type: 'keyboard', InputFieldState: 'hidden', Buttons: [{ ActionBody: 'x', Text: '<b>x</b>' }] } },
    },
    bodies: [
      {
        min_api_version: 4,
        keyboard: { Type: 'keyboard', InputFieldState: 'hidden', Buttons: [{ ActionBody: 'x', Text: '<b>x</b>' }] },
      },
    ],
  },
  {
    name: "Viber's own JSON keeps the author's members",
    message: { type: 'native', body: { type: 'rich_media', min_api_version: 2, rich_media: { Type: 'rich_media', Buttons: [] } } },
    bodies: [{ type: 'rich_media', min_api_version: 2, rich_media: { Type: 'rich_media', Buttons: [] } }],
  },
];

const status = (code: number | string, http = 200): ProviderReply => ({
  status: http,
  headers: {},
  body: JSON.stringify({ status: code, status_message: 'no', chat_hostname: 'SN-CHAT-05_' }),
});
const each = (kind: SendErrorKind, ...codes: readonly number[]) => codes.map((code) => ({ reply: status(code), kind, code: String(code) }));

/** Replies, and what they mean. */
export const answers: AdapterCases['answers'] = [
  {
    reply: { status: 200, headers: {}, body: '{"status":0,"status_message":"ok","message_token":5741311803571721087,"billing_status":1}' },
    kind: 'ok',
  },
  { reply: { status: 200, headers: {}, body: '{"status":"0","message_token":"5741311803571721087"}' }, kind: 'ok' },
  { reply: { status: 200, headers: {}, body: '{"status":0}' }, kind: 'ok' },
  ...each('throttled', 12),
  ...each('config', 2, 8, 10, 15, 18),
  ...each('blocked', 6, 7, 9, 21, 23, 24),
  ...each('rejected', 1, 3, 4, 5, 11, 13, 14, 16, 17, 19, 20, 22, 25, 999),
  { reply: status('3', 429), kind: 'throttled', code: '3' },
  { reply: status('2', 401), kind: 'config', code: '2' },
  { reply: status('99', 401), kind: 'config', code: '99' },
  { reply: status(99, 503), kind: 'unreachable', code: '99' },
  { reply: { status: 502, headers: {}, body: '<html>' }, kind: 'unknown', code: 'http-502' },
  // No receipt could prove it, so a message that was probably taken counts as taken.
  ...['not json', '<html>', '', '{}', '{"status":"fine"}'].map((body) => ({
    reply: { status: 200, headers: {}, body },
    kind: 'ok' as const,
  })),
  { reply: { status: 204, headers: {}, body: '' }, kind: 'ok' },
  { reply: { failed: 'lost', detail: 'UND_ERR_SOCKET', status: 200 }, kind: 'ok' },
  { reply: { failed: 'lost', detail: 'UND_ERR_SOCKET', status: 503 }, kind: 'unknown', code: 'send/answer-lost' },
  { reply: { status: 429, headers: {}, body: '' }, kind: 'throttled', code: 'http-429' },
  { reply: { status: 403, headers: {}, body: '' }, kind: 'config', code: 'http-403' },
  { reply: { status: 404, headers: {}, body: '' }, kind: 'rejected', code: 'http-404', retryable: true },
  { reply: { status: 413, headers: {}, body: '{"reason":"too large"}' }, kind: 'rejected', code: 'http-413', retryable: true },
  { reply: { status: 302, headers: {}, body: '' }, kind: 'rejected', code: 'http-302', retryable: true },
  { reply: { status: 407, headers: {}, body: ' <!doctype html><title>Proxy</title>' }, kind: 'unreachable', code: 'http-407' },
  { reply: { status: 403, headers: { 'content-type': 'text/html; charset=utf-8' }, body: '' }, kind: 'unreachable', code: 'http-403' },
  { reply: { failed: 'lost', detail: 'ECONNRESET' }, kind: 'unknown', code: 'send/answer-lost' },
  { reply: { failed: 'unreachable', detail: 'ECONNREFUSED' }, kind: 'unreachable', code: 'send/unreachable' },
];
