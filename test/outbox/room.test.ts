import { expect } from 'chai';
import type { Queue } from '../../src/contract/store/index.js';
import { createPacing } from '../../src/outbox/pacing.js';
import { createRoom, type Room } from '../../src/outbox/room.js';
import { manualClock } from '../support/manual-clock.js';

/** Messages a second that each channel is allowed; 0: no limit. */
const ALLOWED: Readonly<Record<string, number>> = { slow: 5, usual: 80, fast: 1_000, free: 0 };

describe('the room of the outbox', () => {
  const pacing = createPacing(manualClock());
  let room: Room;
  beforeEach(() => {
    const known = (id: string) => {
      const perSecond = ALLOWED[id];
      return perSecond === undefined
        ? undefined
        : { channel: { id }, adapter: { limits: {}, pace: () => (perSecond > 0 ? { perSecond } : undefined) }, config: {} };
    };
    room = createRoom({ channels: { get: known as never }, pacing });
  });
  const enter = (queue: Queue, n: number) => {
    for (let i = 0; i < n; i += 1) room.enter(queue);
  };

  for (const [channel, replies, campaign] of [
    ['slow', 100, 20],
    ['usual', 152, 76],
    ['fast', 512, 512],
    ['free', 100, 50],
    ['gone', 100, 50],
  ] as const)
    it(`of the channel "${channel}" is for ${replies} replies, and ${campaign} sends of campaigns`, () => {
      expect(room.free(`reply|${channel}`)).to.equal(replies);
      expect(room.free(`campaign|${channel}`)).to.equal(campaign);
    });

  it('is taken by what enters, and free again when that leaves', () => {
    enter('campaign|slow', 21);
    expect(room.free('campaign|slow')).to.equal(0);
    expect(room.free('reply|slow')).to.equal(100);
    room.leave('campaign|slow');
    room.leave('campaign|slow');
    expect(room.free('campaign|slow')).to.equal(1);
    expect([...room.used()]).to.deep.equal([['campaign|slow', 19]]);
  });

  it('of calls is bounded for each service, and for all together', () => {
    expect(room.free('call|a')).to.equal(64);
    for (const service of ['b', 'c', 'd'] as const) enter(`call|${service}`, 64);
    enter('call|e', 10);
    expect(room.free('call|a')).to.equal(54);
    expect(room.free('call|b')).to.equal(0);
  });

  it('is used in batches by campaigns only', () => {
    expect([room.batch('reply|usual'), room.batch('call|http'), room.batch('campaign|usual')]).to.deep.equal([1, 1, 19]);
  });

  it('keeps no queue in which nothing is under way', () => {
    room.enter('reply|usual');
    room.leave('reply|usual');
    expect(room.used().size).to.equal(0);
  });
});
