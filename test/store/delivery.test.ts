import { expect } from 'chai';
import { deliveryOf, effectsOf, isHigher } from '../../src/store/delivery.js';

describe('the status of a delivery', () => {
  const upwards = ['sent', 'delivered', 'read', 'failed'] as const;

  it('moves up only, and failed is the end', () => {
    for (const [i, status] of upwards.entries())
      for (const [j, than] of upwards.entries()) expect(isHigher(status, than), `${status} after ${than}`).to.equal(i > j);
  });

  it('is the lowest of its messages, with their ids, whatever characters they have', () => {
    const rows = [
      { key: 'wa:a:1', status: 'read' },
      { key: 'wa:b', status: 'delivered' },
    ] as const;
    expect(deliveryOf(rows)).to.deep.equal({ status: 'delivered', providerIds: ['a:1', 'b'] });
    expect(deliveryOf([{ key: 'effect:s1.1.1', status: 'sent' }])).to.deep.equal({ status: 'sent', providerIds: [] });
    expect(deliveryOf([])).to.equal(undefined);
  });

  it('is failed with the reason when one of them has failed', () => {
    const error = { kind: 'rejected', code: '131026', message: 'no' } as const;
    const rows = [
      { key: 'wa:a', status: 'sent' },
      { key: 'wa:b', status: 'failed', error },
    ] as const;
    expect(deliveryOf(rows)).to.deep.equal({ status: 'failed', providerIds: ['a', 'b'], error });
  });

  it('is found among the effects of its own session only', () => {
    const [from, before] = effectsOf('s1');
    const isWithin = (id: string) => id >= from && id < before;
    expect(['s1.1.1', 's1.99.9#2', 's1', 's1-2.1.1', 's12.1.1', 's1x.1.1', 's0.1.1'].filter(isWithin)).to.deep.equal([
      's1.1.1',
      's1.99.9#2',
    ]);
  });
});
