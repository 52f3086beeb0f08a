import { expect } from 'chai';
import { node as setVariables } from '../../plugins/set-variables/node.js';
import { variable } from '../../src/params/fields.js';
import { coerce, dateOf, numberOf } from '../../src/params/variable-value.js';

describe('a value of a type', () => {
  it('is a number when it is written as one, and finite', () => {
    expect(['10', ' 2.5 ', '-1e3', '.5', 7].map((one) => numberOf(one))).to.deep.equal([10, 2.5, -1_000, 0.5, 7]);
    for (const none of ['', ' ', 'ten', '1,5', '0x10', '1e999', null, true, []]) expect(numberOf(none), String(none)).to.equal(undefined);
  });

  it('is a moment in the zone of the flow, summer and winter', () => {
    const at = (text: string, zone: string) => new Date(dateOf(text, zone) ?? Number.NaN).toISOString();
    expect(at('2026-01-15', 'Europe/Berlin')).to.equal('2026-01-14T23:00:00.000Z');
    expect(at('2026-07-15T08:30', 'Europe/Berlin')).to.equal('2026-07-15T06:30:00.000Z');
    expect(at('2026-03-29 12:00', 'Europe/Berlin')).to.equal('2026-03-29T10:00:00.000Z');
  });

  it("minds a moment's own offset more than the zone", () => {
    const same = [
      '2026-03-01T12:00:00Z',
      '2026-03-01T13:00+01:00',
      '2026-03-01T13:00+0100',
      '2026-03-01T13:00+01',
      '2026-03-01T06:30-05:30',
    ];
    expect(new Set(same.map((one) => dateOf(one, 'Asia/Tokyo'))).size).to.equal(1);
  });

  it('is no date when no calendar has it', () => {
    for (const none of ['2026-02-30', '2026-13-01', '2026-01-01T25:00', '2026-01-01T00:00+99:00', 'soon', '', 20_260_101])
      expect(dateOf(none, 'UTC'), String(none)).to.equal(undefined);
  });

  it('stays empty when it is empty, and is undefined when it is of another type', () => {
    expect(coerce(null, 'number')).to.equal(null);
    expect(coerce('[1]', 'object')).to.equal(undefined);
    expect(coerce('{"a":', 'object')).to.equal(undefined);
    expect(coerce('no', 'boolean')).to.equal(undefined);
    expect(coerce({ a: 1 }, 'text')).to.equal('{"a":1}');
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
