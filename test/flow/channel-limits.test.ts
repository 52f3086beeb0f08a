import { expect } from 'chai';
import viber from '../../adapters/viber/index.js';
import whatsapp from '../../adapters/whatsapp/index.js';
import { type Candidates, channelLimits } from '../../src/flow/channel-limits.js';

const second = { ...whatsapp, type: 'second' };
const asked = (candidates: Partial<Candidates>, platform: 'whatsapp' | 'viber' = 'whatsapp') =>
  channelLimits({ loaded: [whatsapp, viber, second], ...candidates })(platform).map(({ adapter, isBound }) => [adapter, isBound]);

describe('the limits that a flow is held against', () => {
  it('are those of the channels that it is bound to, once for each adapter', () => {
    expect(asked({ bound: [second, viber, second], configured: [whatsapp, second, viber] })).to.deep.equal([['second', true]]);
    expect(asked({ bound: [second, whatsapp] })).to.deep.equal([
      ['second', true],
      ['whatsapp', true],
    ]);
  });

  it('are those of all channels on a platform where it is bound to none', () => {
    expect(asked({ bound: [viber], configured: [viber, whatsapp] })).to.deep.equal([['whatsapp', false]]);
  });

  it('are those of all adapters while there is no channel', () => {
    expect(asked({ configured: [viber] })).to.deep.equal([
      ['whatsapp', false],
      ['second', false],
    ]);
    expect(asked({}, 'viber')).to.deep.equal([['viber', false]]);
    expect(asked({ loaded: [] })).to.deep.equal([]);
  });
});
