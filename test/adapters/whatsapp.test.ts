import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import { accepts } from '../../adapters/whatsapp/accepts.js';
import { settings } from '../../adapters/whatsapp/cases.js';
import whatsapp from '../../adapters/whatsapp/index.js';
import { eventsIn } from '../../adapters/whatsapp/parse.js';
import type { Choice, Json, JsonObject, OutboundMessage } from '../../src/contract/index.js';
import { aRequest } from '../support/a-request.js';
import { START } from '../support/builders.js';

const { value: config } = whatsapp.config.validate(settings);

/** A body as Meta writes it, with these members of its value. */
function bodyOf(value: JsonObject): JsonObject {
  const metadata = { display_phone_number: '15550783881', phone_number_id: settings.phoneNumberId };
  return { entry: [{ id: '1', changes: [{ field: 'messages', value: { metadata, ...value } }] }] };
}

function parse(body: Json) {
  return whatsapp.parse(
    { channel: 'a-channel', method: 'POST', query: {}, headers: {}, body: Buffer.from(JSON.stringify(body)), at: START },
    config,
  );
}

describe('what WhatsApp delivers', () => {
  it('keeps the words around NUL', () => {
    const [event] = parse(
      bodyOf({
        contacts: [{ wa_id: '4915112345678', profile: { name: 'A\0da' } }],
        messages: [{ from: '4915112345678', id: 'wamid.1', type: 'text', text: { body: 'a \0table for two\0' } }],
      }),
    );
    expect(event).to.deep.include({ type: 'message', id: 'wa:wamid.1' });
    expect(event?.type === 'message' && [event.message.text, event.message.from.name]).to.deep.equal(['a table for two', 'Ada']);
  });

  it('takes a name that nobody can see for no name', () => {
    const [event] = parse(
      bodyOf({
        contacts: [{ wa_id: '4915112345678', profile: { name: '\u3164\u200b' } }],
        messages: [{ from: '4915112345678', id: 'wamid.1', type: 'text', text: { body: 'hi' } }],
      }),
    );
    expect(event?.type === 'message' && event.message.from).not.to.have.property('name');
  });

  it('finds the contact of a message by id, whatever its place, and the first one of an id', () => {
    const contacts = [
      { wa_id: '4915100000001', profile: { name: 'Grace' } },
      { wa_id: '4915100000002', user_id: 'DE.1', profile: { name: 'Ada' } },
      { wa_id: '4915100000002', profile: { name: 'Somebody else' } },
    ];
    const messages = ['4915100000002', '4915100000001', '4915100000003'].map((from, i) => ({
      from,
      id: `wamid.${i}`,
      type: 'text',
      text: { body: 'hi' },
    }));
    const found = parse(bodyOf({ contacts, messages })).map((event) => event.type === 'message' && event.message.from);
    expect(found.map((from) => from && [from.name, from.identities])).to.deep.equal([
      ['Ada', ['whatsapp:DE.1', 'whatsapp:4915100000002', 'phone:+4915100000002']],
      ['Grace', ['whatsapp:4915100000001', 'phone:+4915100000001']],
      [undefined, ['whatsapp:4915100000003', 'phone:+4915100000003']],
    ]);
  });

  it('adds a number that was shared on request, however it is written, and no number of another card', () => {
    const identities = (origin: string, phone: JsonObject) => {
      const message = { from_user_id: 'DE.1', id: 'wamid.1', type: 'contacts', contacts: [{ phones: [phone], origin }] };
      const [event] = parse(bodyOf({ messages: [message] }));
      return event?.type === 'message' && event.message.from.identities;
    };
    const both = ['whatsapp:DE.1', 'whatsapp:4915112345678', 'phone:+4915112345678'];
    expect(identities('contact_request', { wa_id: '4915112345678', phone: '+1 650 555' })).to.deep.equal(both);
    for (const phone of ['+4915112345678', '+49 151 1234-5678', '+49 (151) 123 456 78'])
      expect(identities('contact_request', { phone }), phone).to.deep.equal(both);
    for (const phone of ['call me', '+49 151/1234'])
      expect(identities('contact_request', { phone }), phone).to.deep.equal(['whatsapp:DE.1']);
    expect(identities('other', { wa_id: '4915112345678' })).to.deep.equal(['whatsapp:DE.1']);
  });

  it('looks at each contact of a body as often, however many messages stand beside it', () => {
    const looks = (messages: number) => {
      let count = 0;
      const contacts = Array.from({ length: 50 }, (_, i) => ({
        get wa_id() {
          count += 1;
          return `49151000000${i}`;
        },
      }));
      const sent = Array.from({ length: messages }, (_, i) => ({
        from: '4915112345678',
        id: `wamid.${i}`,
        type: 'text',
        text: { body: 'hi' },
      }));
      expect(eventsIn(bodyOf({ contacts, messages: sent }), START)).to.have.length(messages);
      return count;
    };
    expect(looks(200)).to.equal(looks(100));
  });

  it('takes a place that is written as text', () => {
    const location = { latitude: '52.5', longitude: '13.4', name: 'Here' };
    const [event] = parse(bodyOf({ messages: [{ from: '4915112345678', id: 'wamid.1', type: 'location', location }] }));
    expect(event?.type === 'message' && event.message).to.deep.include({ latitude: 52.5, longitude: 13.4 });
  });

  it('keeps the long numbers of a form digit by digit', () => {
    const nfm_reply = { name: 'flow', response_json: '{"order":7615917337495251231,"count":2}' };
    const message = { from: '4915112345678', id: 'wamid.1', type: 'interactive', interactive: { type: 'nfm_reply', nfm_reply } };
    const [event] = parse(bodyOf({ messages: [message] }));
    expect(event?.type === 'message' && event.message.form).to.deep.equal({ order: '7615917337495251231', count: 2 });
  });

  for (const [what, more, found] of [
    ['a quoted message', { context: { id: 'wamid.q' } }, { replyTo: 'wamid.q' }],
    ['a reaction', { type: 'reaction', reaction: { message_id: 'wamid.q', emoji: '👍' } }, { replyTo: 'wamid.q' }],
    ['a forwarded message', { context: { forwarded: true } }, { forwarded: true }],
    ['a message that many have forwarded', { context: { frequently_forwarded: true } }, { forwarded: true }],
    ['a message in a group', { group_id: 'g' }, { group: 'g' }],
    ['a message in a group that cannot be read', { group_id: {} }, { group: 'unknown' }],
    ['seconds', { timestamp: '1795000000' }, { sentAt: '2026-11-18T11:06:40.000Z' }],
    ['milliseconds', { timestamp: '1795000000000' }, { sentAt: '2026-11-18T11:06:40.000Z' }],
    ['no time', { timestamp: 'soon' }, { sentAt: START }],
    ['a voice note', { type: 'voice', voice: { id: 'm1' } }, { type: 'audio', mediaId: 'm1' }],
    [
      'a place with a name',
      { type: 'location', location: { latitude: 1, longitude: 2, name: 'Here', address: 'Street 1' } },
      { text: 'Here' },
    ],
    ['a place without a name', { type: 'location', location: { latitude: 1, longitude: 2, address: 'Street 1' } }, { text: 'Street 1' }],
    ['a button of a template', { type: 'button', button: { payload: 'p', text: 'Yes' } }, { choice: 'p', title: 'Yes' }],
    ['a button without a payload', { type: 'button', button: { text: 'Yes' } }, { choice: 'Yes', title: 'Yes' }],
    ['no type and one part', { type: null, image: { id: 'm1' } }, { type: 'image', mediaId: 'm1' }],
  ] as const)
    it(`tells how it came and what it is: ${what}`, () => {
      const { text: _, ...plain } = { from: '4915112345678', id: 'wamid.1', type: 'text', text: { body: 'hi' } };
      const base = 'type' in more ? plain : { ...plain, text: { body: 'hi' } };
      const [event] = parse(bodyOf({ messages: [{ ...base, ...more }] }));
      expect(event?.type === 'message' && event.message).to.deep.include(found);
    });

  it('says nothing of what has no type and several parts', () => {
    const message = { from: '4915112345678', id: 'wamid.1', image: { id: 'm1' }, text: { body: 'hi' } };
    expect(parse(bodyOf({ messages: [message] }))).to.deep.equal([]);
  });

  it('takes what was played for read', () => {
    const statuses = ['sent', 'delivered', 'read', 'played', 'seen'].map((status) => ({
      id: `wamid.${status}`,
      status,
      timestamp: '1795000000',
    }));
    const receipts = parse(bodyOf({ statuses })).map((event) => event.type === 'receipt' && event.receipt.status);
    expect(receipts).to.deep.equal(['sent', 'delivered', 'read', 'read']);
  });

  const HOUR = 3_600_000;
  for (const [code, limit] of [
    [130429, {}],
    [131056, { pair: true }],
    [131048, { retryAfter: 24 * HOUR }],
    [133016, { retryAfter: 72 * HOUR }],
  ] as const)
    it(`tells whom a limit is about, and for how long: ${code}`, () => {
      const told = whatsapp.read({ status: 400, headers: {}, body: JSON.stringify({ error: { code, message: 'no' } }) });
      const { ok: _, kind, code: __, message: ___, ...more } = told as Extract<typeof told, { ok: false }>;
      expect([kind, more]).to.deep.equal(['throttled', limit]);
    });

  it('tells an error whose code is no number as one without', () => {
    for (const code of [null, {}, { toString: 1, valueOf: 1 }, [], 'x'])
      for (const error of [{ code }, { code, message: { a: 1 }, error_data: 'x' }]) {
        const told = whatsapp.read({ status: 400, headers: {}, body: JSON.stringify({ error }) });
        expect(told).to.deep.include({ ok: false, kind: 'unreachable', code: '131000' });
      }
  });
});

