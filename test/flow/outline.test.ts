import { expect } from 'chai';
import { plugins } from '../../plugins/all.js';
import { checkFlow, surveyFlow } from '../../src/flow/check.js';
import { createNodeTypes } from '../../src/flow/node-types.js';

const world = { nodeTypes: createNodeTypes(plugins), limits: () => [] };
const node = (id: string, type: string, params: object = {}) => ({ id, type, params });
const next = (from: string, to: string, port = 'next') => ({ from, port, to });

/** A flow that asks, sets and sends, with an end and a message that nobody reaches. */
const FLOW = {
  format: 'parley/1',
  code: 'table',
  name: 'Table',
  triggers: [{ type: 'TriggeredByWhatsApp' }],
  variables: [{ name: 'people', type: 'number' }],
  nodes: [
    node('start', 'start'),
    node('ask', 'wait-for-response', { saveAs: 'answer' }),
    node('set', 'set-variables', {
      set: [
        { name: 'people', value: '{{ answer }}', type: 'number' },
        { name: 'total', value: '{{ people | times: 2 }}', type: 'number' },
        { name: 'contact.size', value: '{{ people }}' },
      ],
    }),
    node('tell', 'send-message', { message: { type: 'text', text: '{{ customerName }}: {{ people }} of {{ places.free }}' } }),
    node('end', 'end'),
    node('lost', 'send-message', { message: { type: 'text', text: 'Nobody reads this.' }, saveAs: 'sent' }),
    node('lost-end', 'end'),
  ],
  edges: [next('start', 'ask'), next('ask', 'set', 'replied'), next('set', 'tell'), next('tell', 'end'), next('lost', 'lost-end')],
};

describe('the outline of a flow', () => {
  it('lists variables with the nodes that set and read them, declared ones first', () => {
    expect(surveyFlow(FLOW, world).outline.variables).to.deep.equal([
      { name: 'people', type: 'number', declared: true, setBy: ['set'], readBy: ['set', 'tell'] },
      { name: 'answer', type: 'text', setBy: ['ask'], readBy: ['set'] },
      { name: 'total', type: 'number', setBy: ['set'], readBy: [] },
      { name: 'sent', type: 'object', shape: { members: { messageId: 'text' } }, setBy: ['lost'], readBy: [] },
      { name: 'places', setBy: [], readBy: ['tell'] },
    ]);
  });

  it('lists the nodes that cannot be reached, ends among them', () => {
    expect(surveyFlow(FLOW, world).outline.unreachable).to.deep.equal(['lost', 'lost-end']);
  });

  it('comes with the problems that a check reports', () => {
    expect(surveyFlow(FLOW, world).problems).to.deep.equal(checkFlow(FLOW, world));
  });

  it('is there whatever the params are', () => {
    const broken = [
      node('set', 'set-variables', { set: [{ name: 'a', value: '{{ a }}', type: 7 }] }),
      node('code', 'run-code', { code: 'return {};', save: true }),
      node('call', 'http-request', { save: [{ name: 'b', from: 7 }], sample: null, schema: true }),
    ];
    expect(surveyFlow({ ...FLOW, nodes: [...FLOW.nodes, ...broken] }, world).outline.variables.length).to.be.greaterThan(5);
  });

  it('has what can be read of a flow with mistakes, and nothing of one that is too deep', () => {
    const broken = {
      ...FLOW,
      edges: 'none',
      nodes: [...FLOW.nodes, { id: 7 }, node('odd', 'set-variables', { set: 'x' }), node('no', 'nothing')],
    };
    const { outline } = surveyFlow(broken, world);
    expect(outline.variables.map(({ name }) => name)).to.include.members(['people', 'answer', 'total']);
    expect(outline.unreachable).to.deep.equal([]);
    const deep = JSON.parse(`${'['.repeat(500)}${']'.repeat(500)}`);
    expect(surveyFlow({ ...FLOW, 'x-deep': deep }, world).outline).to.deep.equal({ variables: [], unreachable: [] });
    for (const body of [null, 7, [], {}]) expect(surveyFlow(body, world).outline.variables).to.deep.equal([]);
  });
});
