import { expect } from 'chai';
import { readJson } from '../../src/contract/json/exact-json.js';

describe('exact JSON', () => {
  it('keeps whole numbers of 16 digits and more digit by digit, at any depth and with any sign', () => {
    expect(
      readJson('{"a":4987381194038857789,"b":[4987381194038857790,{"c":-4987381194038857791}],"d":18446744073709551615}'),
    ).to.deep.equal({
      a: '4987381194038857789',
      b: ['4987381194038857790', { c: '-4987381194038857791' }],
      d: '18446744073709551615',
    });
    expect(readJson('9007199254740993')).to.equal('9007199254740993');
    expect(readJson(`[${'9'.repeat(400)}]`)).to.deep.equal(['9'.repeat(400)]);
  });

  it('counts the digits: fifteen are a number, sixteen a text', () => {
    expect(readJson('[123456789012345,1234567890123456]')).to.deep.equal([123456789012345, '1234567890123456']);
    expect(readJson('[-123456789012345,-1234567890123456]')).to.deep.equal([-123456789012345, '-1234567890123456']);
  });

  it('leaves texts and names alone, whatever is escaped there', () => {
    const texts = [
      '4987381194038857789',
      '\\',
      '\\"',
      '": 4987381194038857789',
      '\\\\" 4987381194038857789',
      '"',
      '\n"4987381194038857789',
      'Grüße 👋 \u0000\u2028',
    ];
    for (const text of texts) {
      const value = { [text]: text, list: [text, text] };
      expect(readJson(JSON.stringify(value)), text).to.deep.equal(value);
      expect(readJson(`{${JSON.stringify(text)}:4987381194038857789}`), text).to.deep.equal({ [text]: '4987381194038857789' });
    }
  });

  it('reads all else beside a long number as JSON.parse does', () => {
    const others = [
      '0',
      '-0.5',
      '1e21',
      '123456789012345',
      '1.2345678901234567',
      '0.12345678901234567e-3',
      '12345678901234567.5',
      '12345678901234567e2',
      'true',
      'false',
      'null',
      '""',
      '[]',
      '{}',
      '[ ]',
      '{ }',
      '"\\u00e9\\ud83d\\ude00\\/"',
      '{"a":1,"a":[2]}',
      '{"":{"":[]}}',
    ];
    for (const raw of others)
      expect(readJson(`[ ${raw} ,4987381194038857789]`), raw).to.deep.equal([JSON.parse(raw), '4987381194038857789']);
  });

  it('makes no prototype of a member that is named like one', () => {
    const value = readJson('{"__proto__":{"role":"admin"},"n":4987381194038857789}') as object;
    expect(Object.keys(value)).to.deep.equal(['__proto__', 'n']);
    expect('role' in value).to.equal(false);
  });

  it('is undefined for what is no JSON, with and without a long number', () => {
    const broken = [
      '',
      ' ',
      '{',
      '[1,]',
      '{"a":1,}',
      "{'a':1}",
      '4987381194038857789 4987381194038857789',
      '"4987381194038857789',
      '04987381194038857789',
      '4987381194038857789x',
      '[4987381194038857789',
      '[4987381194038857789,]',
      '{"a":4987381194038857789,}',
      '{"a" 4987381194038857789}',
      '--4987381194038857789',
      '+4987381194038857789',
      '4987381194038857789.',
      '"\n4987381194038857789"',
      `${'['.repeat(100_000)}4987381194038857789${']'.repeat(100_000)}`,
    ];
    for (const raw of broken) expect(readJson(raw), raw.slice(0, 50)).to.equal(undefined);
  });
});
