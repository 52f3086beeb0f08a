import { expect } from 'chai';
import { findUnsafeJson } from '../../src/flow/find-unsafe-json.js';

/** The code and the pointer of the first foul place in a text of JSON. */
const place = (json: string, family: 'flow' | 'body' = 'body') => {
  const found = findUnsafeJson(JSON.parse(json), family);
  return found && `${found.severity} ${found.code} ${found.pointer}`;
};
const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
const wide = (members: number) => JSON.stringify(Object.fromEntries(Array.from({ length: members }, (_, i) => [`k${i}`, i])));

describe('a foul place in JSON', () => {
  it('is a key that reaches for a prototype, wherever it stands', () => {
    for (const key of ['__proto__', 'constructor', 'prototype']) {
      expect(place(`{"${key}":1}`), key).to.equal(`error body/forbidden-key /${key}`);
      expect(place(`{"${key}":1}`, 'flow'), key).to.equal(`error flow/forbidden-key /${key}`);
      expect(place(`{"a":[1,{"b/~":{"${key}":{}}}]}`), key).to.equal(`error body/forbidden-key /a/1/b~1~0/${key}`);
    }
  });

  it('is no key that only looks like one', () => {
    for (const key of ['proto', 'Prototype', 'prototypes', 'toString', '__proto', 'hasOwnProperty', ''])
      expect(place(`{"${key}":1}`), key).to.equal(undefined);
    expect(place('["__proto__","constructor","prototype"]')).to.equal(undefined);
  });

  it('is what is nested too deep, what is too wide, and a number without an end', () => {
    expect(place(nested(60))).to.equal(undefined);
    expect(place(nested(62))).to.equal(`error body/too-deep ${'/a'.repeat(61)}`);
    expect(place(wide(5_000))).to.equal(undefined);
    expect(place(wide(5_001))).to.equal('error body/too-large ');
    expect(place(`[${'1,'.repeat(6_000)}1]`), 'a list may be longer').to.equal(undefined);
    expect(place('{"a":[1e400]}')).to.equal('error body/endless-number /a/0');
    expect(place('{"a":-1e400}', 'flow')).to.equal('error flow/endless-number /a');
  });

  it('is told with a word of how to mend it', () => {
    for (const json of ['{"prototype":1}', nested(62), wide(5_001), '1e400']) {
      const { message = '', hint = '' } = findUnsafeJson(JSON.parse(json), 'flow') ?? {};
      expect(
        [message, hint].every((words) => words.length > 5),
        json.slice(0, 20),
      ).to.equal(true);
    }
  });
});