describe('who somebody is on WhatsApp', () => {
  it('is told by a new number, however it is named', () => {
    for (const member of ['wa_id', 'new_wa_id']) {
      const system = { body: 'A has a new number', type: 'user_changed_number', [member]: '4915112345679' };
      const [event] = parse(bodyOf({ messages: [{ from: '4915112345678', id: 'wamid.1', type: 'system', system }] }));
      expect(event?.type === 'identities' && [event.from.address, event.isChange]).to.deep.equal(['4915112345679', true]);
    }
  });

  it('is a user id of one business, not that of an enterprise, which many portfolios share', () => {
    const found = ['whatsapp:US.1349', 'whatsapp:US.ENT.1349', 'whatsapp:4915112345678', 'phone:+49151'].map((one) =>
      whatsapp.userId?.([one], config),
    );
    expect(found).to.deep.equal([{ identity: 'whatsapp:US.1349', scope: settings.businessAccountId }, undefined, undefined, undefined]);
  });

  it('is told by the answer to a send, as far as its ids are any', () => {
    const identities = (contact: JsonObject) => {
      const body = JSON.stringify({ contacts: [contact], messages: [{ id: 'wamid.1' }] });
      const read = whatsapp.read({ status: 200, headers: {}, body });
      return read.ok && read.identities;
    };
    expect(identities({ input: '+491511', wa_id: '4915112345678', user_id: 'DE.1' })).to.deep.equal([
      'whatsapp:DE.1',
      'whatsapp:4915112345678',
      'phone:+4915112345678',
    ]);
    expect(identities({ wa_id: 'me', user_id: 'not known' })).to.deep.equal([]);
  });
});

