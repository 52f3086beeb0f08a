import { expect } from 'chai';
import { plugins } from '../../plugins/all.js';
import type { FlowDefinition } from '../../src/contract/index.js';
import { compileFlow, fillVersions } from '../../src/flow/compile.js';
import { readEnvelope } from '../../src/flow/envelope.js';
import { createNodeTypes } from '../../src/flow/node-types.js';

const nodeTypes = createNodeTypes(plugins);
const definition: FlowDefinition = {
  format: 'parley/1',
  code: 'greet',
  name: 'Greet',
  triggers: [{ type: 'TriggeredManually' }],
  variables: [
    { name: 'count', type: 'number', default: '3' },
    { name: 'empty', type: 'text' },
  ],
  settings: { locale: 'fr' },
  nodes: [
    { id: 'start', type: 'start', version: 1, params: {} },
    {
      id: 'tell',
      type: 'send-whatsapp-message',
      version: 1,
      params: { action: 'reply', message: { type: 'text', text: 'Hello' } },
      locales: { de: { '/message/text': 'Hallo' }, fr: { '/message/text': 'Salut' } },
    },
    { id: 'end', type: 'end', version: 1, params: {} },
  ],
  edges: [
    { from: 'start', port: 'next', to: 'tell' },
    { from: 'tell', port: 'next', to: 'end' },
  ],
};

describe('a compiled flow', () => {
  const program = compileFlow(definition, 4, nodeTypes);

  for (const [language, text] of [
    ['de', 'Hallo'],
    ['de-AT', 'Hallo'],
    ['es', 'Salut'],
    [undefined, 'Salut'],
  ] as const) {
    it(`says "${text}" to a contact of language ${language ?? 'unknown'}`, () => {
      expect(program.nodes.get('tell')?.params(language)).to.have.nested.property('message.text', text);
    });
  }

  describe('in several languages', () => {
    const choices = [
      { id: 'yes', title: 'Yes' },
      { id: 'no', title: 'No' },
    ];
    const ask = {
      id: 'ask',
      type: 'ask-question',
      params: { message: { type: 'text', text: 'Well?', choices }, answer: { type: 'choice' } },
      locales: {
        de: { '/message/text': 'Nun?', '/message/choices/0/title': 'Ja', '/message/choices/1/title': 'Nein' },
        'de-at': { '/message/text': 'Geh bitte?' },
        pt_BR: { '/message/text': 'Então?' },
        'en-GB': { '/message/text': 'Now then?' },
      },
    };
    const settings = { locale: 'en', onError: 'Oh!', locales: { de: { '/onError': 'Oje!' } } };
    const compiled = compileFlow({ ...definition, settings, nodes: [...definition.nodes, ask] }, 1, nodeTypes);
    const shown = (language?: string) => {
      const { message } = (compiled.nodes.get('ask')?.params(language) ?? {}) as {
        message: { text: string; choices: { title: string }[] };
      };
      return [message.text, ...message.choices.map(({ title }) => title)];
    };

    it('each text is in the first language of the person that has it', () => {
      expect(shown('de')).to.deep.equal(['Nun?', 'Ja', 'Nein']);
      expect(shown('de-AT')).to.deep.equal(['Geh bitte?', 'Ja', 'Nein']);
      expect(shown('DE_ch')).to.deep.equal(['Nun?', 'Ja', 'Nein']);
    });

    it('another region of the language is better than another language', () => {
      expect(shown('pt')).to.deep.equal(['Então?', 'Yes', 'No']);
      expect(shown('pt-PT')).to.deep.equal(['Então?', 'Yes', 'No']);
    });

    it('the params are in the language of the flow, if there is no translation into it', () => {
      expect(shown('en')).to.deep.equal(['Well?', 'Yes', 'No']);
      expect(shown('en-AU')).to.deep.equal(['Well?', 'Yes', 'No']);
      expect(shown('en-GB')).to.deep.equal(['Now then?', 'Yes', 'No']);
      expect(shown('fr')).to.deep.equal(['Well?', 'Yes', 'No']);
      expect(shown()).to.deep.equal(['Well?', 'Yes', 'No']);
    });

    it('dates are written in the language of the texts', () => {
      const { textLanguage } = compileFlow(definition, 1, nodeTypes);
      expect(['de-AT', 'fr', 'sv', undefined].map((language) => textLanguage(language))).to.deep.equal(['de', 'fr', 'fr', 'fr']);
      const untranslated = compileFlow(
        { ...definition, nodes: definition.nodes.map(({ locales: _locales, ...node }) => node) },
        1,
        nodeTypes,
      );
      expect(untranslated.textLanguage('de')).to.equal('fr');
    });

    it('so is the message after a failure', () => {
      expect(['de-AT', 'en', undefined].map((language) => compiled.onError(language))).to.deep.equal(['Oje!', 'Oh!', 'Oh!']);
      expect(program.onError('de')).to.equal(undefined);
    });

    it('translations that do not fit together are left out', () => {
      const both = { ...ask, locales: { de: { '/message/choices/0/title': '' } } };
      const refused = compileFlow({ ...definition, nodes: [...definition.nodes, both] }, 1, nodeTypes);
      expect(refused.nodes.get('ask')?.params('de')).to.have.nested.property('message.choices[0].title', 'Yes');
    });
  });

  it('leaves the texts of the file as they are', () => {
    expect(definition.nodes[1]?.params).to.have.nested.property('message.text', 'Hello');
    expect(program.definition).to.equal(definition);
  });

  it('knows its ways, its start and its typed defaults', () => {
    expect(program.start).to.equal('start');
    expect([...(program.nodes.get('start')?.edges ?? [])]).to.deep.equal([['next', 'tell']]);
    expect(program.defaults).to.deep.equal({ count: 3, empty: null });
    expect(program.waitsForMessages).to.equal(false);
  });

  it('knows the variables that keep answers and nothing else', () => {
    const nodes = [
      ...definition.nodes,
      ...['form', 'both'].map((saveAs) => ({ id: saveAs, type: 'wait-for-response', version: 1, params: { saveAs } })),
      { id: 'set', type: 'set-variables', version: 1, params: { set: ['both', 'own'].map((name) => ({ name, value: 1 })) } },
      { id: 'sent', type: 'send-message', version: 1, params: { action: 'reply', message: { type: 'text', text: 'a' }, saveAs: 'sent' } },
    ];
    const { answers, waitsForMessages } = compileFlow({ ...definition, nodes }, 1, nodeTypes);
    expect([[...answers], waitsForMessages]).to.deep.equal([['form'], true]);
  });

  it('is refused where a node has no type or its params do not fit', () => {
    const broken = (node: FlowDefinition['nodes'][number]) => () =>
      compileFlow({ ...definition, nodes: [...definition.nodes, node] }, 1, nodeTypes);
    expect(broken({ id: 'x', type: 'no-such', version: 1, params: {} })).to.throw(/no-such/);
    expect(broken({ id: 'x', type: 'set-variables', version: 1, params: {} })).to.throw(/"x"/);
  });
});

