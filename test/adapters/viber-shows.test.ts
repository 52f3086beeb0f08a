import { expect } from 'chai';
import { shows } from '../../adapters/viber/shows.js';
import type { JsonObject, Shown } from '../../src/contract/index.js';
import { aRequest } from '../support/a-request.js';

const MEDIA = { kind: 'image', url: 'https://x/a.png' } as const;
const keyboard = (...Buttons: readonly JsonObject[]): JsonObject => ({ Type: 'keyboard', Buttons });
const richMedia = (more: JsonObject, ...Buttons: readonly JsonObject[]): JsonObject => ({
  type: 'rich_media',
  rich_media: { Type: 'rich_media', ...more, Buttons },
});

/** [what is sent, its content in Viber's JSON, what is shown] */
const SHOWN: readonly (readonly [string, JsonObject, Shown])[] = [
  ['a text, which has no markup', { type: 'text', text: 'a &lt; <b>b</b>' }, { kind: 'text', text: 'a &lt; <b>b</b>' }],
  ['a picture', { type: 'picture', media: 'https://x/a.png', text: 'Look' }, { kind: 'image', text: 'Look', media: MEDIA }],
  ['a picture without a text', { type: 'picture', media: 'https://x/a.png', text: '' }, { kind: 'image', media: MEDIA }],
  ['a video', { type: 'video', media: 'https://x/a.mp4', size: 1 }, { kind: 'video', media: { kind: 'video', url: 'https://x/a.mp4' } }],
  [
    'a file',
    { type: 'file', media: 'https://x/a.pdf', size: 1, file_name: 'Bill.pdf' },
    { kind: 'document', media: { kind: 'document', url: 'https://x/a.pdf', name: 'Bill.pdf' } },
  ],
  ['an address', { type: 'url', media: 'https://x/' }, { kind: 'link', text: 'https://x/' }],
  ['a sticker', { type: 'sticker', sticker_id: 46_105 }, { kind: 'sticker', media: { kind: 'sticker', id: '46105' } }],
  ['a place', { type: 'location', location: { lat: 0, lon: '13.4' } }, { kind: 'location', place: { latitude: 0, longitude: 13.4 } }],
  [
    'a contact',
    { type: 'contact', contact: { name: 'Grace', phone_number: '+15550100' } },
    { kind: 'contacts', people: [{ name: 'Grace', phone: '+15550100' }] },
  ],
  [
    'a keyboard with places, colours, pictures and descriptions, without markup',
    {
      type: 'text',
      text: 'Well?',
      keyboard: {
        Type: 'keyboard',
        BgColor: '#ffffff',
        Buttons: [
          {
            Columns: 3,
            Rows: 2,
            BgColor: '#2db9b9',
            ActionType: 'reply',
            ActionBody: 'tea',
            Text: '<b>Tea</b> &amp; milk<br><font size="12">hot &lt;60°</font>',
          },
          { Columns: 3, Rows: 1, ActionBody: 'ice', Text: '&quot;Ice&quot;<br>tea' },
          { ActionBody: 'cake', Image: 'https://x/cake.png' },
        ],
      },
    },
    {
      kind: 'text',
      text: 'Well?',
      keyboard: {
        buttons: [
          { id: 'tea', title: 'Tea & milk', description: 'hot <60°', does: 'reply', columns: 3, rows: 2, colour: '#2db9b9' },
          { id: 'ice', title: '"Ice" tea', does: 'reply', columns: 3, rows: 1 },
          { id: 'cake', title: 'cake', does: 'reply', image: 'https://x/cake.png', columns: 6, rows: 1 },
        ],
        colour: '#ffffff',
      },
    },
  ],
  [
    'keys that do something else than answer',
    {
      type: 'text',
      text: 'Well?',
      keyboard: keyboard(
        { ActionType: 'open-url', ActionBody: 'https://x/', Text: 'Open' },
        { ActionType: 'share-phone', ActionBody: 'phone', Text: 'My number' },
        { ActionType: 'location-picker', ActionBody: 'place', Text: 'My place' },
        { ActionType: 'none', ActionBody: 'none', Text: 'Ours' },
        { ActionType: 'none', ActionBody: 'none', BgColor: '#000000' },
      ),
    },
    {
      kind: 'text',
      text: 'Well?',
      keyboard: {
        buttons: [
          { title: 'Open', does: 'url', url: 'https://x/', columns: 6, rows: 1 },
          { title: 'My number', does: 'phone', columns: 6, rows: 1 },
          { title: 'My place', does: 'location', columns: 6, rows: 1 },
          { title: 'Ours', does: 'none', columns: 6, rows: 1 },
          { title: '…', does: 'none', columns: 6, rows: 1, colour: '#000000' },
        ],
      },
    },
  ],
  [
    'a keyboard alone',
    { keyboard: keyboard({ ActionBody: 'tea', Text: 'Tea' }) },
    { kind: 'keyboard', keyboard: { buttons: [{ id: 'tea', title: 'Tea', does: 'reply', columns: 6, rows: 1 }] } },
  ],
  [
    'cards, each of which fills its columns and rows',
    richMedia(
      { ButtonsGroupColumns: 3, ButtonsGroupRows: 4 },
      { Columns: 3, Rows: 2, ActionType: 'none', ActionBody: 'none', Image: 'https://x/a.png' },
      { Columns: 3, Rows: 1, ActionType: 'none', ActionBody: 'none', Text: '<b>One</b> &amp; only' },
      { Columns: 1, Rows: 1, ActionBody: 'yes', Text: 'Yes' },
      { Columns: 2, Rows: 1, ActionBody: 'no', Text: 'No' },
      { Columns: 3, Rows: 4, ActionType: 'open-url', ActionBody: 'https://x/2', Image: 'https://x/b.png' },
    ),
    {
      kind: 'carousel',
      cards: [
        {
          media: MEDIA,
          text: 'One & only',
          buttons: [
            { id: 'yes', title: 'Yes', does: 'reply' },
            { id: 'no', title: 'No', does: 'reply' },
          ],
        },
        {
          media: { kind: 'image', url: 'https://x/b.png' },
          buttons: [{ title: 'https://x/2', does: 'url', url: 'https://x/2', image: 'https://x/b.png' }],
        },
      ],
    },
  ],
  [
    'a card whose picture, words and button open one address',
    richMedia(
      {},
      { Columns: 6, Rows: 4, ActionType: 'open-url', ActionBody: 'https://x/', Image: 'https://x/a.png' },
      { Columns: 6, Rows: 2, ActionType: 'open-url', ActionBody: 'https://x/', Text: 'Two' },
      { Columns: 6, Rows: 1, ActionType: 'open-url', ActionBody: 'https://x/', Text: 'Shop' },
    ),
    { kind: 'carousel', cards: [{ media: MEDIA, text: 'Two', buttons: [{ title: 'Shop', does: 'url', url: 'https://x/' }] }] },
  ],
  [
    'an unknown type',
    { receiver: 'ada==', sender: { name: 'B' }, type: 'hologram', a: 1 },
    { kind: 'native', native: { type: 'hologram', a: 1 } },
  ],
  ['neither a type nor a keyboard', { a: 1 }, { kind: 'native', native: { a: 1 } }],
];

describe('what Viber shows', () => {
  for (const [what, content, shown] of SHOWN)
    it(`of ${what}`, () => {
      expect(shows(aRequest(content))).to.deep.equal(shown);
    });

  it('of what is not JSON is nothing', () => {
    expect(shows({ ...aRequest({}), body: 'hello' })).to.equal(undefined);
  });
});
