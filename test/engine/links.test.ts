import { expect } from 'chai';
import type { ChannelFacts } from '../../src/engine/turn-input.js';
import { ATalk, aChain, says } from '../support/a-talk.js';
import type { GoldenWorld } from '../support/golden/player.js';

const A_DAY = 86_400;
const flow = aChain({ link: says('{{ link.viber }}') });
/** Each token has a seal of its own. */
const seal = (text: string) =>
  text
    .replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)] ?? '')
    .replace(/[^a-z]/g, '')
    .slice(-16)
    .padStart(16, 'a');
const sealed = (world: GoldenWorld): GoldenWorld => ({ ...world, links: { ...world.links, seal } });
const second = (world: GoldenWorld): readonly [string, ChannelFacts] => [
  'vb-2',
  { ...(world.channels.get('vb') as ChannelFacts), id: 'vb-2' },
];

describe('a link to another platform', () => {
  it('is given again for a day, and then another one is made: it has six days at least', () => {
    const talk = new ATalk([flow], sealed);
    const linkAt = (seconds: number) => talk.step({ say: 'go', at: seconds }).says[0];
    const first = linkAt(0);
    expect(first).to.match(/^https:\/\/viber\.example\/s/);
    expect(linkAt(A_DAY - 1)).to.equal(first);
    const other = linkAt(A_DAY);
    expect(other).to.not.equal(first);
    expect(linkAt(A_DAY + 1)).to.equal(other);
  });

  it('is another one for each platform', () => {
    const both = aChain({ viber: says('{{ link.viber }}'), whatsapp: says('{{ link.whatsapp }}') });
    const [viber = '', whatsapp = ''] = new ATalk([both], sealed).step({ say: 'go' }).says.map((one) => one.split('/').at(-1));
    expect(viber).to.not.equal(whatsapp);
  });

  it('leads to the channel that the flow is bound to, or to the only one that there is', () => {
    const linkWith = (channels: readonly string[], more: (world: GoldenWorld) => readonly (readonly [string, ChannelFacts])[]) => {
      const talk = new ATalk([flow], (world) => ({
        ...world,
        channels: new Map([...world.channels, ...more(world)]),
        links: { ...world.links, channelsOf: () => channels },
      }));
      return talk.step({ say: 'go' }).warnings;
    };
    expect(linkWith([], () => [])).to.deep.equal([]);
    expect(linkWith(['vb-2'], (world) => [second(world)])).to.deep.equal([]);
    expect(linkWith([], (world) => [second(world)])).to.include('link/no-channel');
  });

  it('is one of ten at most: the oldest goes', () => {
    const talk = new ATalk([flow], sealed);
    talk.step({ say: 'hello', at: 0 });
    const links = Array.from({ length: 10 }, (_, i) => ({ token: `t${i}`, platform: 'viber' as const, until: '2026-11-27T00:00:00.000Z' }));
    talk.at({ ...talk.state, links }).step({ say: 'go' });
    expect(talk.state.links?.map(({ token }) => token.slice(0, 2)).slice(0, 9)).to.deep.equal(links.slice(1).map(({ token }) => token));
    expect(talk.state.links).to.have.length(10);
  });
});
