import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import { refusalOf } from '../../adapters/viber/accepts.js';
import { outbound, settings } from '../../adapters/viber/cases.js';
import viber from '../../adapters/viber/index.js';
import type { Choice, JsonObject, OutboundMessage, WebhookRequest } from '../../src/contract/index.js';
import { START } from '../support/builders.js';

const { value: config } = viber.config.validate(settings);
const bodiesOf = (message: OutboundMessage, effectId = 's1.1.1') =>
  viber.render('xy5/5y6O81+/kbWHpLhBoA==', message, config, effectId).map(({ body }) => body);
const delivery = (body: object): WebhookRequest => ({
  channel: 'a-channel',
  method: 'POST',
  query: {},
  headers: {},
  body: Buffer.from(JSON.stringify(body)),
  at: START,
});
const many = (count: number, sign: string, length: number): readonly Choice[] =>
  Array.from({ length: count }, (_, i) => ({ id: `${i} ${sign.repeat(length)}`, title: `${sign.repeat(length)} ${i}` }));

describe('what Viber answers to a send', () => {
  it('gives the message the id of 64 bits, digit by digit', () => {
    const read = viber.read({ status: 200, headers: {}, body: '{"status":0,"message_token":5741311803571721087}' });
    expect(read).to.deep.equal({ ok: true, providerIds: ['5741311803571721087'] });
  });
});

describe('a limit of Viber’s', () => {
  it('is one of a single person where too much was sent to them', () => {
    const read = (status: number) => viber.read({ status: 200, headers: {}, body: JSON.stringify({ status, status_message: 'no' }) });
    expect(read(12)).to.deep.include({ kind: 'throttled', pair: true, retryAfter: 5_000 });
    expect(read(3)).to.not.have.property('pair');
  });
});

