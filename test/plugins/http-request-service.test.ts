import { expect } from 'chai';
import { service } from '../../plugins/http-request/service.js';
import { CallError, type OutboundAnswer, type OutboundAsk, type ServiceTools } from '../../src/contract/index.js';

type Asked = Parameters<typeof service.call>[0];
const ASKED: Asked = {
  method: 'GET',
  url: 'https://shop.example/orders?a=1',
  headers: [],
  query: [],
  body: null,
  auth: null,
  timeout: 1_000,
  retries: 0,
  keep: ['body'],
};
const answer = (status: number, body = '{"n":1}', headers: Readonly<Record<string, string>> = {}): OutboundAnswer => ({
  status,
  headers,
  body,
});

/** Asks with these answers in a row; gives what was asked, how long was paused, and what came of it. */
async function ask(request: Partial<Asked>, ...answers: readonly (OutboundAnswer | CallError)[]) {
  const asked: OutboundAsk[] = [];
  const pauses: number[] = [];
  const tools: ServiceTools = {
    id: 's1.1.1',
    signal: new AbortController().signal,
    async request(one) {
      asked.push(one);
      const next = answers[asked.length - 1];
      if (next instanceof CallError) throw next;
      if (!next) throw new Error('nobody answers any more');
      return next;
    },
    stream: () => Promise.reject(new Error('it does not stream')),
    async pause(millis) {
      pauses.push(millis);
    },
  };
  const value = await service.call({ ...ASKED, ...request }, tools).catch((error: unknown) => error);
  return { asked, pauses, value };
}

describe('the service behind http-request', () => {
  it('tries again after no answer, 429 and 5xx, as often as it may, with longer pauses or those it was asked for', async () => {
    const lost = new CallError('request/no-answer', 'no', true);
    const { asked, pauses, value } = await ask({ retries: 3 }, answer(503), lost, answer(429, '', { 'retry-after': '3' }), answer(200));
    expect(asked).to.have.length(4);
    expect(pauses).to.deep.equal([500, 1_000, 3_000]);
    expect(value).to.deep.equal({ status: 200, body: { n: 1 }, isJson: true });
  });

  it('gives up after its tries, with the last answer or the last error', async () => {
    expect((await ask({ retries: 1 }, answer(503), answer(500, 'no'))).value).to.deep.equal({ status: 500, body: 'no' });
    const lost = new CallError('request/timeout', 'no', true);
    expect((await ask({ retries: 1 }, answer(503), lost)).value).to.equal(lost);
  });

  it('does not try again what will not be better', async () => {
    expect((await ask({ retries: 3 }, answer(404))).asked).to.have.length(1);
    const refused = new CallError('request/private-address', 'no');
    expect((await ask({ retries: 3 }, refused)).asked).to.have.length(1);
  });

  it('writes query, headers, authentication and bodies', async () => {
    const row = (name: string, value: unknown) => ({ name, value: value as never });
    const json = { json: { list: [1, true], text: 'a b' } };
    const { asked } = await ask(
      { method: 'POST', query: [row('q', 'a b&c'), row('n', 2)], body: json, auth: { bearer: 'k\ney' } },
      answer(200),
    );
    expect(asked[0]).to.deep.include({
      url: 'https://shop.example/orders?a=1&q=a+b%26c&n=2',
      body: '{"list":[1,true],"text":"a b"}',
      headers: { 'content-type': 'application/json', 'idempotency-key': 's1.1.1', authorization: 'Bearer k ey' },
    });
    const basic = { basic: { user: 'me', password: 'pä' } };
    const form = await ask({ method: 'PUT', body: { form: [row('a', 'x y'), row('o', { b: 1 })] }, auth: basic }, answer(200));
    expect(form.asked[0]?.body).to.equal('a=x+y&o=%7B%22b%22%3A1%7D');
    expect(form.asked[0]?.headers?.['authorization']).to.equal(`Basic ${Buffer.from('me:pä').toString('base64')}`);
    const lists = await ask(
      { method: 'POST', query: [row('t', ['a', 1]), row('e', [])], body: { form: [row('t', ['x', 'y'])] } },
      answer(200),
    );
    expect([lists.asked[0]?.url, lists.asked[0]?.body]).to.deep.equal(['https://shop.example/orders?a=1&t=a&t=1', 't=x&t=y']);
    const own = await ask({ method: 'POST', body: { text: '<a/>' }, headers: [row('Content-Type', 'text/xml')] }, answer(200));
    expect(own.asked[0]?.headers?.['content-type']).to.equal('text/xml');
    const whole = await ask({ method: 'POST', body: { text: { a: [1] } as never } }, answer(200));
    expect(whole.asked[0]?.body, 'a text that is one lone expression').to.equal('{"a":[1]}');
    expect((await ask({}, answer(200))).asked[0]?.headers).to.not.have.property('idempotency-key');
  });

  it('reads JSON however it is called, keeps text, and refuses what says to be JSON and is not', async () => {
    expect((await ask({}, answer(200, '[1]', { 'content-type': 'text/plain' }))).value).to.deep.equal({
      status: 200,
      body: [1],
      isJson: true,
    });
    expect((await ask({}, answer(200, '{"n":7615917337495251231}'))).value, 'a long number').to.deep.equal({
      status: 200,
      body: { n: '7615917337495251231' },
      isJson: true,
    });
    expect((await ask({}, answer(200, 'pong'))).value).to.deep.equal({ status: 200, body: 'pong' });
    expect((await ask({}, answer(204, ''))).value).to.deep.equal({ status: 204, body: null, isJson: true });
    expect((await ask({ keep: [] }, answer(200))).value).to.deep.equal({ status: 200 });
    expect((await ask({}, answer(200, '<', { 'content-type': 'application/problem+json' }))).value).to.include({
      code: 'request/unreadable',
    });
  });
});