describe('the versions of nodes', () => {
  it('are filled in where an upload names none, and kept where it does', () => {
    const upload: FlowDefinition = {
      ...definition,
      nodes: [
        { id: 'a', type: 'start', params: {} },
        { id: 'b', type: 'end', version: 9, params: {} },
        { id: 'c', type: 'no-such', params: {} },
      ],
    };
    expect(fillVersions(upload, nodeTypes).nodes.map(({ version }) => version)).to.deep.equal([1, 9, undefined]);
  });

  it('cannot be claimed by two plugins', () => {
    const [first] = plugins;
    if (!first) throw new Error('there are no plugins');
    expect(() => createNodeTypes([first, first])).to.throw(first.node.type);
  });
});

describe('the flow file', () => {
  it('keeps the keys of other tools wherever they stand', () => {
    const more = { 'x-tool': { colour: 'red' } };
    const body = {
      ...definition,
      ...more,
      triggers: [{ type: 'TriggeredByWhatsApp', match: { keywords: ['hi'], ...more }, ...more }],
      variables: [{ name: 'a', type: 'text', ...more }],
      settings: more,
      nodes: definition.nodes.map((node) => ({ ...node, ...more })),
      edges: definition.edges.map((edge) => ({ ...edge, ...more })),
    };
    expect(readEnvelope(body)).to.deep.equal({ definition: body });
  });

  /** Nested deeper than any stack. */
  let deep: unknown = {};
  for (let i = 0; i < 100_000; i += 1) deep = { a: deep };
  const bodies: [string, unknown, string][] = [
    ['nothing', undefined, 'flow/missing'],
    ['null', null, 'flow/wrong'],
    ['a list', [], 'flow/wrong'],
    ['a name that is empty', { ...definition, name: '' }, 'flow/empty'],
    ['nodes without end', { ...definition, notes: [deep] }, 'flow/too-deep'],
    ['a key that reaches for the prototype', JSON.parse('{"settings":{"__proto__":{"maxSteps":1}}}'), 'flow/forbidden-key'],
  ];
  for (const [what, body, code] of bodies) {
    it(`is refused where it is or has ${what}`, () => {
      const read = readEnvelope(body);
      expect('problems' in read ? read.problems.map((problem) => problem.code) : []).to.include(code);
    });
  }
});
