import { expect } from 'chai';
import { plugins } from '../../plugins/all.js';
import type { Json } from '../../src/contract/index.js';
import { checkFlow, surveyFlow } from '../../src/flow/check.js';
import { createNodeTypes } from '../../src/flow/node-types.js';

const world = { nodeTypes: createNodeTypes(plugins), limits: () => [] };
const node = (id: string, type: string, params: object = {}) => ({ id, type, params });
const send = (id: string, text: string) => node(id, 'send-message', { message: { type: 'text', text } });
const set = (id: string, name: string, value: Json, more: object = {}) => node(id, 'set-variables', { set: [{ name, value, ...more }] });
const call = (id: string, more: object = {}) =>
  node(id, 'http-request', { method: 'GET', url: 'https://shop.example', save: [{ name: 'order', from: 'body' }], ...more });
const ORDER = {
  id: 'A-1',
  total: 12.5,
  at: null,
  items: [
    { title: 'Soup', price: 4 },
    { title: 'Pie', price: 8.5, hot: true },
  ],
};

const drawn = (nodes: readonly { readonly id: string }[], more: object = {}) => ({
  ...{ format: 'parley/1', code: 'x', name: 'X', triggers: [{ type: 'TriggeredByWhatsApp' }] },
  nodes: [node('start', 'start'), ...nodes, node('end', 'end')],
  edges: ['start', ...nodes.map(({ id }) => id)].map((from, i) => ({ from, port: 'next', to: nodes[i]?.id ?? 'end' })),
  ...more,
});
const CODES = ['template/unknown-member', 'template/not-a-list', 'template/never-a-number', 'template/shows-json'];
/** Returns the warnings about members of a flow, `<pointer into the params> <message> <hint>`. */
const found = (definition: object) => {
  const problems = checkFlow(definition, world);
  expect(problems.filter(({ severity }) => severity === 'error')).to.deep.equal([]);
  return problems.filter(({ code }) => CODES.includes(code)).map(({ code, message, hint }) => `${code} ${message}. ${hint}`);
};
const about = (text: string, from: object = { sample: ORDER }) => found(drawn([call('look', from), send('tell', text)]));

