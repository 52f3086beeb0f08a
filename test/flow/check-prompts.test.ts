import { expect } from 'chai';
import { plugins } from '../../plugins/all.js';
import { checkFlow } from '../../src/flow/check.js';
import { createNodeTypes } from '../../src/flow/node-types.js';
import { aFlow } from '../support/builders.js';

const model = { baseUrl: 'https://models.example/v1', name: 'small' };
const world = { nodeTypes: createNodeTypes(plugins), limits: () => [] };

/** What the check says of the instructions of a node. */
function warnedOf(type: string, params: object): readonly string[] {
  const flow = aFlow('f', {
    nodes: [
      { id: 'start', type: 'start', version: 1, params: {} },
      { id: 'ask', type: 'wait-for-response', version: 1, params: { saveAs: 'answer' } },
      { id: 'it', type, version: 1, params: { model, ...params } },
      { id: 'end', type: 'end', version: 1, params: {} },
    ] as never,
    edges: [
      { from: 'start', port: 'next', to: 'ask' },
      { from: 'ask', port: 'replied', to: 'it' },
      { from: 'it', port: type === 'dialogue' ? 'ended' : 'next', to: 'end' },
    ],
  });
  const problems = checkFlow(JSON.parse(JSON.stringify(flow)), world);
  return problems.flatMap(({ code, pointer, severity }) => (code.startsWith('model/') ? [`${severity} ${code} ${pointer}`] : []));
}
const WARNED = ['warning model/person-in-prompt /nodes/2/params/prompt'];

describe('the check of instructions for models', () => {
  it('warns where they contain what a person writes', () => {
    for (const prompt of [
      'Translate: {{ answer }}',
      'About {{ lastMessage.text | upcase }}',
      '{% if incomingMessage == "x" %}{{ incomingMessage }}{% endif %}',
    ])
      expect(warnedOf('generate-text', { prompt, saveAs: 'text' }), prompt).to.deep.equal(WARNED);
    expect(warnedOf('dialogue', { prompt: 'They want {{ answer }}.' })).to.deep.equal(WARNED);
  });

  it('says nothing of the input, of names, and of other variables', () => {
    expect(
      warnedOf('generate-text', { prompt: 'Greet {{ customerName }} at {{ now }}.', input: '{{ answer }}', saveAs: 'text' }),
    ).to.deep.equal([]);
    expect(warnedOf('classify-text', { input: '{{ answer }}', branch: false, saveAs: 'mood' })).to.deep.equal([]);
  });

  it('knows that a talk is saved however it ends, and that a text of no category has none', () => {
    const shows = (text: string) => ({ id: 'show', type: 'send-message', version: 1, params: { message: { type: 'text', text } } });
    const codes = (type: string, port: string, params: object) => {
      const flow = aFlow('f', {
        nodes: [
          { id: 'start', type: 'start', version: 1, params: {} },
          { id: 'it', type, version: 1, params: { model, ...params } },
          shows('{{ saved }}'),
          { id: 'end', type: 'end', version: 1, params: {} },
        ] as never,
        edges: [
          { from: 'start', port: 'next', to: 'it' },
          { from: 'it', port, to: 'show' },
          { from: 'show', port: 'next', to: 'end' },
        ],
      });
      return checkFlow(JSON.parse(JSON.stringify(flow)), world).map(({ code }) => code);
    };
    const classify = { input: '{{ customerName }}', branch: true, saveAs: 'saved' };
    expect(codes('classify-text', 'positive', classify)).to.not.include('flow/maybe-unset');
    expect(codes('classify-text', 'else', classify)).to.include('flow/maybe-unset');
    for (const port of ['ended', 'notReplied', 'failed'])
      expect(codes('dialogue', port, { timeoutBranch: true, saveAs: 'saved' }), port).to.not.include('flow/maybe-unset');
  });

  it('warns where nothing becomes of the answer', () => {
    expect(warnedOf('generate-text', { prompt: 'A joke.' })).to.deep.equal(['warning model/not-saved /nodes/2/params']);
    expect(warnedOf('classify-text', { input: '{{ answer }}' })).to.deep.equal(['warning model/not-saved /nodes/2/params']);
  });
});
