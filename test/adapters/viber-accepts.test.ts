import { expect } from 'chai';
import { accepts, refusalOf } from '../../adapters/viber/accepts.js';
import type { JsonObject } from '../../src/contract/index.js';
import { aRequest } from '../support/a-request.js';

const message = (content: JsonObject): JsonObject => ({ receiver: 'ada==', sender: { name: 'B' }, ...content });
const keyboard = (button: JsonObject, more: JsonObject = {}): JsonObject => ({
  keyboard: { Type: 'keyboard', ...more, Buttons: [{ ActionBody: 'a', Text: 'a', ...button }] },
});
const X = (count: number) => 'ж'.repeat(count);

const TAKEN: Readonly<Record<string, JsonObject>> = {
  'the longest text': { type: 'text', text: X(7_000) },
  'a text to a group': { receiver: undefined, chat_id: '4987381194038857701', type: 'text', text: 'T' },
  'a picture without words': { type: 'picture', media: 'https://x/a.JPEG?v=1', text: '' },
  'the longest and largest video': { type: 'video', media: 'https://x/a.mp4', size: 27_262_976, duration: 180 },
  'a file': { type: 'file', media: 'https://x/a.pdf', size: 1, file_name: 'a.pdf' },
  'an address': { type: 'url', media: `https://x/${'a'.repeat(1_990)}` },
  'a sticker by a number in a text': { type: 'sticker', sticker_id: '40129' },
  'a place at the pole': { type: 'location', location: { lat: 90, lon: -180 } },
  'a contact': { type: 'contact', contact: { name: X(28), phone_number: '+15555555555' } },
  'a keyboard alone': keyboard({}),
  'a keyboard with everything that Viber looks at': keyboard(
    {
      BgColor: '#2db9b9',
      Image: 'https://x/a.png',
      BgMedia: 'https://x/b.gif',
      TextOpacity: 60,
      TextPaddings: [0, 12, 0, 12],
      TextSize: 'medium',
    },
    { BgColor: '#FFFFFF', CustomDefaultHeight: 40, HeightScale: 100, InputFieldState: 'hidden' },
  ),
  'a text on a button that phones cut': keyboard({ Text: 'a'.repeat(251) }),
  'a map that opens': { min_api_version: 6, ...keyboard({ ActionType: 'open-map', Map: { Latitude: '1', Longitude: '2' } }) },
};