describe('what is sent to Viber', () => {
  it('is taken by Viber: every message of the table', () => {
    for (const { name, message } of outbound.filter(({ message: { type } }) => type !== 'native'))
      for (const body of bodiesOf(message)) expect(refusalOf(body, 'one'), name).to.equal(undefined);
  });

  const large: Readonly<Record<string, OutboundMessage>> = {
    'a long text of four bytes a sign': { type: 'text', text: '🎉'.repeat(8_000) },
    'a long text that JSON writes in six bytes a sign': { type: 'text', text: '\u0001'.repeat(8_000) },
    'a text that alone would fill a request': { type: 'text', text: '\u0001'.repeat(4_900) },
    'fifty short choices under a long text': { type: 'text', text: 'ж'.repeat(7_000), choices: many(50, 'a', 10) },
    'fifty long choices': { type: 'text', text: 'T', choices: many(50, 'ж', 240) },
    'fifty choices as text': { type: 'text', text: 'T'.repeat(7_000), choicesAs: 'text', choices: many(50, 'x', 200) },
    'titles that grow when they are escaped': { type: 'text', text: 'T', choices: many(3, '&', 250) },
    'titles and ids past their limits': { type: 'text', text: 'T', choices: many(3, 'x', 400) },
    'choices that came out empty': {
      type: 'text',
      text: 'T',
      choices: [
        { id: '', title: '' },
        { id: ' ', title: 'b' },
      ],
    },
    'contacts that came out empty': {
      type: 'contacts',
      contacts: [
        { name: '', phone: '1' },
        { name: 'A', phone: '–' },
      ],
    },
    'a picture with many choices': { type: 'image', url: 'https://x/a.png', text: 'T', choices: many(50, 'ж', 240) },
    'a file with many choices': { type: 'document', url: 'https://x/a.pdf', sizeBytes: 1, choices: many(50, 'ж', 240) },
    'ten cards with ten choices each': {
      type: 'carousel',
      text: 'ж'.repeat(7_000),
      cards: Array.from({ length: 10 }, () => ({ imageUrl: 'https://x/a.png', text: '<'.repeat(300), choices: many(10, 'x', 20) })),
    },
    'ten cards with long choices': {
      type: 'carousel',
      text: 'T',
      cards: Array.from({ length: 10 }, () => ({ imageUrl: 'https://x/a.png', text: 'ж'.repeat(250), choices: many(9, 'ж', 120) })),
    },
  };
  for (const [name, message] of Object.entries(large))
    it(`is taken by Viber: ${name}`, () => {
      for (const body of bodiesOf(message)) expect(refusalOf(body, 'one')).to.equal(undefined);
    });

  it('loses no choice: what is too large for a keyboard is numbered', () => {
    const [body = ''] = bodiesOf({ type: 'text', text: 'Which?', choices: many(50, 'ж', 120) });
    const { text, keyboard } = JSON.parse(body) as { readonly text: string; readonly keyboard?: object };
    expect(keyboard).to.equal(undefined);
    expect([text.startsWith('Which?\n\n1. жж'), text.endsWith('\n50. '.concat('ж'.repeat(120), ' 49'))]).to.deep.equal([true, true]);
  });

  it('gives every card its whole block, and choices that find no room on it to the keyboard', () => {
    const cards = [1, 2, 3, 5, 7, 9, 12, 0].map((count) => ({ imageUrl: 'https://x/a.png', text: 'T', choices: many(count, 'x', 3) }));
    const bodies = bodiesOf({ type: 'carousel', text: '', cards }).map(
      (body) =>
        JSON.parse(body) as {
          readonly rich_media: { readonly Buttons: readonly { readonly Columns: number; readonly Rows: number }[] };
          readonly keyboard?: { readonly Buttons: readonly object[] };
        },
    );
    const cells = bodies.map((body) => body.rich_media.Buttons.reduce((sum, { Columns, Rows }) => sum + Columns * Rows, 0));
    expect(cells).to.deep.equal([6 * 42, 2 * 42]);
    expect(bodies.map(({ keyboard }) => keyboard?.Buttons.length)).to.deep.equal([undefined, 3]);
  });

  it('has room on a keyboard for 24 rows, and puts more beside each other', () => {
    const columns = [24, 25, 48, 50].map((count) => {
      const [body = ''] = bodiesOf({ type: 'text', text: 'T', choicesAs: 'list', choices: many(count, 'x', 3) });
      return (JSON.parse(body) as { readonly keyboard: { readonly Buttons: readonly { readonly Columns: number }[] } }).keyboard.Buttons[0]
        ?.Columns;
    });
    expect(columns).to.deep.equal([6, 3, 3, 2]);
  });

  const columnsOf = (...titles: readonly string[]) => {
    const [body = ''] = bodiesOf({ type: 'text', text: 'T', choices: titles.map((title, i) => ({ id: `${i}`, title })) });
    const { keyboard } = JSON.parse(body) as { readonly keyboard: { readonly Buttons: readonly { readonly Columns: number }[] } };
    return keyboard.Buttons.map(({ Columns }) => Columns).join('');
  };
  const layouts: readonly (readonly [titles: readonly string[], columns: string])[] = [
    [['Yes'], '6'],
    [['Yes', 'No'], '33'],
    [['Yes', 'No', 'Maybe'], '222'],
    [['1', '2', '3', '4'], '3333'],
    [['1', '2', '3', '4', '5'], '22233'],
    [['1', '2', '3', '4', '5', '6', '7'], '2223333'],
    [['Ten signs.', 'Eleven sign', 'x'], '336'],
    [['Sixteen signs ж.', 'x'], '33'],
    [['Seventeen signs .', 'x'], '66'],
    [['Yes', 'No', 'Something that takes a whole row', '1', '2', '3'], '336222'],
  ];
  for (const [titles, columns] of layouts)
    it(`has ${titles.length} buttons laid out by their length: ${titles.join(' | ')}`, () => {
      expect(columnsOf(...titles)).to.equal(columns);
    });

  it('names its sender, its receiver, and our effect', () => {
    const [request] = viber.render('a+b/==', { type: 'text', text: 'Hi' }, { ...config, senderAvatar: 'https://x/a.png' }, 's1.2.3');
    expect(request?.url).to.equal('https://chatapi.viber.com/pa/send_message');
    expect(request?.headers).to.deep.equal({ 'x-viber-auth-token': settings.authToken, 'content-type': 'application/json' });
    expect(JSON.parse(request?.body ?? '')).to.deep.equal({
      receiver: 'a+b/==',
      sender: { name: 'Parley', avatar: 'https://x/a.png' },
      tracking_data: 's1.2.3',
      type: 'text',
      text: 'Hi',
    });
  });

  const button = { ActionType: 'reply', ActionBody: 'a', Text: 'a' };
  for (const [what, message, version] of [
    ['words', { type: 'text', text: 'T' }, undefined],
    ['choices', { type: 'text', text: 'T', choices: many(2, 'x', 3) }, undefined],
    ['a request for the phone number', { type: 'text', text: 'T', choices: [{ id: 'p', title: 'P', ask: 'phone' }] }, 3],
    ['a request for the place', { type: 'text', text: 'T', choices: [{ id: 'l', title: 'L', ask: 'location' }] }, 3],
    ['cards', { type: 'carousel', text: 'T', cards: [{ imageUrl: 'https://x/a.png', text: 'T', choices: many(1, 'x', 3) }] }, 7],
    ['the input field, hidden', { type: 'keyboard', body: { InputFieldState: 'hidden', Buttons: [button] } }, 4],
    ['a page inside of Viber', { type: 'keyboard', body: { Buttons: [{ ...button, InternalBrowser: {} }] } }, 3],
    ['paddings', { type: 'keyboard', body: { Buttons: [{ ...button, TextPaddings: [1, 1, 1, 1] }] } }, 4],
    ['a scaled picture', { type: 'keyboard', body: { Buttons: [{ ...button, ImageScaleType: 'fit' }] } }, 6],
    ['a map', { type: 'keyboard', body: { Buttons: [{ ...button, Map: {} }] } }, 6],
  ] as readonly (readonly [string, OutboundMessage, number | undefined])[])
    it(`asks for no newer app than is needed: ${what}`, () => {
      const versions = bodiesOf(message).map((body) => (JSON.parse(body) as { readonly min_api_version?: number }).min_api_version);
      expect(versions.at(-1)).to.equal(version);
    });

  const mega = 1_000_000;
  for (const [what, message, type] of [
    ['a file of 50 MB', { type: 'document', url: 'https://x/a.pdf', sizeBytes: 50 * mega }, 'file'],
    ['a larger file', { type: 'document', url: 'https://x/a.pdf', sizeBytes: 50 * mega + 1 }, 'url'],
    ['a file of no size', { type: 'document', url: 'https://x/a.pdf', sizeBytes: 0 }, 'url'],
    ['a file whose size is unknown', { type: 'document', url: 'https://x/a.pdf' }, 'url'],
    ['a film of 26 MB', { type: 'video', url: 'https://x/a.mp4', sizeBytes: 26 * mega }, 'video'],
    ['a larger film', { type: 'video', url: 'https://x/a.mp4', sizeBytes: 26 * mega + 1 }, 'url'],
    ['a film of no size', { type: 'video', url: 'https://x/a.mp4', sizeBytes: 0 }, 'url'],
    ['a film of another kind', { type: 'video', url: 'https://x/a.mov', sizeBytes: 1 }, 'url'],
    ['a picture behind a query', { type: 'image', url: 'https://x/a.JPG?v=1.txt#b' }, 'picture'],
    ['a picture of another kind', { type: 'image', url: 'https://x/a.webp?v=a.png' }, 'url'],
  ] as readonly (readonly [string, OutboundMessage, string])[])
    it(`is a file where Viber takes it, else a link: ${what}`, () => {
      expect(bodiesOf(message).map((body) => (JSON.parse(body) as { readonly type: string }).type)).to.deep.equal([type]);
    });

  it('has the words of a picture in its caption up to 512 characters, and longer ones below it', () => {
    const types = [512, 513].map((length) =>
      bodiesOf({ type: 'image', url: 'https://x/a.png', text: 'ж'.repeat(length) }).map(
        (body) => (JSON.parse(body) as { readonly type: string }).type,
      ),
    );
    expect(types).to.deep.equal([['picture'], ['picture', 'text']]);
  });

  it('says the address of a contact in words: Viber’s cards have none', () => {
    const bodies = bodiesOf({ type: 'contacts', contacts: [{ name: 'Ada', phone: '+49 (1511) 2345', email: 'ada@x.example' }] });
    expect(bodies.map((body) => JSON.parse(body) as object)).to.have.nested.property('[0].contact.phone_number', '+4915112345');
    expect(bodies.map((body) => JSON.parse(body) as object)).to.have.nested.property('[1].text', 'Ada\nada@x.example');
  });

  it('says how long a film is, up to three minutes', () => {
    const durations = [0.4, 0.5, 180.4, 180.5].map((durationSeconds) => {
      const [body = ''] = bodiesOf({ type: 'video', url: 'https://x/a.mp4', sizeBytes: 1, durationSeconds });
      return (JSON.parse(body) as { readonly duration?: number }).duration;
    });
    expect(durations).to.deep.equal([undefined, 1, 180, undefined]);
  });

  it('has only addresses that Viber can read, wherever they are', () => {
    const [url, encoded] = ['https://x/é.png', 'https://x/%C3%A9.png'];
    const messages: readonly OutboundMessage[] = [
      { type: 'image', url },
      { type: 'video', url: 'https://x/a.mp4', sizeBytes: 1, thumbnailUrl: url },
      { type: 'audio', url },
      { type: 'text', text: 'T', choices: [{ id: 'o', title: 'Open', url }] },
      { type: 'link', text: 'T', button: 'Open', url },
      { type: 'carousel', text: 'T', cards: [{ imageUrl: url, text: 'T', url, button: 'Open' }] },
    ];
    for (const message of messages) {
      const body = bodiesOf(message).at(-1) ?? '';
      expect(body, message.type).to.include(encoded).and.not.include('é');
    }
  });

  it('opens no page by the picture of a card that has choices', () => {
    const cards = [{ imageUrl: 'https://x/a.png', text: 'T', url: 'https://x', choices: many(1, 'x', 3) }];
    const body = bodiesOf({ type: 'carousel', text: '', cards }).join();
    expect(body).to.not.include('open-url');
  });

  it('leaves out a description that has no room beside its title', () => {
    const textOf = (length: number) => {
      const choices = [{ id: 'a', title: 'Title', description: 'd'.repeat(length) }];
      const [body = ''] = bodiesOf({ type: 'text', text: 'T', choices });
      return (JSON.parse(body) as { readonly keyboard: { readonly Buttons: readonly { readonly Text: string }[] } }).keyboard.Buttons[0]
        ?.Text;
    };
    const room = 250 - (textOf(1) ?? '').length + 1;
    expect(textOf(room)).to.have.length(250);
    expect(textOf(room + 1)).to.equal('Title');
  });

  it('cuts a title that grows when it is escaped by no more than is needed', () => {
    const [body = ''] = bodiesOf({ type: 'text', text: 'T', choices: [{ id: 'a', title: '&'.repeat(100) }] });
    expect(body).to.include(`"${'&amp;'.repeat(49)}…"`);
  });

  it('keeps its rows as long as the keyboard has room for them', () => {
    const titles = [...Array.from({ length: 22 }, (_, i) => `A title that takes a row ${i}`), 'a', 'b', 'c', 'd'];
    expect(columnsOf(...titles)).to.equal(`${'6'.repeat(22)}3333`);
  });

  it('is no larger than Viber takes, whatever an author has drawn and filled in', () => {
    const body = { Buttons: [{ ActionBody: 'a', Text: 'ж'.repeat(15_000) }] };
    for (const type of ['keyboard', 'rich-media'] as const) expect(() => bodiesOf({ type, body })).to.throw('30000');
    expect(() => bodiesOf({ type: 'native', body: { type: 'text', text: 'ж'.repeat(15_000) } })).to.throw('30000');
  });

  it('has no likeness of a template or a reaction', () => {
    expect(() => bodiesOf({ type: 'template', name: 't', language: 'en' })).to.throw('template');
    expect(() => bodiesOf({ type: 'reaction', emoji: '👍', messageId: '1' })).to.throw('reaction');
  });
});

