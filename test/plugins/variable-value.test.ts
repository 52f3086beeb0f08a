import { expect } from 'chai';
import { node as setVariables } from '../../plugins/set-variables/node.js';
import { MAX_LEVELS } from '../../src/contract/json/levels.js';
import { variable } from '../../src/params/fields.js';
import { asWritten } from '../../src/params/reading.js';
import { asNumber, coerce } from '../../src/params/variable-value.js';

describe('a value of a type', () => {
  it('is a number when it is written as one, and finite', () => {
    expect(['10', ' 2.5 ', '-1e3', '.5', 7].map((one) => asNumber(one))).to.deep.equal([10, 2.5, -1_000, 0.5, 7]);
    for (const none of ['', ' ', 'ten', '1,5', '0x10', '1e999', null, true, []]) expect(asNumber(none), String(none)).to.equal(undefined);
  });

  it('is a date as it was written when it can be read, whatever the zone', () => {
    expect(coerce(' 2026-07-15T08:30 ', 'date', asWritten('Europe/Berlin'))).to.equal('2026-07-15T08:30');
    expect(coerce('2026-02-30', 'date')).to.equal(undefined);
    expect(coerce(20_260_101, 'date')).to.equal(undefined);
  });

  it('is true or false when it is said by a word or by 1 or 0, and JSON only as deep as may be kept', () => {
    expect(['True', ' false ', 1, 0, '1', 2].map((one) => coerce(one, 'boolean'))).to.deep.equal([
      ...[true, false, true, false],
      ...[undefined, undefined],
    ]);
    const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
    expect(coerce(nested(MAX_LEVELS), 'list')).to.be.an('array');
    expect(coerce(nested(MAX_LEVELS + 10), 'list')).to.equal(undefined);
  });

  it('stays empty when it is empty, and is undefined when it is of another type', () => {
    expect(coerce(null, 'number')).to.equal(null);
    expect(coerce('[1]', 'object')).to.equal(undefined);
    expect(coerce('{"a":', 'object')).to.equal(undefined);
    expect(coerce('no', 'boolean')).to.equal(undefined);
    expect(coerce('{"id":7615917337495251231}', 'object'), 'a long number in JSON').to.deep.equal({ id: '7615917337495251231' });
    expect(coerce({ a: 1 }, 'text')).to.equal('{"a":1}');
    expect(coerce({ type: 'audio', mediaId: '1' }, 'text')).to.equal('');
    expect(coerce({ type: 'location', text: 'Office', latitude: 1, longitude: 2 }, 'text')).to.equal('Office');
  });
});

describe('the name of a variable', () => {
  it('is none that every object has of itself', () => {
    expect(variable('Save as', 'Keeps it.').validate('__proto__').error).to.be.instanceOf(Error);
    expect(variable('Save as', 'Keeps it.').validate('_total1').error).to.equal(undefined);
    for (const name of ['__proto__', 'contact.__proto__', 'a b', '1a', ''])
      expect(setVariables.params.validate({ set: [{ name, value: 1 }] }).error, name).to.be.instanceOf(Error);
  });
});
