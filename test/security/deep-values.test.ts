import { expect } from 'chai';
import { plugins } from '../../plugins/all.js';
import { coerce } from '../../src/params/variable-value.js';
import { playAlone } from '../support/play-alone.js';

const nested = (depth: number, inside = '1') => `${'['.repeat(depth)}${inside}${']'.repeat(depth)}`;

describe('a value that is nested so deep that whoever walks over it overflows', () => {
  it('is no list or object of a variable, whatever a person types', () => {
    expect(coerce(nested(50), 'list')).to.be.an('array');
    for (const depth of [101, 3_500]) expect(coerce(nested(depth), 'list'), String(depth)).to.equal(undefined);
    expect(coerce(`{"a":${nested(200)}}`, 'object')).to.equal(undefined);
  });

  it('is not made by a flow that puts a list into itself, again and again: it fails, and says why', () => {
    const steps = Array.from({ length: 90 }, (_, i) => ({
      id: `n${i}`,
      type: 'set-variables',
      version: 1,
      params: { set: [{ name: 'v', value: [['{{ v }}']] }] },
    }));
    const { decision, session } = playAlone(steps, plugins);
    expect(decision.reason).to.match(/levels deep/);
    expect(session.runs).to.deep.equal([]);
  });
});