describe('a tap on Viber', () => {
  const choices: readonly Choice[] = [
    { id: 'a', title: 'b' },
    { id: 'b', title: 'a & <c>' },
    { id: 'site', title: 'Site', url: 'https://x' },
  ];
  const tapped = (message: OutboundMessage, text: string) => {
    const { tracking_data } = JSON.parse(bodiesOf(message).at(-1) ?? '') as { readonly tracking_data: string };
    const sender = { id: 'ada', name: 'Ada' };
    const body = { event: 'message', timestamp: 1, message_token: '1', sender, message: { type: 'text', text, tracking_data } };
    const [event] = viber.parse(delivery(body), config);
    if (event?.type !== 'message') throw new Error('no message');
    const { type, choice, title, text: said } = event.message;
    return { type, choice, title, text: said };
  };

  it('comes with the id and the title that was shown, whatever the titles of the others are', () => {
    for (const message of [
      { type: 'text', text: 'T', choices },
      { type: 'carousel', text: 'T', cards: [{ imageUrl: 'https://x/a.png', text: 'T', choices }] },
    ] as const) {
      expect(tapped(message, 'b')).to.deep.equal({ type: 'choice', choice: 'b', title: 'a & <c>', text: 'a & <c>' });
      expect(tapped(message, 'a')).to.deep.equal({ type: 'choice', choice: 'a', title: 'b', text: 'b' });
    }
  });

  it('is known on a keyboard that an author has drawn', () => {
    const body = {
      Buttons: [
        { ActionBody: 'a', Text: '<font color="#FFFFFF"><b>Tea</b> &amp;<br>milk</font>' },
        { ActionBody: 'b', Image: 'https://x' },
      ],
    };
    for (const message of [
      { type: 'keyboard', body },
      { type: 'rich-media', body },
      { type: 'native', body: { keyboard: body } },
    ] as const) {
      expect(tapped(message, 'a')).to.deep.equal({ type: 'choice', choice: 'a', title: 'Tea & milk', text: 'Tea & milk' });
      expect(tapped(message, 'b').title).to.equal('b');
    }
  });

  it('is a text where it says nothing of ours', () => {
    for (const text of ['site', 'Site', 'c', ''])
      expect(tapped({ type: 'text', text: 'T', choices }, text)).to.deep.equal({ type: 'text', choice: undefined, title: undefined, text });
  });

  it('stays a text where the titles find no room in what Viber gives back; the flow knows its choices by itself', () => {
    const wide = Array.from({ length: 40 }, (_, i) => ({ id: `id-${i}`, title: `${'ж'.repeat(60)}${i}` }));
    expect(tapped({ type: 'text', text: 'T', choices: wide }, 'id-7').type).to.equal('text');
  });
});

