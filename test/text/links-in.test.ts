import { expect } from 'chai';
import { emailsIn, linksIn } from '../../src/text/links-in.js';

describe('the e-mail addresses in a text', () => {
  const cases: readonly (readonly [text: string, addresses: readonly string[]])[] = [
    ['ada@example.com', ['ada@example.com']],
    ['Write to Ada <Ada.L+news@Example.com>.', ['Ada.L+news@Example.com']],
    ['mailto:ada@example.com', ['ada@example.com']],
    ['ada@example.com, bob@example.org', ['ada@example.com', 'bob@example.org']],
    ['ada@müller.de', ['ada@müller.de']],
    ['\u200eada@example.com\u200f', ['ada@example.com']],
    ['ada@example.com, ada@example.com', ['ada@example.com']],
    ['ada@', []],
    ['@ada', []],
    ['ada at example dot com', []],
    ['https://example.com', []],
    [`${'a'.repeat(300)}@example.com`, []],
  ];
  for (const [text, addresses] of cases) {
    it(`${JSON.stringify(text.slice(0, 60))} holds ${JSON.stringify(addresses)}`, () => {
      expect(emailsIn(text)).to.deep.equal(addresses);
    });
  }
});

describe('the links in a text', () => {
  it('are addresses of web pages', () => {
    expect(linksIn('See example.com/a, http://b.example/?q=1. or mail ada@example.com, ftp://c.example')).to.deep.equal([
      'https://example.com/a',
      'http://b.example/?q=1',
    ]);
  });

  it('are not versions, file names and abbreviations', () => {
    expect(linksIn('v1.2.3 e.g. index.html and 12.5')).to.deep.equal([]);
  });
});
