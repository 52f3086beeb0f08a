import { expect } from 'chai';
import type { Json } from '../../src/contract/index.js';
import { blacken } from '../../src/outbox/blacken.js';

const SECRETS = ['hush-hush', 'a+b/c=?&"ä"', 'Pa$$(w)ord.*', "<key>'&\\", '٣٤٥٦', '12345678'];

/** A secret as other systems write it. */
const SHAPES: Readonly<Record<string, (secret: string) => string>> = {
  plain: (secret) => secret,
  'upper case': (secret) => secret.toUpperCase(),
  'lower case': (secret) => secret.toLowerCase(),
  backwards: (secret) => [...secret].reverse().join(''),
  hex: (secret) => Buffer.from(secret).toString('hex'),
  'upper case hex': (secret) => Buffer.from(secret).toString('hex').toUpperCase(),
  'hex with colons': (secret) =>
    Buffer.from(secret)
      .toString('hex')
      .replace(/..(?=.)/g, '$&:'),
  'every byte percent-encoded': (secret) => Buffer.from(secret).toString('hex').replace(/../g, '%$&'),
  'percent-encoded': encodeURIComponent,
  'percent-encoded in lower case': (secret) => encodeURIComponent(secret).toLowerCase(),
  form: (secret) => new URLSearchParams([['k', secret]]).toString().slice(2),
  JSON: (secret) => JSON.stringify(secret).slice(1, -1),
  HTML: (secret) => secret.replace(/[&<>"']/g, (sign) => `&${{ '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot' }[sign] ?? '#39'};`),
  base64: (secret) => Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  'base64 after one byte': (secret) => Buffer.from(`:${secret}`).toString('base64url').slice(2),
  'base64 after two bytes': (secret) => Buffer.from(`a:${secret}`).toString('base64').slice(3),
};

describe('a secret in the answer of a called system', () => {
  for (const [name, shape] of Object.entries(SHAPES))
    it(`is blackened: ${name}`, () => {
      for (const secret of SECRETS) {
        const echo = shape(secret);
        const told = JSON.stringify(blacken({ text: `you said ${echo}!`, [echo]: [echo, { deep: echo }] }, SECRETS));
        // The last sign of base64 also holds bits of what comes after the secret.
        expect(told, secret).to.include('***').and.not.include(JSON.stringify(echo).slice(1, -2));
        expect(told).to.include('you said ');
      }
    });

  it('is blackened where it is a number', () => {
    expect(blacken([12_345_678, 123_456_789, 1], SECRETS)).to.deep.equal(['***', 123_456_789, 1]);
  });

  it('leaves all else as it is, and takes no secret for a pattern', () => {
    const answer: Json = { a: 'hush', b: ['PaXXword', 'aab/c', null, true, 1.5], c: {} };
    expect(blacken(answer, SECRETS)).to.deep.equal(answer);
    expect(blacken('the cat', ['...', 'cat', ''])).to.equal('the cat');
    expect(blacken('hush-hush', [])).to.equal('hush-hush');
  });

  it('is blackened whole where another secret is a part of it', () => {
    expect(blacken('<hush-hush-more> <hush-hush>', ['hush-hush', 'hush-hush-more'])).to.equal('<***> <***>');
  });
});
