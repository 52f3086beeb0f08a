import { expect } from 'chai';
import type { Json } from '../../src/contract/index.js';
import { member, readId, readNumber, readObjects, readText, readTime } from '../../src/contract/json/json-members.js';

/** One of each kind, and those that throw when somebody asks for their value. */
const STRANGE: readonly (Json | undefined)[] = [
  undefined,
  null,
  true,
  0,
  -1,
  Number.POSITIVE_INFINITY,
  Number.NaN,
  '',
  'x',
  [],
  [[]],
  {},
  { toString: 1, valueOf: 1 },
  JSON.parse('{"__proto__":null,"length":-1,"constructor":7}') as Json,
];

describe('the readers of a provider’s JSON', () => {
  it('never throw', () => {
    for (const value of STRANGE)
      for (const read of [readText, readId, readNumber, readObjects, (one: Json | undefined) => member(one, 'toString')]) read(value);
    for (const millis of [undefined, 0, -1, Number.NaN, Number.POSITIVE_INFINITY, 1e300, 8.64e15, 253_402_300_800_000])
      expect(readTime(millis), `${millis}`).to.equal(undefined);
  });

  it('give a member that the object has itself', () => {
    expect(member({ a: 1 }, 'a')).to.equal(1);
    expect(member({}, 'toString')).to.equal(undefined);
    expect([member([1], '0'), member('a', 'length'), member(undefined, 'a')]).to.deep.equal([undefined, undefined, undefined]);
  });

  it('keep the words around NUL, and take no id that has one', () => {
    expect(readText('hel\0lo \0')).to.equal('hello ');
    expect(readText('')).to.equal('');
    expect([readText(7), readText(null), readText(['a'])]).to.deep.equal([undefined, undefined, undefined]);
    expect([readId('wamid.1'), readId('wamid\0.1'), readId(''), readId(7)]).to.deep.equal(['wamid.1', undefined, undefined, undefined]);
  });

  it('read a number also from a text, and none from anything else', () => {
    expect([readNumber(0), readNumber('7'), readNumber(' 1.5 '), readNumber('1e3')]).to.deep.equal([0, 7, 1.5, 1000]);
    for (const none of ['', ' ', 'x', '7x', 'Infinity', Number.NaN, true, null, [], [7], {}] as const)
      expect(readNumber(none), JSON.stringify(none)).to.equal(undefined);
  });

  it('find the objects of a list', () => {
    expect(readObjects([{ a: 1 }, null, 7, 'x', [{}], {}])).to.deep.equal([{ a: 1 }, {}]);
    expect(readObjects({ 0: {} })).to.deep.equal([]);
  });

  it('make a time of milliseconds, of years with four digits', () => {
    expect(readTime(1)).to.equal('1970-01-01T00:00:00.001Z');
    expect(readTime(253_402_300_799_999)).to.equal('9999-12-31T23:59:59.999Z');
  });
});