describe('what a person sends on Viber', () => {
  for (const [message, content] of [
    [
      { type: 'url', media: 'https://x', text: 'a page' },
      { type: 'text', text: 'https://x' },
    ],
    [
      { type: 'url', text: 'https://x' },
      { type: 'text', text: 'https://x' },
    ],
    [
      { type: 'picture', media: '', text: 'Look' },
      { type: 'image', text: 'Look' },
    ],
    [
      { type: 'file', media: 'https://x/a', file_name: '' },
      { type: 'document', text: '', mediaUrl: 'https://x/a' },
    ],
  ] as const)
    it(`is read by its own members, and what is empty is not there: ${JSON.stringify(message)}`, () => {
      const body = { event: 'message', timestamp: 1, message_token: '1', sender: { id: 'ada', name: 'Ada' }, message };
      const [event] = viber.parse(delivery(body), config);
      if (event?.type !== 'message') throw new Error('no message');
      const { id: _, platform: __, from: ___, sentAt: ____, raw: _____, ...rest } = event.message;
      expect(rest).to.deep.equal(content);
    });
});

describe('how a message comes from Viber', () => {
  it('is a person of one bot: another bot’s ids are nobody here', () => {
    const known = ['viber:vb:ada=', 'viber:vb-2:ada=', 'viber:vb:', 'viber:vb:a b', 'whatsapp:491'].map((one) => viber.senderOf(one, 'vb'));
    expect(known).to.deep.equal([{ identities: ['viber:vb:ada='], address: 'ada=' }, undefined, undefined, undefined, undefined]);
  });

  const event = (more: JsonObject) => {
    const body = {
      event: 'message',
      timestamp: 1,
      message_token: '1',
      sender: { id: 'ada' },
      message: { type: 'text', text: 'hi' },
      ...more,
    };
    return viber.parse(delivery(body), config)[0];
  };
  for (const [chat_id, group] of [
    ['g=', 'g='],
    [7, 'unknown'],
    [{}, 'unknown'],
    ['', undefined],
    [null, undefined],
  ] as const)
    it(`is of a group where it names one, readable or not: ${JSON.stringify(chat_id)}`, () => {
      const made = event({ chat_id });
      expect(made?.type === 'message' && made.message.group).to.equal(group);
    });

  for (const [name, subscribed, expected] of [
    ['conversation_started', true, true],
    ['conversation_started', false, false],
    ['conversation_started', undefined, false],
    ['subscribed', undefined, true],
  ] as const)
    it(`says by ${name}${subscribed === undefined ? '' : ` with ${subscribed}`} that the person is ${expected ? '' : 'not '}subscribed`, () => {
      const made = event({ event: name, user: { id: 'ada' }, ...(subscribed === undefined ? {} : { subscribed }) });
      expect(made?.type === 'subscription' && made.subscribed).to.equal(expected);
    });

  it('brings the context of the link that opened the chat, and no other event does', () => {
    const contexts = ['conversation_started', 'subscribed'].map((name) => {
      const made = event({ event: name, user: { id: 'ada' }, context: 'spring' });
      return made?.type === 'subscription' && made.context;
    });
    expect(contexts).to.deep.equal(['spring', undefined]);
  });
});

