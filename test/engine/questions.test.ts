import { expect } from 'chai';
import type { JsonObject } from '../../src/contract/index.js';
import { ATalk, aChain, says } from '../support/a-talk.js';

/** A flow that asks, and tells what it has saved. */
function asks(params: JsonObject, vars: readonly JsonObject[] = []) {
  return aChain(
    { ask: ['ask-question', { invalidMessage: 'Sorry?', saveAs: 'a', ...params }], told: says('{{ a | json }} {{ lastMessage.choice }}') },
    { variables: vars as never, settings: { timeZone: 'Europe/Berlin' } },
  );
}
const slots = Array.from({ length: 14 }, (_, i) => ({ id: `s${i + 1}`, at: `${i + 8} o'clock` }));
const ofList = { from: 'slots', id: '{{ item.id }}', title: '{{ item.at }}' };
const declared = [{ name: 'slots', type: 'list', default: slots }];

describe('a question', () => {
  it('may have choices from a list, whose pages are no answers', () => {
    const talk = new ATalk([asks({ message: { type: 'text', text: 'When?', choices: ofList }, answer: { type: 'choice' } }, declared)]);
    talk.step({ say: 'go' });
    expect(talk.step({ say: 'noon' }).says).to.deep.equal(['Sorry?']);
    expect(talk.step({ say: 'More…' }).says).to.deep.equal(['When?']);
    expect(talk.step({ say: "20 o'clock" }).says).to.deep.equal([`"20 o'clock" s13`]);
  });

  it('may have several choices from a list', () => {
    const talk = new ATalk([asks({ message: { type: 'text', text: 'When?', choices: ofList }, answer: { type: 'choices' } }, declared)]);
    talk.step({ say: 'go' });
    expect(talk.step({ say: '1, 14' }).says).to.deep.equal([`["8 o'clock","21 o'clock"] `]);
  });

  it('keeps its buttons while an answer is invalid, on both platforms', () => {
    const message = { type: 'text', text: 'Agree?', choices: [{ id: 'yes', title: 'Yes' }] };
    for (const on of ['wa', 'vb']) {
      const talk = new ATalk([asks({ message, answer: { type: 'choice' }, branchByChoice: false })]);
      talk.step({ say: 'go', on });
      expect(talk.step({ say: 'hm', on }).says, on).to.deep.equal(['Sorry?']);
      expect(talk.step({ tap: { id: 'yes', title: 'Yes' }, on }).says, on).to.deep.equal(['"Yes" yes']);
    }
  });

  it('takes no tap on an older question', () => {
    const message = (id: string) => ({ type: 'text', text: id, choices: [{ id, title: id }] });
    const talk = new ATalk([
      aChain({
        one: ['ask-question', { message: message('a'), answer: { type: 'choice' }, branchByChoice: false }],
        two: ['ask-question', { message: message('b'), answer: { type: 'choice' }, branchByChoice: false, invalidMessage: 'Sorry?' }],
        told: says('done'),
      }),
    ]);
    talk.step({ say: 'go' });
    talk.step({ tap: { id: 'a', title: 'a' } });
    const stale = talk.step({ at: 60, tap: { id: 'a', title: 'a', of: 'one' } });
    expect([stale.says, stale.warnings]).to.deep.equal([['Sorry?'], ['choice/stale']]);
    expect(talk.step({ tap: { id: 'b', title: 'b' } }).says).to.deep.equal(['done']);
  });

  it('is translated, and its ports stay those of the ids', () => {
    const flow = asks({ message: { type: 'text', text: 'Agree?', choices: [{ id: 'yes', title: 'Yes' }] }, answer: { type: 'choice' } });
    const nodes = flow.nodes.map((node) =>
      node.id === 'ask' ? { ...node, locales: { de: { '/message/choices/0/title': 'Ja', '/message/text': 'Einverstanden?' } } } : node,
    );
    const edges = flow.edges.map((edge) => (edge.from === 'ask' ? { ...edge, port: 'yes' } : edge));
    const talk = new ATalk([{ ...flow, nodes, edges, settings: { locale: 'de' } }]);
    expect(talk.step({ say: 'go' }).says).to.deep.equal(['Einverstanden?']);
    expect(talk.step({ say: 'ja!' }).says).to.deep.equal(['"Ja" yes']);
  });

  it('takes any answer of the type, also where choices are offered as examples', () => {
    const message = {
      type: 'text',
      text: 'How many?',
      choices: [
        { id: 'two', title: '2' },
        { id: 'many', title: 'Many' },
      ],
    };
    const talk = new ATalk([asks({ message, answer: { type: 'number' } })]);
    talk.step({ say: 'go' });
    expect(talk.step({ tap: { id: 'many', title: 'Many' } }).says).to.deep.equal(['Sorry?']);
    expect(talk.step({ tap: { id: 'two', title: '2' } }).says).to.deep.equal(['2 two']);
    talk.step({ say: 'go' });
    expect(talk.step({ say: '12' }).says).to.deep.equal(['12 ']);
  });

  it('bounds what a long answer costs: only its beginning is read', () => {
    for (const type of ['number', 'date', 'email', 'phone', 'choices'])
      for (const piece of ['1 ', 'friday ', 'ﷺ', '(1', 'a@b.co ', '2 hours 3 minutes ']) {
        const message = { type: 'text', text: 'Well?', choices: [{ id: 'a', title: 'A' }] };
        const talk = new ATalk([asks({ message, answer: { type }, tries: 'unlimited' })]);
        talk.step({ say: 'go' });
        const { says: said, warnings } = talk.step({ say: piece.repeat(5_000) });
        expect([said.length, warnings.includes('flow/bug')], `${type} ${piece}`).to.deep.equal([1, false]);
      }
  });
});
