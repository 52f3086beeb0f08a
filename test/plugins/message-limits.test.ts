import { expect } from 'chai';
import { limits as viberLimits } from '../../platforms/viber/limits.js';
import { limits as whatsappLimits } from '../../platforms/whatsapp/limits.js';
import { node as end } from '../../plugins/end/node.js';
import { node as waitForResponse } from '../../plugins/wait-for-response/node.js';
import type { AdapterLimits, CheckScope, JsonObject } from '../../src/contract/index.js';
import { type MessageParams, messageParams, templateParams } from '../../src/params/message.js';
import { checkMessage, checkOnPlatforms } from '../../src/params/message-limits.js';

const long = (length: number) => 'x'.repeat(length);
const choices = (count: number, title = 'T') => Array.from({ length: count }, (_, i) => ({ id: `c${i}`, title: `${title}${i}` }));
const whatsapp: AdapterLimits = { adapter: 'whatsapp', limits: whatsappLimits, isBound: true };
const viber: AdapterLimits = { adapter: 'viber', limits: viberLimits, isBound: true };
const world: CheckScope = { platforms: ['whatsapp'], limits: () => [whatsapp], linked: () => false };

/** [what it is, the message, where it is told] */
const TOO_MUCH: readonly (readonly [string, MessageParams, string])[] = [
  ['a text of 4097', { type: 'text', text: long(4_097) }, '/text'],
  ['a text of 1025 over buttons', { type: 'text', text: long(1_025), choices: choices(2) }, '/text'],
  ['a caption of 1025', { type: 'image', url: 'https://x/a.png', text: long(1_025) }, '/text'],
  ['four buttons', { type: 'text', text: 'a', choices: choices(4), choicesAs: 'buttons' }, '/choices'],
  ['a button title of 21', { type: 'text', text: 'a', choices: choices(1, long(20)), choicesAs: 'buttons' }, '/choices/0/title'],
  ['an id of 257', { type: 'text', text: 'a', choices: [{ id: long(257), title: 'A' }] }, '/choices/0/id'],
  ['eleven rows', { type: 'text', text: 'a', choices: choices(11), choicesAs: 'list' }, '/choices'],
  ['a row title of 25', { type: 'text', text: 'a', choices: choices(4, long(24)) }, '/choices/0/title'],
  [
    'a row description of 73',
    { type: 'text', text: 'a', choices: [{ id: 'a', title: 'A', description: long(73) }], choicesAs: 'list' },
    '/choices/0/description',
  ],
  [
    'one title twice',
    {
      type: 'text',
      text: 'a',
      choices: [
        { id: 'a', title: 'Same' },
        { id: 'b', title: 'Same' },
      ],
    },
    '/choices/1/title',
  ],
  ['a header of 61', { type: 'text', text: 'a', choices: choices(2), header: long(61) }, '/header'],
  ['a footer of 61', { type: 'text', text: 'a', choices: choices(2), footer: long(61) }, '/footer'],
  ['a link button of 21', { type: 'link', text: 'a', button: long(21), url: 'https://x' }, '/button'],
  [
    'a card text of 161',
    {
      type: 'carousel',
      text: 'a',
      cards: [
        { imageUrl: 'https://x', text: 'a' },
        { imageUrl: 'https://x', text: long(161) },
      ],
    },
    '/cards/1/text',
  ],
  ['a type that is not shown', { type: 'rich-media', body: {} }, '/type'],
];

describe('what a channel cannot take', () => {
  for (const [name, message, pointer] of TOO_MUCH) {
    it(`tells ${name} at its place, with a hint`, () => {
      const told = checkMessage(message, whatsapp);
      expect(new Set(told.map((one) => one.pointer))).to.include(pointer);
      for (const { hint, message: words } of told) expect([hint, words]).to.not.include('');
    });
  }

  it('leaves lengths of templates to the sending, and counts characters as people do', () => {
    expect(checkMessage({ type: 'text', text: `${long(5_000)}{{ name }}` }, whatsapp)).to.deep.equal([]);
    expect(checkMessage({ type: 'text', text: '👍'.repeat(4_096) }, whatsapp)).to.deep.equal([]);
  });

  it('takes as long a text over a numbered list as alone', () => {
    expect(checkMessage({ type: 'text', text: long(2_000), choices: choices(12) }, whatsapp)).to.deep.equal([]);
  });

  it('tells it of the last word of a flow and of reminders too', () => {
    const message = { type: 'text', text: long(4_097) };
    expect(end.check?.({ message }, world).map(({ pointer }) => pointer)).to.deep.equal(['/message/text']);
    const after = { value: 1, unit: 'hours' as const };
    const params = {
      platform: 'any' as const,
      timeout: { value: 1, unit: 'days' as const },
      timeoutBranch: false,
      reminders: [{ after, message }],
    };
    expect(waitForResponse.check?.(params, world).map(({ pointer }) => pointer)).to.deep.equal(['/reminders/0/message/text']);
  });
});

