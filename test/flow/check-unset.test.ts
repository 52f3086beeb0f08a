import { expect } from 'chai';
import { plugins } from '../../plugins/all.js';
import type { Json } from '../../src/contract/index.js';
import { checkFlow } from '../../src/flow/check.js';
import { createNodeTypes } from '../../src/flow/node-types.js';

const world = { nodeTypes: createNodeTypes(plugins), limits: () => [] };
const node = (id: string, type: string, params: object = {}) => ({ id, type, params });
const send = (id: string, text: string, more: object = {}) => node(id, 'send-message', { message: { type: 'text', text, ...more } });
const ask = (id: string, saveAs: string) =>
  node(id, 'wait-for-response', { timeout: { value: 1, unit: 'hours' }, timeoutBranch: true, saveAs });
const set = (id: string, ...rows: readonly (readonly [name: string, value: Json])[]) =>
  node(id, 'set-variables', { set: rows.map(([name, value]) => ({ name, value })) });
const branch = (id: string, ...whens: readonly object[]) =>
  node(id, 'conditional-branch', { branches: whens.map((when, i) => ({ name: `b${i}`, when })) });
const call = (id: string, more: object = {}) =>
  node(id, 'http-request', { method: 'GET', url: 'https://shop.example', save: [{ name: 'price', from: 'body.price' }], ...more });

interface Drawn {
  readonly nodes: readonly object[];
  /** `ask.notReplied bye, bye end`; the port is `next` if none is named. */
  readonly edges: string;
  readonly variables?: readonly object[];
  readonly triggers?: readonly object[];
}

/** Returns the warnings of a flow as `<node>: <variable> <way>`. */
function waysIn({ nodes, edges, variables = [], triggers = [{ type: 'TriggeredByWhatsApp' }] }: Drawn): readonly string[] {
  const definition = {
    ...{ format: 'parley/1', code: 'x', name: 'X', triggers, variables },
    nodes: [node('start', 'start'), ...nodes, node('end', 'end')],
    edges: edges.split(', ').map((one) => {
      const [out = '', to = ''] = one.split(' ');
      const [from = '', port = 'next'] = out.split('.');
      return { from, port, to };
    }),
  };
  const problems = checkFlow(definition, world);
  expect(problems.filter(({ severity }) => severity === 'error')).to.deep.equal([]);
  return problems
    .filter(({ code }) => code === 'flow/maybe-unset')
    .map(({ node: id, message }) => `${id}: ${message.replace(/"(\w+)" has no value if the flow goes /, '$1 ')}`);
}

const ASKED = 'start ask, ask.replied thanks, ask.notReplied bye, thanks end, bye end';
const about = (text: string) => ({ nodes: [ask('ask', 'answer'), send('thanks', '{{ answer }}'), send('bye', text)], edges: ASKED });