describe('an answer of Meta’s with words of its own', () => {
  for (const [status, kind] of [
    [400, 'rejected'],
    [429, 'throttled'],
    [499, 'rejected'],
    [500, 'unreachable'],
    [503, 'unreachable'],
  ] as const)
    it(`proves that the message was not taken: ${kind} by HTTP ${status} with a code that says nothing of trying again`, () => {
      const read = whatsapp.read({ status, headers: {}, body: JSON.stringify({ error: { code: 132000, message: 'no' } }) });
      expect(read).to.deep.include({ ok: false, kind, code: '132000' });
    });
});

describe('what is sent to WhatsApp', () => {
  const bodiesOf = (message: OutboundMessage) =>
    whatsapp.render('4915112345678', message, config, 's1.1.1').map(({ body }) => JSON.parse(body) as JsonObject);
  const many = (count: number, length: number): readonly Choice[] =>
    Array.from({ length: count }, (_, i) => ({
      id: `${i} ${'ж'.repeat(length)}`,
      title: `${'ж'.repeat(length)} ${i}`,
      description: 'ж'.repeat(length),
    }));
  const template = { type: 'template', name: 't', language: 'en' } as const;
  const large: Readonly<Record<string, OutboundMessage>> = {
    'a long text': { type: 'text', text: '🎉'.repeat(5_000) },
    'a long text above buttons': {
      type: 'text',
      text: 'ж'.repeat(5_000),
      header: 'h'.repeat(80),
      footer: 'f'.repeat(80),
      choices: many(3, 300),
    },
    'a long text above a list': { type: 'text', text: 'ж'.repeat(5_000), listButton: 'b'.repeat(30), choices: many(10, 300) },
    'a long text above numbered choices': { type: 'text', text: 'ж'.repeat(5_000), choices: many(20, 100) },
    'more numbered choices than a text holds': { type: 'text', text: 'T', choices: many(50, 100) },
    'a picture with a long caption': { type: 'image', url: 'https://x/a.png', text: 'ж'.repeat(2_000) },
    'a picture with a list and no words': { type: 'image', url: 'https://x/a.png', choices: many(5, 30) },
    'a link with long words': { type: 'link', text: 'ж'.repeat(2_000), button: 'b'.repeat(30), url: 'https://x' },
    'cards with long words': {
      type: 'carousel',
      text: 'ж'.repeat(2_000),
      cards: many(10, 1).map(() => ({ imageUrl: 'https://x/a.png', text: 'ж'.repeat(300), choices: many(2, 300) })),
    },
    'a template with values that came out empty': { ...template, header: { type: 'text', text: ' ' }, body: ['', ' ', 'ж'.repeat(2_000)] },
    'a template with buttons': {
      ...template,
      buttons: [
        { index: 0, payload: ' ' },
        { index: 1, url: 'order/1' },
      ],
    },
  };
  for (const [name, message] of Object.entries(large))
    it(`is taken by Meta: ${name}`, () => {
      for (const body of bodiesOf(message)) expect(accepts(aRequest(body)), JSON.stringify(body)).to.equal(undefined);
    });

  it('is not shorter than Meta takes it', () => {
    const lengths = (['buttons', 'list'] as const).map((choicesAs) => {
      const [body] = bodiesOf({ type: 'text', text: 'a'.repeat(4_096), choicesAs, choices: many(3, 3) });
      const interactive = body?.['interactive'] as { readonly body: { readonly text: string } };
      return interactive.body.text.length;
    });
    expect(lengths).to.deep.equal([1_024, 4_096]);
  });

  it('names each button of a template by its kind and its place', () => {
    const [body] = bodiesOf({
      ...template,
      buttons: [
        { index: 0, payload: 'p' },
        { index: 1, url: 'order/1' },
      ],
    });
    expect(body)
      .to.have.nested.property('template.components')
      .that.deep.equals([
        { type: 'button', sub_type: 'quick_reply', index: '0', parameters: [{ type: 'payload', payload: 'p' }] },
        { type: 'button', sub_type: 'url', index: '1', parameters: [{ type: 'text', text: 'order/1' }] },
      ]);
  });
});