describe('the channels that a flow may be on', () => {
  const short: AdapterLimits = { adapter: 'short', limits: { ...whatsappLimits, text: 100, shows: ['text'] }, isBound: true };
  const found = (message: MessageParams, ...asked: readonly AdapterLimits[]) =>
    checkOnPlatforms(message, '/message', { ...world, limits: () => asked }).map(
      ({ pointer, code, message: words, severity = 'error' }) => [pointer, code, words, severity],
    );

  it('are asked once for each adapter, and problems name it', () => {
    expect(found({ type: 'text', text: long(5_000) }, whatsapp, short)).to.deep.equal([
      ['/message/text', 'message/too-long', 'the text has 5000 characters; whatsapp accepts at most 4096', 'error'],
      ['/message/text', 'message/too-long', 'the text has 5000 characters; short accepts at most 100', 'error'],
    ]);
    expect(found({ type: 'text', text: long(101) }, whatsapp, short).map(([, , words]) => words)).to.deep.equal([
      'the text has 101 characters; short accepts at most 100',
    ]);
    expect(found({ type: 'audio', url: 'https://x/a.mp3' }, whatsapp, short).map(([, , words]) => words)).to.deep.equal([
      'short cannot show messages of type "audio"',
    ]);
  });

  it('only warn as long as the flow is not bound to them', () => {
    const unbound = { ...short, isBound: false };
    expect(found({ type: 'text', text: long(101), choices: choices(4, long(30)) }, whatsapp, unbound)).to.satisfy(
      (problems: readonly string[][]) =>
        problems.some(([, , , severity]) => severity === 'warning') &&
        problems.every(([, , words = '', severity]) => (severity === 'warning') === words.includes('short')),
    );
    const drawn = { type: 'native', body: { text: 'ж'.repeat(20_000) } };
    expect(found(drawn, { ...viber, isBound: false }).map(([, , , severity]) => severity)).to.deep.equal(['warning']);
  });

  it('are those of all platforms if a call starts the flow, but what one platform alone shows is allowed', () => {
    const anywhere = { ...world, platforms: [], limits: (platform: string) => (platform === 'whatsapp' ? [whatsapp] : [viber]) };
    const long21 = { type: 'text', text: 'a', choices: [{ id: 'a', title: long(21) }] };
    expect(checkOnPlatforms(long21, '/message', anywhere).map(({ pointer }) => pointer)).to.deep.equal(['/message/choices/0/title']);
    expect(checkOnPlatforms({ type: 'template', name: 'a', language: 'en' }, '/message', anywhere)).to.deep.equal([]);
  });

  it('say once what is wrong on all of them', () => {
    const twice = [
      { id: 'a', title: 'A' },
      { id: 'a', title: 'B' },
    ];
    expect(found({ type: 'text', text: 'a', choices: twice }, whatsapp, short).map(([pointer]) => pointer)).to.deep.equal([
      '/message/choices/1/id',
    ]);
  });
});

