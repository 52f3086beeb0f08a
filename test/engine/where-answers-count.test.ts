import { expect } from 'chai';
import type { ChannelFacts } from '../../src/engine/turn-input.js';
import { ATalk, aChain, listens, says } from '../support/a-talk.js';
import type { GoldenWorld } from '../support/golden/player.js';

const asks = (more: Parameters<typeof aChain>[1] = {}) =>
  aChain({ ask: says('Name?'), name: listens('name'), told: says('{{ name }} on {{ channelId }}') }, more);
const boundTo =
  (...channels: readonly string[]) =>
  (world: GoldenWorld): GoldenWorld => ({ ...world, links: { ...world.links, channelsOf: () => channels } });
const demoOn =
  (...ids: readonly string[]) =>
  (world: GoldenWorld): GoldenWorld => ({
    ...world,
    channels: new Map(
      [...world.channels].map(([id, facts]): [string, ChannelFacts] => [id, ids.includes(id) ? { ...facts, demo: true } : facts]),
    ),
  });

describe('where an answer counts', () => {
  it('on each channel that the flow is bound to, and the run goes on there', () => {
    const talk = new ATalk([asks()], boundTo('wa', 'wa-2'));
    talk.step({ say: 'go' });
    expect(talk.step({ say: 'Ada', on: 'wa-2' }).says).to.deep.equal(['Ada on wa-2']);
  });

  it('not on another one: that message goes to the triggers, and the question stays open', () => {
    const side = aChain(
      { hello: says('Side') },
      { code: 'side', triggers: [{ type: 'TriggeredByWhatsApp', match: { keywords: ['side'] }, onBusy: 'background' }] },
    );
    const talk = new ATalk([asks(), side], boundTo('wa'));
    talk.step({ say: 'go' });
    const elsewhere = talk.step({ say: 'Ada', on: 'wa-2' });
    expect([elsewhere.kind, elsewhere.says]).to.deep.equal(['ignored', []]);
    expect(talk.step({ say: 'side', on: 'wa-2' }).says).to.deep.equal(['Side']);
    expect(talk.step({ say: 'Ada' }).says).to.deep.equal(['Ada on wa']);
  });

  it('of a flow without a binding: wherever the person is known', () => {
    const talk = new ATalk([asks()], boundTo());
    talk.step({ say: 'hello', on: 'wa-2' });
    talk.step({ say: 'go' });
    expect(talk.step({ say: 'Ada', on: 'wa-2' }).says).to.deep.equal(['Ada on wa-2']);
    const other = new ATalk([asks()], boundTo());
    other.step({ say: 'go' });
    expect(other.step({ say: 'Ada', on: 'wa-2' }).kind).to.equal('ignored');
  });

  it('on a channel over which the run has sent, and on the one where it was before', () => {
    const flow = aChain({
      there: ['send-whatsapp-message', { action: 'send', channel: 'wa-2', to: '491511', message: { type: 'text', text: 'Answer here' } }],
      one: listens('one'),
      ask: says('And now?'),
      two: listens('two'),
      told: says('{{ one }} {{ two }}'),
    });
    const talk = new ATalk([flow], boundTo('vb'));
    talk.step({ say: 'go' });
    expect(talk.step({ say: 'here', on: 'wa-2' }).says).to.deep.equal(['And now?']);
    expect(talk.step({ say: 'there', on: 'wa' }).says).to.deep.equal(['here there']);
  });

  it('on a channel that its link has joined', () => {
    const flow = aChain({
      link: says('{{ link.viber }}'),
      here: listens('here', { platform: 'whatsapp' }),
      any: listens('any'),
      told: says('{{ here }} {{ any }}'),
    });
    const talk = new ATalk([flow], boundTo('wa'));
    talk.step({ say: 'go' });
    talk.step({ opens: 'vb' });
    expect(talk.state.runs[0]).to.deep.include({ channel: 'wa', alsoOn: ['vb'] });
    talk.step({ say: 'one' });
    expect(talk.step({ say: 'two', on: 'vb' }).says).to.deep.equal(['one two']);
  });

  for (const demo of ['wa', 'wa-2'])
    it(`never between a demo channel and a real one, whoever is bound to both: ${demo} is the demo`, () => {
      const talk = new ATalk([asks()], (world) => demoOn(demo)(boundTo('wa', 'wa-2')(world)));
      talk.step({ say: 'go' });
      expect(talk.step({ say: 'Eve', on: 'wa-2' }).kind).to.equal('ignored');
      expect(talk.step({ say: 'Ada' }).says).to.deep.equal(['Ada on wa']);
    });

  it('a group is written to by its id, and nobody there answers', () => {
    const toGroup = (channel: string, to: string) =>
      aChain({ tell: ['send-message', { action: 'send', channel, to, message: { type: 'text', text: 'Hi all' } }] });
    const sent = (channel: string, to: string) => {
      const [effect] = new ATalk([toGroup(channel, to)]).step({ say: 'go' }).decision.effects;
      return effect?.body.kind === 'send' ? [effect.body.channel, effect.body.address, effect.skipped?.code] : [];
    };
    expect(sent('wa', 'group:g1')).to.deep.equal(['wa', 'group:g1', undefined]);
    expect(sent('vb', 'group:49')).to.deep.equal(['vb', 'group:49', undefined]);
    expect(sent('wa', 'group:')).to.deep.equal(['wa', '', 'send/no-address']);
  });

  it('between two demo channels it does', () => {
    const talk = new ATalk([asks()], (world) => demoOn('wa', 'wa-2')(boundTo('wa', 'wa-2')(world)));
    talk.step({ say: 'go' });
    expect(talk.step({ say: 'Ada', on: 'wa-2' }).says).to.deep.equal(['Ada on wa-2']);
  });
});
