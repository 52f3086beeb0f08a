import { expect } from 'chai';
import type { Json } from '../../src/contract/index.js';
import { wordsOfMessage } from '../../src/text/message-words.js';

const message = { id: 'm', channel: 'wa', platform: 'whatsapp', at: '2026-11-24T09:00:00.000Z' };

describe('the words of something that a person sent', () => {
  const values: readonly (readonly [what: string, value: Json, words: string | undefined])[] = [
    ['a text', { ...message, type: 'text', text: 'Hello' }, 'Hello'],
    ['a voice note', { type: 'audio', mediaId: '1', mimeType: 'audio/ogg' }, ''],
    ['a picture with a caption', { type: 'image', text: 'My dog', mediaUrl: 'https://h.example/1' }, 'My dog'],
    ['a file', { type: 'document', mediaId: '1', fileName: 'bill.pdf' }, 'bill.pdf'],
    ['a file with a caption', { type: 'document', text: 'The bill', mediaId: '1', fileName: 'bill.pdf' }, 'The bill'],
    ['a blank caption', { type: 'image', text: ' ', mediaId: '1' }, ''],
    ['a place with a name', { type: 'location', text: 'Office', latitude: 0, longitude: 2 }, 'Office'],
    ['a place', { type: 'location', latitude: 0, longitude: 2 }, ''],
    ['a sticker', { type: 'sticker' }, ''],
    ['a tap', { ...message, type: 'choice', text: 'Yes', choice: 'y', title: 'Yes' }, 'Yes'],
    ['a card', [{ name: { formatted_name: 'Grace' }, phones: [{ phone: '+1' }] }], 'Grace'],
    ['a card without a name', [{ name: { formatted_name: '' }, phones: [{ phone: '+1' }] }], '+1'],
    ['two cards', [{ name: { formatted_name: 'Grace' } }, { phones: [{ phone: '+1' }] }], 'Grace, +1'],
    ['an object of a flow', { id: 7, items: [] }, undefined],
    ['an object with a type', { type: 'express', text: 'x', price: 3 }, undefined],
    ['a place of a flow', { latitude: 1, longitude: 2 }, undefined],
    ['an empty list', [], undefined],
    ['a list of a flow', [{ name: 'tea' }], undefined],
    ['a list with a card and more', [{ name: { formatted_name: 'Grace' } }, 'x'], undefined],
    ['a text alone', 'Hello', undefined],
    ['nothing', null, undefined],
  ];
  for (const [what, value, words] of values)
    it(`${what} ${words === undefined ? 'is none of it' : `is "${words}"`}`, () => {
      expect(wordsOfMessage(value)).to.equal(words);
    });
});