describe('a signature of WhatsApp’s', () => {
  const hmac = (body: string, secret: string, algorithm = 'sha256') => createHmac(algorithm, secret).update(body).digest('hex');
  const believes = (body: string, headers: Readonly<Record<string, string>>) =>
    whatsapp.verify({ channel: 'a-channel', method: 'POST', query: {}, headers, body: Buffer.from(body), at: START }, config);
  const right = hmac('{"a":1}', settings.appSecret);

  it('is that of the app secret over the whole body, empty ones too', () => {
    expect(believes('{"a":1}', { 'x-hub-signature-256': `sha256=${right}` })).to.equal(true);
    expect(believes('', { 'x-hub-signature-256': `sha256=${hmac('', settings.appSecret)}` })).to.equal(true);
    for (const secret of ['', `${settings.appSecret} `, settings.appSecret.slice(0, -1), settings.accessToken, settings.verifyToken])
      expect(believes('{"a":1}', { 'x-hub-signature-256': `sha256=${hmac('{"a":1}', secret)}` }), secret).to.equal(false);
  });

  it('is written as Meta writes it: with its prefix, in small hex, of SHA-256', () => {
    const wrong = [
      right,
      `SHA256=${right}`,
      `sha256:${right}`,
      `sha512=${right}`,
      `sha256=${right.toUpperCase()}`,
      `sha1=${hmac('{"a":1}', settings.appSecret, 'sha1')}`,
      `sha256=${hmac('{"a":1}', settings.appSecret, 'sha512').slice(0, 64)}`,
      `sha256=${Buffer.from(right, 'hex').toString('base64')}`,
    ];
    for (const value of wrong) expect(believes('{"a":1}', { 'x-hub-signature-256': value }), value).to.equal(false);
    expect(believes('{"a":1}', { 'x-hub-signature': `sha1=${hmac('{"a":1}', settings.appSecret, 'sha1')}` }), 'the old header').to.equal(
      false,
    );
  });
});

describe('the handshake of WhatsApp', () => {
  const shake = (query: Readonly<Record<string, string>>) =>
    whatsapp.handshake?.({ channel: 'a-channel', method: 'GET', query, headers: {}, body: Buffer.alloc(0), at: START }, config);
  const right = { 'hub.mode': 'subscribe', 'hub.verify_token': settings.verifyToken, 'hub.challenge': '1158201444' };

  it('gives the challenge back as plain text, cut where it is longer than any', () => {
    expect(shake(right)).to.deep.equal({ status: 200, contentType: 'text/plain', body: '1158201444' });
    expect(shake({ ...right, 'hub.challenge': 'x'.repeat(1_000) })?.body).to.have.length(256);
  });

  it('is refused for another token, a part of it, and another mode', () => {
    const { verifyToken } = settings;
    for (const token of ['', 'x', verifyToken.slice(0, -1), `${verifyToken}x`, verifyToken.toUpperCase(), `${verifyToken.slice(0, -1)}_`])
      expect(shake({ ...right, 'hub.verify_token': token })?.status, token).to.equal(403);
    for (const query of [{}, { ...right, 'hub.mode': 'unsubscribe' }, { ...right, 'hub.mode': '' }])
      expect(shake(query)?.status).to.equal(403);
    const { 'hub.verify_token': _, ...without } = right;
    expect(shake(without)?.status).to.equal(403);
  });
});