describe('what Viber does not show', () => {
  const pdf = { type: 'document', url: 'https://x/a.pdf' };
  const video = { type: 'video', url: 'https://x/a.mp4', sizeBytes: 1 };
  const cases: readonly (readonly [string, MessageParams, string, string])[] = [
    ['a picture of another kind', { type: 'image', url: 'https://x/a.webp?v=a.png' }, '/url', 'message/sent-as-link'],
    ['a video of another kind', { ...video, url: 'https://x/a.mov' }, '/url', 'message/sent-as-link'],
    ['a video without its size', { type: 'video', url: 'https://x/a.mp4' }, '/sizeBytes', 'message/sent-as-link'],
    ['a video of 26 000 001 bytes', { ...video, sizeBytes: 26_000_001 }, '/sizeBytes', 'message/sent-as-link'],
    ['a video of 181 seconds', { ...video, durationSeconds: 181 }, '/durationSeconds', 'message/too-long'],
    ['a file without its size', pdf, '/sizeBytes', 'message/sent-as-link'],
    ['a file of 50 000 001 bytes', { ...pdf, sizeBytes: 50_000_001 }, '/sizeBytes', 'message/sent-as-link'],
    ['a program', { ...pdf, url: 'https://x/setup.exe', sizeBytes: 1 }, '/url', 'message/sent-as-link'],
    ['a program under another address', { ...pdf, fileName: 'tea.APK', sizeBytes: 1 }, '/fileName', 'message/sent-as-link'],
    ['a keyboard without buttons', { type: 'keyboard', body: { Buttons: [] } }, '/body/Buttons', 'message/no-buttons'],
    ['rich media without buttons', { type: 'rich-media', body: {} }, '/body/Buttons', 'message/no-buttons'],
    ['its own JSON of more than 30 kB', { type: 'native', body: { type: 'text', text: 'ж'.repeat(15_000) } }, '/body', 'message/too-long'],
  ];
  for (const [name, message, pointer, code] of cases) {
    it(`${name} is told at its place`, () => {
      const told = checkMessage(message, viber);
      expect(told.map((one) => [one.pointer, one.code])).to.deep.equal([[pointer, code]]);
      expect(told[0]?.severity).to.equal(pointer.startsWith('/body') ? undefined : 'warning');
    });
  }

  it('is not told of what templates make, nor of what fits', () => {
    const fine: readonly MessageParams[] = [
      { type: 'image', url: 'https://x/A.JPG?v=1' },
      { type: 'image', url: '{{ picture }}' },
      { ...video, durationSeconds: 180 },
      { ...pdf, sizeBytes: 1 },
      { type: 'keyboard', body: '{{ board }}' },
      { type: 'keyboard', body: { Buttons: '{{ buttons }}' } },
      { type: 'native', body: { type: 'url', media: 'https://x' } },
    ];
    for (const message of fine) expect(checkMessage(message, viber), JSON.stringify(message)).to.deep.equal([]);
    for (const message of [pdf, { type: 'video', url: 'https://x/a.3gp' }]) expect(checkMessage(message, whatsapp)).to.deep.equal([]);
  });
});

describe('the schema of messages', () => {
  const refused: readonly (readonly [string, JsonObject, string])[] = [
    ['an empty text', { type: 'text', text: '' }, 'text'],
    ['a picture without an address', { type: 'image' }, 'url'],
    ['a typing mistake', { type: 'text', text: 'a', footre: 'b' }, 'footre'],
    ['a type that is none', { type: 'telegram' }, 'type'],
    ['a sticker of nothing', { type: 'sticker' }, ''],
    ['a card alone', { type: 'carousel', text: 'a', cards: [{ imageUrl: 'https://x', text: 'a' }] }, 'cards'],
  ];
  for (const [name, message, path] of refused) {
    it(`refuses ${name}`, () => {
      const { error } = messageParams(['whatsapp']).validate(message, { convert: false });
      expect(error?.details[0]?.path.join('/')).to.equal(path);
    });
  }

  it('shows Viber what Viber has', () => {
    expect(messageParams(['viber']).validate({ type: 'template', name: 'a', language: 'en' }).error).to.be.instanceOf(Error);
    expect(messageParams(['viber']).validate({ type: 'text', text: 'a' }).error).to.equal(undefined);
    for (const type of ['rich-media', 'keyboard']) {
      expect(messageParams(['viber']).validate({ type, body: { Buttons: [] }, text: 'a' }).error).to.equal(undefined);
      expect(messageParams(['whatsapp']).validate({ type, body: { Buttons: [] } }).error).to.be.instanceOf(Error);
    }
  });

  it('lets nothing but a template through a closed window', () => {
    expect(templateParams.validate({ type: 'template', name: 'a', language: 'en' }).error).to.equal(undefined);
    expect(templateParams.validate({ type: 'text', text: 'a' }).error).to.be.instanceOf(Error);
  });
});