describe('a welcome on Viber', () => {
  it('is the body of the answer, without a receiver', () => {
    const { reply, isWhole } = viber.answer?.({ type: 'text', text: 'Hi', choices: [{ id: 'go', title: 'Go' }] }, config, 's1.1.1') ?? {};
    expect([reply?.status, reply?.contentType, isWhole]).to.deep.equal([200, 'application/json', true]);
    const body = JSON.parse(reply?.body ?? '') as Record<string, unknown>;
    expect(body).to.have.keys('sender', 'tracking_data', 'type', 'text', 'keyboard');
    expect(refusalOf(reply?.body ?? '', 'nobody')).to.equal(undefined);
  });

  it('is one request: of what needs several it is the first', () => {
    const { reply, isWhole } =
      viber.answer?.({ type: 'document', url: 'https://x/a.pdf', sizeBytes: 1, text: 'Read' }, config, 's1.1.1') ?? {};
    expect([JSON.parse(reply?.body ?? '{}').type, isWhole]).to.deep.equal(['file', false]);
  });
});

describe('a signature of Viber’s', () => {
  const hmac = (body: string, token: string, algorithm = 'sha256') => createHmac(algorithm, token).update(body).digest('hex');
  const believes = (body: string, given: { readonly header?: string; readonly sig?: string }) =>
    viber.verify(
      {
        ...delivery({}),
        headers: given.header === undefined ? {} : { 'x-viber-content-signature': given.header },
        query: given.sig === undefined ? {} : { sig: given.sig },
        body: Buffer.from(body),
      },
      config,
    );
  const right = hmac('{"a":1}', settings.authToken);
  const wrong = `${right.slice(0, -1)}${right.endsWith('0') ? '1' : '0'}`;

  it('is that of the bot’s token over the whole body, empty ones too', () => {
    expect([believes('{"a":1}', { header: right }), believes('', { header: hmac('', settings.authToken) })]).to.deep.equal([true, true]);
    for (const token of ['', `${settings.authToken} `, settings.authToken.slice(0, -1)])
      expect(believes('{"a":1}', { header: hmac('{"a":1}', token) }), token).to.equal(false);
  });

  it('is written as Viber writes it: in small hex, without a prefix, of SHA-256', () => {
    for (const header of [`sha256=${right}`, right.toUpperCase(), hmac('{"a":1}', settings.authToken, 'sha512'), wrong])
      expect(believes('{"a":1}', { header }), header).to.equal(false);
  });

  it('may stand in the address, where older bots get it; the header wins', () => {
    expect(believes('{"a":1}', { sig: right })).to.equal(true);
    for (const sig of [wrong, right.slice(0, 32), '', `${right}0`]) expect(believes('{"a":1}', { sig }), sig).to.equal(false);
    expect([believes('{"a":1}', { header: wrong, sig: right }), believes('{"a":1}', { header: right, sig: wrong })]).to.deep.equal([
      false,
      true,
    ]);
  });
});
