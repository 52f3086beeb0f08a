import { expect } from 'chai';
import type { FlowDefinition, FlowNode } from '../../../src/contract/flow.js';
import { inOrder } from '../../src/flow/commands.js';
import { languagesOf, setTranslation, textsOfNode, translationOf } from '../../src/flow/node-texts.js';
import { descriptors } from './support/descriptors.js';

const form = descriptors.get('ask-question')?.form ?? expect.fail('no form');
const node: FlowNode = {
  id: 'ask',
  type: 'ask-question',
  params: {
    message: {
      type: 'text',
      text: 'Which, {{ name }}?',
      footer: '{{ hint }}',
      choices: [
        { id: 'a', title: 'Tea' },
        { id: 'b', title: '👍' },
      ],
    },
    answer: { type: 'choice' },
    saveAs: 'drink',
  },
  locales: { pt_BR: { '/message/text': 'Qual?' } },
  translatedFrom: { pt_BR: { '/message/text': 'Which?' } },
};
const flow: FlowDefinition = {
  format: 'parley/1',
  code: 'f',
  name: 'F',
  triggers: [],
  settings: { locales: { de: { '/onError': 'Leider' } } },
  nodes: [node, { id: 'other', type: 'end', params: {}, locales: { 'pt-br': {} } }],
  edges: [],
};
const texts = textsOfNode(node, form);
const [question, title] = texts;
if (!question || !title) throw new Error('no texts');

describe('the texts of a node in other languages', () => {
  it('are those that people read, by the labels of their fields', () => {
    expect(texts.map(({ pointer, labels, source }) => [pointer, labels.join(' · '), source])).to.deep.equal([
      ['/message/text', 'Message · Text', 'Which, {{ name }}?'],
      ['/message/choices/0/title', 'Message · Choices · 1 · Title', 'Tea'],
    ]);
  });

  it('are in the languages of the flow, each of which is named once', () => {
    expect(languagesOf(flow)).to.deep.equal(['de', 'pt_BR']);
  });

  it('show when their text has changed', () => {
    expect(translationOf(node, 'pt-BR', question)).to.deep.equal({ text: 'Qual?', before: 'Which?' });
    expect(translationOf(node, 'de', question)).to.equal(undefined);
  });

  it('are set under the name that the language has, and are up to date then', () => {
    const set = inOrder(
      setTranslation('ask', { language: 'pt-BR', text: question, translation: 'Qual, {{ name }}?' }),
      setTranslation('ask', { language: 'de', text: title, translation: 'Tee' }),
    );
    const after = set(flow).nodes[0];
    expect(after).to.deep.include({
      locales: { pt_BR: { '/message/text': 'Qual, {{ name }}?' }, de: { '/message/choices/0/title': 'Tee' } },
      translatedFrom: { pt_BR: { '/message/text': 'Which, {{ name }}?' }, de: { '/message/choices/0/title': 'Tea' } },
    });
    expect(set(flow).nodes[1]).to.equal(flow.nodes[1]);
    expect(set(set(flow))).to.deep.equal(set(flow));
  });

  it('leave nothing behind when they are removed, and the flow as it is when nothing changes', () => {
    const after = setTranslation('ask', { language: 'pt-BR', text: question, translation: '' })(flow).nodes[0];
    expect(after).to.not.have.any.keys('locales', 'translatedFrom');
    expect(setTranslation('ask', { language: 'de', text: question, translation: '' })(flow)).to.equal(flow);
  });
});