/** [the content, what is wrong with it] */
const REFUSED: readonly (readonly [JsonObject, RegExp])[] = [
  [{ type: 'text', text: '' }, /1 to 7000/],
  [{ type: 'text', text: 'x'.repeat(7_001) }, /1 to 7000/],
  [{ type: 'text', text: 'x', sender: { name: 'x'.repeat(29) } }, /sender.name/],
  [{ type: 'text', text: 'x', tracking_data: null }, /tracking_data/],
  [{ type: 'text', text: 'x', min_api_version: '7' }, /min_api_version is a number/],
  [{}, /\["type"\]/],
  [{ type: 'hologram' }, /not valid/],
  [{ type: 'picture', media: 'https://x/a.webp', text: '' }, /ends in/],
  [{ type: 'picture', media: 'https://x/a.png' }, /required/],
  [{ type: 'video', media: 'https://x/a.mp4' }, /size/],
  [{ type: 'video', media: 'https://x/a.mov', size: 1 }, /ends in .mp4/],
  [{ type: 'video', media: 'https://x/a.mp4', size: 1, duration: 181 }, /180 seconds/],
  [{ type: 'file', media: 'https://x/a.pdf', size: 52_428_801, file_name: 'a.pdf' }, /up to 50 MB/],
  [{ type: 'file', media: 'https://x/a.pdf', size: 1 }, /file_name/],
  [{ type: 'contact', contact: { name: 'A' } }, /phone_number/],
  [{ type: 'location', location: { lat: 1 } }, /location/],
  [{ type: 'sticker', sticker_id: 'one' }, /sticker_id/],
  [{ type: 'url', media: `https://x/${'a'.repeat(2_000)}` }, /2000/],
  [{ keyboard: { Buttons: [{ ActionBody: 'a', Text: 'a' }] } }, /\["Type"\]/],
  [{ keyboard: { Type: 'keyboard', Buttons: [] } }, /too few/],
  [{ keyboard: { Type: 'keyboard', Buttons: [{ Text: 'a' }] } }, /ActionBody/],
  [{ keyboard: { Type: 'keyboard', BgColor: 'red', Buttons: [{ ActionBody: 'a', Text: 'a' }] } }, /not a color/],
  [{ keyboard: { Type: 'keyboard', ButtonsGroupRows: 8, Buttons: [{ ActionBody: 'a', Text: 'a' }] } }, /ButtonsGroupRows 1 to 7/],
  [{ keyboard: { Type: 'keyboard', Buttons: Array(13).fill({ ActionBody: 'a', Text: 'a', Rows: 2 }) } }, /156 cells of 144/],
  [{ keyboard: { Type: 'keyboard', Buttons: [{ ActionType: 'dance', ActionBody: 'a', Text: 'a' }] } }, /ActionType/],
  [{ keyboard: { Type: 'keyboard', Buttons: [{ ActionType: 'open-url', ActionBody: 'a', Text: 'a' }] } }, /not an address/],
  [{ keyboard: { Type: 'keyboard', Buttons: [{ ActionBody: 'a' }] } }, /shows nothing/],
  [{ keyboard: { Type: 'keyboard', Buttons: [{ ActionBody: 'a', Text: 'a', Rows: 3 }] } }, /Rows 1 to 2/],
  [{ min_api_version: 2, keyboard: { Type: 'keyboard', Buttons: [{ ActionType: 'share-phone', ActionBody: 'a', Text: 'a' }] } }, /3/],
  [{ type: 'rich_media', min_api_version: 7, rich_media: { Type: 'keyboard', Buttons: [{}] } }, /\["Type"\]/],
  [{ type: 'rich_media', min_api_version: 1, rich_media: { Type: 'rich_media', Buttons: [{}] } }, /min_api_version 2/],
  [{ type: 'text', text: 'x', receiver: undefined }, /\["receiver"\]/],
  [{ type: 'text', text: 'x', tracking_data: 'x'.repeat(4_001) }, /tracking_data/],
  [{ type: 'picture', media: 'https://x/a?v=b.png', text: '' }, /ends in/],
  [{ type: 'picture', media: 'https://x/a.png', text: X(513) }, /512/],
  [{ type: 'video', media: 'https://x/a?v=b.mp4', size: 1 }, /ends in .mp4/],
  [{ type: 'file', media: 'https://x/a.pdf', size: 1, file_name: 'setup.EXE' }, /forbidden/],
  [{ type: 'file', media: 'https://x/a.apk', size: 1, file_name: 'a' }, /forbidden/],
  [{ type: 'contact', contact: { name: X(29), phone_number: '1' } }, /28/],
  [{ type: 'contact', contact: { name: 'A', phone_number: '+49 151' } }, /digits/],
  [{ type: 'location', location: { lat: 91, lon: 0 } }, /up to 90/],
  [{ type: 'url', media: 'https://x/ä' }, /address/],
  [keyboard({ BgColor: 'red' }), /BgColor is not a color/],
  [keyboard({ Image: 'a.png' }), /Image is not an address/],
  [keyboard({ BgMedia: 'a.gif' }), /BgMedia is not an address/],
  [keyboard({ TextOpacity: 101 }), /TextOpacity is 0 to 100/],
  [keyboard({ TextPaddings: [1, 2, 3] }), /TextPaddings is four numbers/],
  [keyboard({ TextBgGradientColor: '#12' }), /TextBgGradientColor/],
  [keyboard({ ActionBody: 'a'.repeat(251) }), /ActionBody/],
  [keyboard({ Text: '' }), /Text is empty/],
  [keyboard({ Columns: 7 }), /Columns is 1 to 6/],
  [keyboard({ ActionType: 'open-map' }), /open-map needs min_api_version 6/],
  [keyboard({}, { CustomDefaultHeight: 39 }), /CustomDefaultHeight is 40 to 70/],
  [keyboard({}, { HeightScale: 19 }), /HeightScale is 20 to 100/],
  [keyboard({}, { InputFieldState: 'gone' }), /InputFieldState is regular, minimized or hidden/],
  [{ keyboard: { Type: 'keyboard', Buttons: ['a'] } }, /not an object/],
];

describe('what Viber accepts', () => {
  for (const [what, content] of Object.entries(TAKEN))
    it(`includes ${what}`, () => {
      expect(accepts(aRequest(message(content)))).to.equal(undefined);
    });

  for (const [content, reason] of REFUSED)
    it(`does not include ${JSON.stringify(content).slice(0, 100)}`, () => {
      const refusal = accepts(aRequest(message(content)));
      expect([refusal?.kind, refusal?.code]).to.deep.equal(['rejected', '3']);
      expect(refusal?.message).to.match(reason);
    });

  it('does not include more than 30 kB, nor what is not JSON', () => {
    expect(accepts(aRequest(message({ type: 'text', text: 'x', extra: 'x'.repeat(30 * 1_024) })))?.message).to.match(/30 kB/);
    expect(accepts({ ...aRequest({}), body: '[]' })?.message).to.match(/not a JSON object/);
  });

  it('needs no receiver for a welcome', () => {
    const welcome = JSON.stringify({ sender: { name: 'B' }, type: 'text', text: 'Hi' });
    expect([refusalOf(welcome, 'nobody'), refusalOf(welcome, 'one')?.code]).to.deep.equal([undefined, '3']);
  });
});
