import { expect } from 'chai';
import { createMetrics, writeMetrics } from '../../src/meters/metrics.js';
import { showOutbox } from '../../src/meters/outbox-gauges.js';

describe('the metrics of the outbox', () => {
  const metrics = createMetrics();
  const shown = async () => (await writeMetrics(metrics)).text.split('\n').filter((line) => /^parley_(room|pace)/.test(line));

  it('show what is under way and the pace of each account, and nothing that is over', async () => {
    showOutbox(metrics, {
      rooms: [
        { channel: 'wa', lane: 'reply', used: 3 },
        { channel: 'wa', lane: 'campaign', used: 76 },
      ],
      paces: [{ channel: 'wa', perSecond: 53.2 }],
    });
    expect(await shown()).to.deep.equal([
      'parley_room_used{channel="wa",lane="reply"} 3',
      'parley_room_used{channel="wa",lane="campaign"} 76',
      'parley_pace_per_second{channel="wa"} 53.2',
    ]);
    showOutbox(metrics, { rooms: [], paces: [] });
    expect(await shown()).to.deep.equal([]);
  });
});
