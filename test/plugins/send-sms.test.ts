import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { problemsIn } from '../../plugins/send-sms/check.js';
import sendSms from '../../plugins/send-sms/index.js';
import { loadConfig } from '../../src/config/load.js';
import type { OutboundAsk, ServiceTools } from '../../src/contract/index.js';
import { openServices } from '../../src/open-services.js';
import { createOutbound, type Outbound } from '../../src/outbox/outbound-request.js';

const TEXT = `He said "no" & left\n<b>}}`;

describe('the service behind send-sms', () => {
  const asked: { readonly method: string; readonly url: string; readonly headers: IncomingHttpHeaders; readonly body: string }[] = [];
  const answers: (readonly [number, string])[] = [];
  let server: Server;
  let outbound: Outbound;
  const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  before(async () => {
    server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      asked.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
      const [status, answer] = answers.shift() ?? [202, '{}'];
      response.writeHead(status).end(answer);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    // Nothing private is allowed: the address of the settings needs no permission.
    outbound = createOutbound([]);
  });
  after(async () => {
    await outbound.close();
    server.close();
  });
  beforeEach(() => {
    asked.splice(0);
    answers.splice(0);
  });

  async function send(settings: object, ...given: (readonly [number, string])[]): Promise<unknown> {
    answers.push(...given);
    const { signal } = new AbortController();
    const tools: ServiceTools = {
      id: 's1.2.3',
      signal,
      request: (ask: OutboundAsk) => outbound.request(ask, signal),
      stream: () => Promise.reject(new Error('no')),
      pause: async () => {},
    };
    const { services } = openServices({ plugins: [sendSms], config: settings, clock: { now: () => '2026-11-24T09:00:00.000Z' } });
    return services
      .get('send-sms')
      ?.call({ to: '+4915112345678', text: TEXT }, tools)
      .catch((error: unknown) => error);
  }

  it('posts JSON by default', async () => {
    expect(await send({ SMS_URL: `${origin()}/send` })).to.deep.equal({ status: 202 });
    const [{ method, url, headers, body } = { method: '', url: '', headers: {}, body: '' }] = asked;
    expect([method, url, headers['content-type'], headers['idempotency-key']]).to.deep.equal([
      'POST',
      '/send',
      'application/json',
      's1.2.3',
    ]);
    expect(JSON.parse(body)).to.deep.equal({ to: '+4915112345678', text: TEXT, id: 's1.2.3' });
  });

  it('fills the template of the settings; what people write stays a text in JSON, a value in a form and in an address', async () => {
    await send({
      SMS_URL: origin(),
      SMS_BODY: '{"messages":[{"to":"{{ to }}","body":"{{ text }}!"}]}',
      SMS_HEADERS: { authorization: 'Bearer k' },
    });
    expect(JSON.parse(asked[0]?.body ?? '')).to.deep.equal({ messages: [{ to: '+4915112345678', body: `${TEXT}!` }] });
    expect(asked[0]?.headers.authorization).to.equal('Bearer k');

    await send({ SMS_URL: origin(), SMS_BODY: '{"to":{{ to | json }},"body":{{ text | json }}}' });
    expect(JSON.parse(asked[1]?.body ?? '')).to.deep.equal({ to: '+4915112345678', body: TEXT });

    await send({ SMS_URL: origin(), SMS_BODY: 'To={{ to }}&From=%2B1&Body={{ text }}' });
    expect(asked[2]?.headers['content-type']).to.equal('application/x-www-form-urlencoded');
    expect(Object.fromEntries(new URLSearchParams(asked[2]?.body))).to.deep.equal({ To: '+4915112345678', From: '+1', Body: TEXT });

    await send({ SMS_URL: `${origin()}/send/{{ to }}?text={{ text }}&id={{ id }}` });
    const { pathname, searchParams } = new URL(asked[3]?.url ?? '', origin());
    expect([asked[3]?.method, asked[3]?.body, decodeURIComponent(pathname)]).to.deep.equal(['GET', '', '/send/+4915112345678']);
    expect(Object.fromEntries(searchParams)).to.deep.equal({ text: TEXT, id: 's1.2.3' });

    await send({
      SMS_URL: origin(),
      SMS_BODY: '<sms to="{{ to }}">{{ text | escape }}</sms>',
      SMS_HEADERS: { 'content-type': 'application/xml' },
    });
    expect(asked[4]?.headers['content-type']).to.equal('application/xml');
    expect(asked[4]?.body).to.equal('<sms to="+4915112345678">He said &#34;no&#34; &amp; left\n&lt;b&gt;}}</sms>');
  });

  it('tries again after 429 and 5xx, under the same id', async () => {
    expect(await send({ SMS_URL: origin() }, [429, ''], [503, ''], [200, ''])).to.deep.equal({ status: 200 });
    expect(new Set(asked.map(({ headers }) => headers['idempotency-key']))).to.deep.equal(new Set(['s1.2.3']));
  });

  it('fails with the status and the words of the provider', async () => {
    const failure = await send({ SMS_URL: origin() }, [400, '{"code":21211,"message":"The number is\\ninvalid"}']);
    expect(failure).to.deep.include({ code: 'sms/refused', message: 'the SMS provider answered 400: The number is invalid', status: 400 });
    expect(asked).to.have.length(1);
    expect(await send({ SMS_URL: origin() }, [500, ''], [500, ''], [500, ''], [500, '<html>'])).to.deep.include({
      code: 'sms/refused',
      message: 'the SMS provider answered 500',
    });
  });

  it('fails if the host has no provider, or its templates are invalid', async () => {
    expect(await send({})).to.deep.include({ code: 'sms/not-configured' });
    expect(await send({ SMS_URL: origin(), SMS_BODY: 'a={{ to | no_such_filter' })).to.deep.include({ code: 'call/bad-setting' });
    expect(await send({ SMS_URL: `${origin()}/{{ nothing }}/x` })).to.deep.include({ code: 'call/bad-setting' });
    expect(asked).to.deep.equal([]);
  });
});

describe('the check of an SMS', () => {
  const codes = (to: string, hasSetting?: (name: string) => boolean) =>
    problemsIn({ to, text: 'x' }, hasSetting ? { hasSetting } : {}).map(({ code, pointer }) => `${code} ${pointer}`);

  it('finds numbers that are none, and warns if the host has no provider', () => {
    expect(codes('{{ customerPhoneNumber }}')).to.deep.equal([]);
    expect(codes('+49 1511 2345678', () => true)).to.deep.equal([]);
    expect(codes('0151 123')).to.deep.equal(['sms/bad-number /to']);
    expect(codes('{{ to }}', () => false)).to.deep.equal(['sms/not-configured ']);
  });
});

describe('the settings of the SMS provider', () => {
  it('are an address, perhaps with templates, a body, and headers', () => {
    const given = { SMS_URL: 'https://sms.example/{{ to }}?t={{ text }}', SMS_BODY: '{}', SMS_HEADERS: 'Authorization=Bearer%20key' };
    expect(loadConfig(given)).to.deep.include({ ...given, SMS_HEADERS: { authorization: 'Bearer key' } });
    expect(loadConfig({ SMS_URL: 'https://user:pw@sms.example/', SMS_HEADERS: 'x' })).to.deep.equal({
      mistakes: [
        'SMS_URL: must be an address that begins with https:// or http://, without a user name',
        'SMS_HEADERS: must be name=value, comma-separated, with URL-encoded values',
      ],
    });
  });
});
