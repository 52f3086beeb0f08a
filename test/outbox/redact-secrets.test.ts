import { expect } from 'chai';
import type { Json } from '../../src/contract/index.js';
import { redactSecrets } from '../../src/outbox/redact-secrets.js';

const SECRETS = ['hush-hush', 'a+b/c=?&"ä"', 'Pa$$(w)ord.*', "<key>'&\\", '٣٤٥٦', '12345678'];

/** A secret as other systems encode it. */
const FORMS: Readonly<Record<string, (secret: string) => string>> = {
  plain: (secret) => secret,
  'upper case': (secret) => secret.toUpperCase(),
  'lower case': (secret) => secret.toLowerCase(),
  reversed: (secret) => [...secret].reverse().join(''),
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
  HTML: (secret) => secret.replace(/[&<>"']/g, (character) => `&${{ '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot' }[character] ?? '#39'};`),
  base64: (secret) => Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  'base64 after one byte': (secret) => Buffer.from(`:${secret}`).toString('base64url').slice(2),
  'base64 after two bytes': (secret) => Buffer.from(`a:${secret}`).toString('base64').slice(3),
};

describe('a secret in the answer of a called system', () => {
  for (const [name, encode] of Object.entries(FORMS))
    it(`is redacted: ${name}`, () => {
      for (const secret of SECRETS) {
        const echo = encode(secret);
        const redacted = JSON.stringify(redactSecrets({ text: `you said ${echo}!`, [echo]: [echo, { deep: echo }] }, SECRETS));
        // The last character of base64 also holds bits of what follows the secret.
        expect(redacted, secret).to.include('***').and.not.include(JSON.stringify(echo).slice(1, -2));
        expect(redacted).to.include('you said ');
      }
    });

  it('is redacted if it is a number', () => {
    expect(redactSecrets([12_345_678, 123_456_789, 1], SECRETS)).to.deep.equal(['***', 123_456_789, 1]);
  });

  it('is redacted and nothing else: a secret is no pattern', () => {
    const answer: Json = { a: 'hush', b: ['PaXXword', 'aab/c', null, true, 1.5], c: {} };
    expect(redactSecrets(answer, SECRETS)).to.deep.equal(answer);
    expect(redactSecrets('the cat', ['...', 'cat', ''])).to.equal('the cat');
    expect(redactSecrets('hush-hush', [])).to.equal('hush-hush');
  });

  it('is redacted as a whole if it contains another secret', () => {
    expect(redactSecrets('<hush-hush-more> <hush-hush>', ['hush-hush', 'hush-hush-more'])).to.equal('<***> <***>');
  });
});
