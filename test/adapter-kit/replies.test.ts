import { expect } from 'chai';
import { hmacOf, isHmacOf, isSameSecret, rawOf, readBody, readUnrecognizedReply } from '../../src/adapter-kit/index.js';
import { type ProviderReply, UnreadableBody } from '../../src/contract/index.js';

describe('a reply in which nothing of the provider’s is found', () => {
  const kindOf = (reply: ProviderReply) => {
    const { kind, code, retryable } = readUnrecognizedReply(reply, { provider: 'Acme', configStatuses: [401] });
    return [kind, code, ...(retryable ? ['retryable'] : [])];
  };
  const http = (status: number, body = '', headers = {}) => ({ status, headers, body });

  for (const [what, reply, expected] of [
    ['was never sent', { failed: 'unreachable', detail: 'ECONNREFUSED' }, ['unreachable', 'send/unreachable']],
    ['was lost', { failed: 'lost', detail: 'ECONNRESET' }, ['unknown', 'send/answer-lost']],
    ['says nothing with 200', http(200), ['unknown', 'http-200']],
    ['says nothing with 503', http(503, '<html>'), ['unknown', 'http-503']],
    ['is 429', http(429), ['throttled', 'http-429']],
    ['is a page of a proxy', http(403, ' <!doctype html>'), ['unreachable', 'http-403']],
    ['is a page by its type', http(401, '', { 'content-type': 'text/html' }), ['unreachable', 'http-401']],
    ['refuses the settings', http(401), ['config', 'http-401']],
    ['is any other refusal', http(404), ['rejected', 'http-404', 'retryable']],
  ] as const)
    it(`that ${what}: ${expected.join(', ')}`, () => expect(kindOf(reply)).to.deep.equal(expected));

  it('names the provider for the operator', () => {
    expect(readUnrecognizedReply(http(500), { provider: 'Acme', configStatuses: [] }).message).to.equal(
      'HTTP 500 without an answer from Acme',
    );
  });
});

describe('the body of a webhook', () => {
  it('is read exactly, and no deeper than a store can keep', () => {
    expect(readBody({ body: Buffer.from('{"token":4987381194038857789}') })).to.deep.equal({ token: '4987381194038857789' });
    const deep = JSON.stringify(readBody({ body: Buffer.from(`${'['.repeat(100)}1${']'.repeat(100)}`) }));
    expect(deep).to.equal(`${'['.repeat(60)}null${']'.repeat(60)}`);
    for (const broken of ['', '{', '"']) expect(() => readBody({ body: Buffer.from(broken) })).to.throw(UnreadableBody);
  });

  it('is kept up to 8 kB', () => {
    expect(rawOf({ id: 'a' })).to.deep.equal({ raw: { id: 'a' } });
    expect(rawOf({ text: 'x'.repeat(8_000) })).to.deep.equal({});
  });

  it('is believed by its HMAC alone', () => {
    const signed = { secret: 'key', body: 'The quick brown fox jumps over the lazy dog' };
    // https://en.wikipedia.org/wiki/HMAC#Examples
    const hmac = 'f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8';
    expect(hmacOf(signed)).to.equal(hmac);
    expect([hmac, undefined, '', hmac.toUpperCase(), `${hmac}0`, 'ü'.repeat(64)].map((one) => isHmacOf(signed, one))).to.deep.equal([
      true,
      ...Array.from({ length: 5 }, () => false),
    ]);
    expect([isSameSecret('a', 'a'), isSameSecret('a', 'b'), isSameSecret('', 'a')]).to.deep.equal([true, false, false]);
  });
});
