import { expect } from 'chai';
import { fromList, inList, spansOf } from '../../src/form/hours-list.js';

describe('hours in a form', () => {
  const span = { from: '09:00', to: '17:00' };

  it('are a list, although a single span is written without one', () => {
    expect(spansOf(undefined)).to.equal(undefined);
    expect(spansOf(span)).to.deep.equal([span]);
    expect(spansOf([span, span])).to.deep.equal([span, span]);
  });

  it('change where they are written', () => {
    const single = { pointer: '/value', value: span };
    expect(fromList({ ...single, at: '/value/0/from', next: '10:00' })).to.deep.equal(['/value/from', '10:00']);
    expect(fromList({ ...single, at: '/value', next: [span, span] })).to.deep.equal(['/value', [span, span]]);
    expect(fromList({ ...single, at: '/value', next: [span] })).to.deep.equal(['/value', span]);
    const several = { pointer: '/value', value: [span, span] };
    expect(fromList({ ...several, at: '/value/1/from', next: '10:00' })).to.deep.equal(['/value/1/from', '10:00']);
    expect(fromList({ ...several, at: '/value/1', next: undefined })).to.deep.equal(['/value/1', undefined]);
  });

  it('have their problems beside the span', () => {
    expect(inList('/value/to', { pointer: '/value', value: span })).to.equal('/value/0/to');
    expect(inList('/value', { pointer: '/value', value: span })).to.equal('/value');
    expect(inList('/value/1/to', { pointer: '/value', value: [span, span] })).to.equal('/value/1/to');
  });
});
