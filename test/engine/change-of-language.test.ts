import { expect } from 'chai';
import type { FlowDefinition, JsonObject } from '../../src/contract/index.js';
import { ATalk, aChain, says } from '../support/a-talk.js';

const CHOICES = ['Bread', 'Milk', 'Cheese'];
const GERMAN = ['Brot', 'Milch', 'Käse'];

/** A flow that asks in English or German, and tells the answer. */
function asking(type: 'choice' | 'choices', more: JsonObject = {}): FlowDefinition {
  const choices = CHOICES.map((title) => ({ id: title.toLowerCase(), title }));
  const ask = { message: { type: 'text', text: 'What?', choices, ...more }, answer: { type }, invalidMessage: 'Pardon?', saveAs: 'wanted' };
  const flow = aChain({ ask: ['ask-question', ask], told: says('{{ wanted | join: " and " }}') });
  const texts = Object.fromEntries(GERMAN.map((title, i) => [`/message/choices/${i}/title`, title]));
  const locales = { de: { '/message/text': 'Was?', '/invalidMessage': 'Wie bitte?', ...texts } };
  return { ...flow, nodes: flow.nodes.map((node) => (node.id === 'ask' ? { ...node, locales } : node)) };
}

/** Asks in English, then the contact turns out to speak German. */
function asked(type: 'choice' | 'choices', more?: JsonObject) {
  const talk = new ATalk([asking(type, more)]);
  talk.step({ say: 'go' });
  return talk.at({ ...talk.state, contact: { ...talk.state.contact, language: 'de' } });
}

describe('a contact whose language changes in the middle of a question', () => {
  it('answers by tapping or typing what was shown, or its number', () => {
    expect(asked('choice').step({ tap: { id: 'milk', title: 'Milk' } }).says).to.deep.equal(['Milk']);
    expect(asked('choice').step({ say: 'milk' }).says).to.deep.equal(['Milk']);
    expect(asked('choice', { choicesAs: 'text' }).step({ say: '2' }).says).to.deep.equal(['Milk']);
  });

  it('answers by several of what was shown', () => {
    expect(asked('choices').step({ say: 'cheese, bread' }).says).to.deep.equal(['Bread and Cheese']);
    expect(asked('choices').step({ say: '1, 3' }).says).to.deep.equal(['Bread and Cheese']);
  });

  it('is told in the new language what is not an answer, and asked in it again', () => {
    const talk = asked('choice');
    expect(talk.step({ say: 'something' }).says).to.deep.equal(['Wie bitte?']);
    expect(new ATalk([asking('choice')]).at(talk.state).step({ say: 'Bread' }).says).to.deep.equal(['Bread']);
  });
});
