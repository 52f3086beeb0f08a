import { expect } from 'chai';
import { type OutboundMessage, readableText } from '../../src/contract/index.js';

describe('what a person reads of a message', () => {
  const table: readonly (readonly [OutboundMessage, string])[] = [
    [{ type: 'text', text: 'Hi' }, 'Hi'],
    [{ type: 'image', url: 'https://x/a.png' }, ''],
    [{ type: 'image', url: 'https://x/a.png', text: 'Tea' }, 'Tea'],
    [{ type: 'link', text: 'Look', button: 'Open', url: 'https://x' }, 'Look'],
    [{ type: 'template', name: 't', language: 'en' }, ''],
    [{ type: 'template', name: 't', language: 'en', body: ['Ada', '7'] }, 'Ada 7'],
    [{ type: 'template', name: 't', language: 'en', body: { name: 'Ada', count: '7' } }, 'Ada 7'],
    [{ type: 'contacts', contacts: [{ name: 'Ada' }, { name: 'Bob', phone: '+491511' }] }, 'Ada, Bob'],
    [{ type: 'location', latitude: 1, longitude: 2, name: 'Shop', address: 'Main Street 1' }, 'Shop'],
    [{ type: 'location', latitude: 1, longitude: 2, address: 'Main Street 1' }, 'Main Street 1'],
    [{ type: 'location', latitude: 1, longitude: 2 }, '1, 2'],
    [{ type: 'reaction', emoji: '👍', messageId: 'm1' }, '👍'],
    [{ type: 'audio', url: 'https://x/a.mp3' }, ''],
    [{ type: 'sticker', stickerId: 7 }, ''],
    [{ type: 'native', body: { text: 'Hi' } }, ''],
  ];
  for (const [message, words] of table)
    it(`of ${JSON.stringify(message)} it is "${words}"`, () => {
      expect(readableText(message)).to.equal(words);
    });
});