describe('a variable that is read where it may have no value', () => {
  it('is reported with the way there, and not where it is set', () => {
    expect(waysIn(about('You said {{ answer }}'))).to.deep.equal(['bye: answer start → ask → (notReplied) → bye']);
    expect(waysIn(about('{{ answer.text | upcase }}'))).to.deep.equal(['bye: answer start → ask → (notReplied) → bye']);
  });

  for (const text of [
    '{{ answer | default: "nothing" }}',
    '{{ answer | upcase | default: "nothing" }}',
    '{% if answer %}You said {{ answer }}{% endif %}',
    '{% unless answer == blank %}{{ answer }}{% endunless %}',
    '{% case answer %}{% when "yes" %}{{ answer }}{% endcase %}',
    '{% for one in answer %}{{ one }}{% else %}Nothing.{% endfor %}',
    '{% assign answer = "x" %}{{ answer }}',
    '{{ customerName }}, {{ contact.name }}, {{ lastMessage.text }}',
  ])
    it(`is not reported in ${text}`, () => {
      expect(waysIn(about(text))).to.deep.equal([]);
    });

  for (const text of [
    '{% if name %}{{ answer }}{% endif %}',
    '{% assign said = answer %}{{ said }}',
    '{{ customerName | append: answer }}',
  ])
    it(`is reported in ${text}`, () => {
      expect(waysIn(about(text))).to.have.length(1);
    });

  it('is not reported if it is declared with a default, or as an input', () => {
    const declared = (more: object) => waysIn({ ...about('{{ answer }}'), variables: [{ name: 'answer', type: 'text', ...more }] });
    expect(declared({ default: 'nothing' })).to.deep.equal([]);
    expect(declared({ input: true })).to.deep.equal([]);
    expect(declared({})).to.have.length(1);
    expect(declared({ default: null })).to.have.length(1);
  });

  it('is not reported behind a branch that has found a value in it', () => {
    const flow = (when: object, [yes, no]: readonly [string, string]) => ({
      nodes: [ask('ask', 'answer'), branch('is', when), send('yes', yes), send('no', no)],
      edges: 'start ask, ask.replied is, ask.notReplied is, is.b0 yes, is.else no, yes end, no end',
    });
    const both = ['{{ answer }}', '{{ answer }}'] as const;
    const rule = (operator: string, value?: Json) => ({ variable: 'answer', operator, ...(value === undefined ? {} : { value }) });
    const onElse = ['no: answer start → ask → (notReplied) → is → (else) → no'];
    const onYes = ['yes: answer start → ask → (notReplied) → is → (b0) → yes'];
    expect(waysIn(flow(rule('exists'), both))).to.deep.equal(onElse);
    expect(waysIn(flow(rule('stringContains', 'a'), both))).to.deep.equal(onElse);
    expect(waysIn(flow(rule('stringIsBlank'), both))).to.deep.equal(onYes);
    expect(waysIn(flow({ not: rule('stringIsNotBlank') }, both))).to.deep.equal(onYes);
    expect(waysIn(flow({ all: [rule('exists'), { variable: 'customerName', operator: 'exists' }] }, both))).to.deep.equal(onElse);
    expect(waysIn(flow({ any: [rule('exists'), { variable: 'customerName', operator: 'exists' }] }, both))).to.have.length(2);
    expect(waysIn(flow({ any: [rule('stringIsBlank'), rule('stringEquals', 'x')] }, both))).to.deep.equal(onYes);
  });

  it('is not reported behind later branches if an earlier one has taken all without it', () => {
    const drawn = {
      nodes: [
        ask('ask', 'answer'),
        branch('is', { variable: 'answer', operator: 'stringIsBlank' }, { variable: 'customerName', operator: 'exists' }),
        send('late', 'Too late.'),
        send('second', '{{ answer }}'),
      ],
      edges: 'start ask, ask.replied is, ask.notReplied is, is.b0 late, is.b1 second, is.else end, late end, second end',
    };
    expect(waysIn(drawn)).to.deep.equal([]);
  });

  it('is reported of the first round of a loop only', () => {
    const drawn = {
      nodes: [send('tell', 'Last time: {{ answer }}'), ask('ask', 'answer')],
      edges: 'start tell, tell ask, ask.replied tell, ask.notReplied end',
    };
    expect(waysIn(drawn)).to.deep.equal(['tell: answer start → tell']);
    expect(
      waysIn({ ...drawn, nodes: [ask('tell', 'answer'), send('ask', '{{ answer }}')], edges: 'start tell, tell.replied ask, ask tell' }),
    ).to.deep.equal([]);
  });

  it('is not reported where it is made of the value before it: a counter begins with nothing', () => {
    expect(
      waysIn({
        nodes: [set('count', ['tries', '{{ tries | plus: 1 }}'], ['twice', '{{ tries | times: 2 }}']), send('tell', '{{ twice }}')],
        edges: 'start count, count tell, tell end',
      }),
    ).to.deep.equal([]);
  });

  it('has no value behind a call that has failed, even if it had one before', () => {
    const drawn = (first: object) => ({
      nodes: [first, call('look'), send('sorry', 'It was {{ price }}'), send('tell', '{{ price }}')],
      edges: 'start first, first look, look tell, look.failed sorry, tell end, sorry end',
    });
    expect(waysIn(drawn(send('first', 'Hi')))).to.deep.equal(['sorry: price start → first → look → (failed) → sorry']);
    expect(waysIn(drawn(set('first', ['price', 7])))).to.deep.equal(['sorry: price start → first → look → (failed) → sorry']);
  });

  it('is reported in every kind of field that needs it, but not in the condition that looks at it', () => {
    const drawn = (reads: object) => ({
      nodes: [ask('ask', 'answer'), reads],
      edges: 'start ask, ask.replied x, ask.notReplied x, x end',
    });
    expect(waysIn(drawn(call('x', { url: 'https://shop.example/{{ answer }}' })))).to.have.length(1);
    expect(waysIn(drawn(set('x', ['copy', { said: '{{ answer }}' }])))).to.have.length(1);
    const asks = (value: string) => ({
      ...drawn(branch('x', { variable: 'answer', operator: 'stringEquals', value })),
      edges: 'start ask, ask.replied x, ask.notReplied x, x.b0 end, x.else end',
    });
    expect(waysIn(asks('no'))).to.deep.equal([]);
    expect(waysIn(asks('{{ answer }}'))).to.have.length(1);
  });

  it('says a long way in short', () => {
    const many = Array.from({ length: 20 }, (_, i) => send(`n${i}`, 'Hi'));
    const edges = many.map(({ id }, i) => `${id} ${i + 1 < many.length ? `n${i + 1}` : 'ask'}`).join(', ');
    expect(
      waysIn({
        ...about('{{ answer }}'),
        nodes: [...many, ...about('{{ answer }}').nodes],
        edges: `start n0, ${edges}, ${ASKED.slice(11)}`,
      }),
    ).to.deep.equal(['bye: answer start → n0 → … → n18 → n19 → ask → (notReplied) → bye']);
  });

  it('is not reported in a flow of which parts cannot be read', () => {
    const body = {
      ...{ format: 'parley/1', code: 'x', name: 'X', triggers: [{ type: 'TriggeredByWhatsApp' }] },
      nodes: [
        node('start', 'start'),
        ...about('{{ answer }}').nodes,
        { id: 'odd', type: 'nothing', params: { saveAs: 'answer' } },
        node('end', 'end'),
      ],
    };
    const codes = (edges: unknown) => checkFlow({ ...body, edges }, world).map(({ code }) => code);
    expect(codes('none')).to.not.include('flow/maybe-unset');
    const next = (from: string, to: string, port = 'next') => ({ from, port, to });
    expect(codes([next('start', 'odd'), next('odd', 'bye'), next('bye', 'end')])).to.not.include('flow/maybe-unset');
  });
});