describe('what variables hold', () => {
  it('comes from an example of the answer of a request', () => {
    expect(
      about('{{ order.id }} {{ order.total | times: 2 }} {{ order.items[0].title }} {{ order.items.size }} {{ order.at.day }}'),
    ).to.deep.equal([]);
    expect(about('{{ order.totl }}')).to.deep.equal(['template/unknown-member "order" has no member "totl". Did you mean "total"?']);
    expect(about('{{ order.items[0].titel }}')).to.deep.equal([
      'template/unknown-member "order.items[0]" has no member "titel". Did you mean "title"?',
    ]);
    expect(about('{{ order.items.title }}')).to.deep.equal([
      'template/unknown-member "order.items" has no member "title". It is a list: read a member of it, such as order.items[0].title.',
    ]);
    expect(about('{% for one in order.items %}{{ one.prize }}{% endfor %}')).to.deep.equal([
      'template/unknown-member "order.items[]" has no member "prize". Did you mean "price"?',
    ]);
    expect(about('{{ order[0] }}')).to.deep.equal([
      'template/not-a-list "order" is not a list, so it has nothing at [0]. Its members are id, total, at, items.',
    ]);
    expect(about('{{ order.totl }}', {})).to.deep.equal([]);
  });

  it('comes from a JSON Schema of the answer', () => {
    const schema = {
      type: 'object',
      properties: { id: { type: 'string' }, items: { type: 'array', items: { $ref: '#/$defs/item' } }, more: { type: 'object' } },
      $defs: { item: { type: 'object', properties: { price: { type: ['number', 'null'] }, inner: { $ref: '#/$defs/item' } } } },
    };
    expect(about('{{ order.items[0].price }} {{ order.items[0].inner.inner.price }} {{ order.more.anything }}', { schema })).to.deep.equal(
      [],
    );
    expect(about('{{ order.items[0].prise }}', { schema })).to.have.length(1);
    expect(about('{{ order.nothing }}', { schema })).to.have.length(1);
    expect(about('{{ order.nothing }}', { schema: { ...schema, additionalProperties: true } })).to.deep.equal([]);
  });

  it('is checked where parts of a result are saved', () => {
    const saving = (...from: readonly string[]) =>
      found(drawn([call('look', { sample: ORDER, save: from.map((one, i) => ({ name: `v${i}`, from: one })) })]));
    expect(saving('status', 'body.items[0].title', 'headers["content-type"]', 'body.items | size')).to.deep.equal([]);
    expect(saving('bdy.id', 'body.items[0].titel')).to.deep.equal([
      'template/unknown-member the result has no member "bdy". Did you mean "body"?',
      'template/unknown-member "body.items[0]" has no member "titel". Did you mean "title"?',
    ]);
  });

  it('is followed from one variable to another, and through filters', () => {
    const copied = (value: Json, text: string) =>
      found(drawn([call('look', { sample: ORDER }), set('copy', 'it', value), send('tell', text)]));
    expect(copied('{{ order.items[0] }}', '{{ it.title }}')).to.deep.equal([]);
    expect(copied('{{ order.items[0] }}', '{{ it.titel }}')).to.have.length(1);
    expect(copied('{{ order.items | sort: "price" | first }}', '{{ it.titel }}')).to.have.length(1);
    expect(copied('{{ order.items | map: "title" }}', '{{ it[0] }}')).to.deep.equal([]);
    expect(copied({ name: 'Ada', of: '{{ order }}' }, '{{ it.name }} {{ it.of.whatever }}')).to.deep.equal([]);
    expect(copied({ name: 'Ada' }, '{{ it.nam }}')).to.have.length(1);
    expect(copied('{{ it }}', '{{ it.whatever }}')).to.deep.equal([]);
  });

  it('is what arrives at a place, if nodes save different values', () => {
    const first = call('one', { sample: { a: 1 } });
    const second = call('two', { sample: { b: 1 } });
    const nodes = [first, send('between', '{{ order.a }}'), second, send('behind', '{{ order.b }}')];
    expect(found(drawn(nodes))).to.deep.equal([]);
    expect(found(drawn([first, send('between', '{{ order.b }}'), second, send('behind', '{{ order.a }}')]))).to.have.length(2);
    const split = [
      node('which', 'conditional-branch', { branches: [{ name: 'yes', when: { variable: 'customerName', operator: 'exists' } }] }),
    ];
    const edges = [
      { from: 'start', port: 'next', to: 'which' },
      { from: 'which', port: 'yes', to: 'one' },
      { from: 'which', port: 'else', to: 'two' },
      ...['one', 'two'].map((from) => ({ from, port: 'next', to: 'tell' })),
      { from: 'tell', port: 'next', to: 'end' },
    ];
    const joined = (text: string) => found(drawn([...split, first, second, send('tell', text)], { edges }));
    expect(joined('{{ order.a }} {{ order.b }}')).to.deep.equal([]);
    expect(joined('{{ order.c }}')).to.have.length(1);
  });

  it('is what it holds anywhere, in a value that is made of the variable itself or in a circle of variables', () => {
    const begin = [set('begin', 'n', 1), set('ones', 'others', 2)];
    expect(found(drawn([...begin, set('count', 'n', '{{ n | plus: 1 }}'), send('tell', '{{ n }}')]))).to.deep.equal([]);
    const circle = [set('there', 'n', '{{ others }}'), set('back', 'others', '{{ n }}')];
    expect(found(drawn([...begin, ...circle, send('tell', '{{ n | times: others }}')]))).to.deep.equal([]);
  });

  it('is not known of what a person sends, of inputs, and of nodes that cannot be read', () => {
    const ask = node('ask', 'wait-for-response', { timeout: { value: 1, unit: 'hours' }, saveAs: 'answer' });
    expect(found(drawn([set('x', 'y', 1)], {}))).to.deep.equal([]);
    const edges = [
      { from: 'start', port: 'next', to: 'ask' },
      { from: 'ask', port: 'replied', to: 'tell' },
      { from: 'tell', port: 'next', to: 'end' },
    ];
    expect(found(drawn([ask, send('tell', '{{ answer.latitude }}')], { edges }))).to.deep.equal([]);
    const variables = [{ name: 'given', type: 'object', input: true, default: { a: 1 } }];
    expect(found(drawn([send('tell', '{{ given.b }}')], { variables }))).to.deep.equal([]);
    expect(found(drawn([send('tell', '{{ given.b }}')], { variables: [{ ...variables[0], input: false }] }))).to.have.length(1);
  });

  it('is the groups of the regular expression that starts the flow', () => {
    const triggers = [{ type: 'TriggeredByWhatsApp', match: { regex: '(?i)order (?P<number>\\d+)(?:\\(x\\)[(])? (now)' } }];
    expect(found(drawn([send('tell', '{{ match.number }} {{ match[2] }} {{ match[0] }}')], { triggers }))).to.deep.equal([]);
    expect(found(drawn([send('tell', '{{ match.nubmer }} {{ match[3] }}')], { triggers }))).to.have.length(2);
  });

  it('is a member of the list in `from`, in texts that are filled for each of them', () => {
    const offering = (title: string, from = 'order.items') => {
      const message = { type: 'text', text: 'Which?', choices: { from, title } };
      return found(drawn([call('look', { sample: ORDER }), node('ask', 'send-message', { message })]));
    };
    expect(offering('{{ item.title }} ({{ item.price | times: 2 }})')).to.deep.equal([]);
    expect(offering('{{ item.titel }}')).to.deep.equal(['template/unknown-member "item" has no member "titel". Did you mean "title"?']);
    expect(offering('{{ item.titel }}', 'anything')).to.deep.equal([]);
    expect(offering('{{ item.titel }}', 'order.items | sort: "price"')).to.have.length(1);
  });

  it('is warned of where a person would read JSON, and nowhere else', () => {
    expect(about('You ordered {{ order }}')).to.deep.equal([
      'template/shows-json the person would read JSON, because "order" holds a value of the type "object". Show a member of it, such as order.id.',
    ]);
    expect(about('{{ order.items }}')).to.have.length(1);
    expect(about('{{ order.items | map: "title" | join: ", " }} {{ order | json }} {{ contact }} {{ lastMessage }}')).to.deep.equal([]);
    const posted = call('post', { method: 'POST', body: { json: { order: '{{ order }}' } } });
    expect(found(drawn([call('look', { sample: ORDER }), posted]))).to.deep.equal([]);
  });

  it('is warned of where a number is needed that it can never be', () => {
    expect(about('{{ order.items | times: 2 }} {{ now | plus: 1 }}')).to.have.length(2);
    expect(about('{{ order.total | times: 2 }} {{ order.id | times: 2 }}')).to.deep.equal([]);
    const branch = (variable: string) => {
      const branches = [{ name: 'yes', when: { variable, operator: 'numberGreaterThan', value: 5 } }];
      const edges = [
        { from: 'start', port: 'next', to: 'look' },
        { from: 'look', port: 'next', to: 'is' },
        { from: 'is', port: 'yes', to: 'end' },
      ];
      return found(drawn([call('look', { sample: ORDER }), node('is', 'conditional-branch', { branches })], { edges }));
    };
    expect(branch('order')).to.have.length(1);
    expect(branch('now')).to.have.length(1);
    expect(branch('order.total')).to.deep.equal([]);
    expect(branch('order.items.size')).to.deep.equal([]);
  });

  it('is in the outline, with the fields of the contact that the flow sets', () => {
    const { outline } = surveyFlow(drawn([call('look', { sample: ORDER }), set('keep', 'contact.size', 5)]), world);
    expect(outline.variables.find(({ name }) => name === 'order')).to.have.nested.property(
      'shape.members.items.items.members.price',
      'number',
    );
    expect(outline.contact).to.have.nested.property('members.size', 'number');
    expect(surveyFlow(drawn([]), world).outline).to.not.have.property('contact');
  });
});
