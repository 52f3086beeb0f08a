import { expect } from 'chai';
import { adapters } from '../../adapters/index.js';
import { plugins } from '../../plugins/all.js';
import type { FlowNode, FlowSettings, JsonObject, Platform } from '../../src/contract/index.js';
import { newEffort } from '../../src/flow/check/effort.js';
import { checkFlow } from '../../src/flow/check.js';
import { createNodeTypes } from '../../src/flow/node-types.js';

const world = {
  nodeTypes: createNodeTypes(plugins),
  limits: (platform: Platform) =>
    adapters.filter((one) => one.platform === platform).map(({ type, limits }) => ({ adapter: type, limits, isBound: true })),
};

function flow(nodes: readonly (Partial<FlowNode> & { readonly params: JsonObject })[], settings: FlowSettings = {}) {
  const all = nodes.map((one, i) => ({ id: `n${i}`, type: 'ask-question', ...one }));
  const ids = ['start', ...all.map(({ id }) => id), 'end'];
  return {
    format: 'parley/1',
    code: 'tongues',
    name: 'Tongues',
    triggers: [{ type: 'TriggeredByWhatsApp' }],
    variables: [
      { name: 'name', type: 'text', default: 'Ada' },
      { name: 'city', type: 'text', default: 'Rome' },
    ],
    settings,
    nodes: [{ id: 'start', type: 'start', params: {} }, ...all, { id: 'end', type: 'end', params: {} }],
    edges: ids.slice(1).map((to, i) => ({ from: ids[i], port: i === 0 ? 'next' : 'answered', to })),
  };
}

const yesNo = (text = 'Shall we?') => ({
  message: {
    type: 'text',
    text,
    choices: [
      { id: 'yes', title: 'Yes' },
      { id: 'no', title: 'No' },
    ],
  },
  answer: { type: 'choice' },
  invalidMessage: 'Tap a button.',
});
const german = {
  '/message/text': 'Wollen wir?',
  '/message/choices/0/title': 'Ja',
  '/message/choices/1/title': 'Nein',
  '/invalidMessage': 'Bitte tippen.',
};

/** Returns the problems as `code pointer`, without the flow's beginning. */
function found(body: unknown, code?: string): readonly string[] {
  return checkFlow(body, world)
    .filter((one) => code === undefined || one.code === code)
    .map((one) => `${one.severity} ${one.code} ${one.pointer}`);
}

describe('missing translations', () => {
  it('are not looked for in a flow of one language', () => {
    expect(found(flow([{ params: yesNo() }]))).to.deep.equal([]);
  });

  it('are one warning for a node and a language, which lists the texts', () => {
    const body = flow([
      { params: yesNo(), locales: { de: german } },
      { params: yesNo(), locales: { fr: { '/message/text': 'On y va ?' } } },
    ]);
    const problems = checkFlow(body, world);
    expect(problems.map(({ code, pointer, node, severity }) => [severity, code, pointer, node])).to.deep.equal([
      ['warning', 'flow/missing-translation', '/nodes/2/locales/de', 'n1'],
      ['warning', 'flow/missing-translation', '/nodes/1/locales/fr', 'n0'],
      ['warning', 'flow/missing-translation', '/nodes/2/locales/fr', 'n1'],
    ]);
    expect(problems[2]?.message).to.equal(
      '"/message/choices/0/title", "/message/choices/1/title", "/invalidMessage" have no translation into "fr"',
    );
  });

  it('are none where a shorter tag, another region or the params have the text in the language', () => {
    const locales = { de: german, 'de-AT': { '/message/text': 'Gemma?' }, 'en-GB': { '/message/text': 'Shall we then?' } };
    expect(found(flow([{ params: yesNo(), locales }], { locale: 'en' }))).to.deep.equal([]);
    expect(
      found(
        flow([
          { params: yesNo(), locales: { 'pt-BR': german } },
          { params: yesNo(), locales: { pt: german } },
        ]),
      ),
    ).to.deep.equal([]);
    expect(
      found(
        flow([
          { params: yesNo(), locales: { pt_br: german } },
          { params: yesNo(), locales: { 'pt-BR': german } },
        ]),
      ),
    ).to.deep.equal([]);
  });

  it('are texts with words: no ids, addresses, templates alone, emoji', () => {
    const send = (message: JsonObject, locales = {}) => ({ type: 'send-message', params: { message }, locales });
    const none = [
      { type: 'image', url: 'https://shop.example/menu.png' },
      { type: 'text', text: '{{ name }} 👋 https://shop.example/a' },
      { type: 'location', latitude: 1, longitude: 2, name: 'Shop' },
    ];
    for (const message of none) {
      const first = send({ type: 'text', text: 'Hi' }, { de: { '/message/text': 'Hallo' } });
      expect(found(flow([first, send(message)]), 'flow/missing-translation'), message.type).to.deep.equal([]);
    }
  });

  it('are no words to skip a question: one list may have those of all languages', () => {
    const params = { ...yesNo(), skipWords: ['cancel', 'abbrechen'] };
    expect(found(flow([{ params, locales: { de: german } }]), 'flow/missing-translation')).to.deep.equal([]);
    const outdated = { locales: { de: { ...german, '/skipWords/0': 'ende' } }, translatedFrom: { de: { '/skipWords/0': 'end' } } };
    expect(found(flow([{ params, ...outdated }]), 'flow/outdated-translation')).to.have.length(1);
  });

  it('are none of a node that says that its texts are for everybody', () => {
    expect(
      found(
        flow([
          { params: yesNo(), locales: { de: german } },
          { params: yesNo('English? Deutsch?'), locales: {} },
        ]),
      ),
    ).to.deep.equal([]);
  });

  it('are reported for the settings, too', () => {
    const settings = { onError: 'Sorry', locales: { fr: { '/onError': 'Pardon' } } };
    expect(found(flow([{ params: yesNo(), locales: { de: german, fr: german } }], settings))).to.deep.equal([
      'warning flow/missing-translation /settings/locales/de',
    ]);
  });

  it('are summed up where very many nodes have some', () => {
    const body = flow([{ params: yesNo(), locales: { de: german } }, ...Array.from({ length: 250 }, () => ({ params: yesNo() }))]);
    const problems = checkFlow(body, world);
    expect(problems).to.have.length(201);
    expect(problems.at(-1)).to.include({ pointer: '/nodes', message: 'texts of 50 further nodes have no translation into "de"' });
  });
});

describe('a translation', () => {
  const asks = (texts: Readonly<Record<string, string>>, text = 'Shall we?') =>
    flow([{ params: yesNo(text), locales: { de: { ...german, ...texts } } }]);

  it('with other variables than its text gives a warning', () => {
    const [problem, ...others] = checkFlow(
      asks({ '/message/text': 'Los, {{ nmae }} in {{ city }}!' }, 'Go, {{ name }} in {{ city | upcase }}'),
      world,
    );
    expect(others).to.deep.equal([]);
    expect(problem).to.include({
      code: 'flow/placeholders-differ',
      pointer: '/nodes/1/locales/de/~1message~1text',
      message: 'the translation lacks {{ name }} and reads {{ nmae }}, which the text does not',
    });
    expect(
      found(asks({ '/message/text': 'In {{ city }} los, {{ name | default: "du" }}' }, 'Go, {{ name }} in {{ city | upcase }}')),
    ).to.deep.equal([]);
  });

  it('of the message after a failure likewise', () => {
    const settings = { onError: 'Sorry, {{ name }}', locales: { de: { '/onError': 'Leider' } } };
    expect(found(flow([{ params: yesNo(), locales: { de: german } }], settings))).to.deep.equal([
      'warning flow/placeholders-differ /settings/locales/de/~1onError',
    ]);
  });

  it('is held to the limits of the channels', () => {
    expect(found(asks({ '/message/choices/0/title': 'Selbstverständlich, sehr gern' }))).to.deep.equal([
      'error message/too-long /nodes/1/locales/de/~1message~1choices~10~1title',
    ]);
    expect(found(asks({ '/message/choices/1/title': 'ja' }))).to.deep.equal([
      'warning message/alike-choices /nodes/1/locales/de/~1message~1choices~11~1title',
    ]);
  });

  it('is reported once, although other regions have it, too', () => {
    const long = 'Selbstverständlich, sehr gern';
    const locales = { de: { ...german, '/message/choices/0/title': long }, 'de-AT': { '/message/text': 'Gemma?' } };
    expect(found(flow([{ params: yesNo(), locales }]))).to.deep.equal([
      'error message/too-long /nodes/1/locales/de/~1message~1choices~10~1title',
    ]);
  });

  it('says nothing of what is wrong without it', () => {
    const params = yesNo();
    const untranslated = { ...params, message: { ...params.message, footer: 'x'.repeat(70) } };
    expect(found(flow([{ params: untranslated, locales: { de: { ...german, '/message/footer': 'kurz' } } }]))).to.deep.equal([
      'error message/too-long /nodes/1/params/message/footer',
    ]);
  });

  it('is outdated when its text has changed since', () => {
    const translatedFrom = { de: { '/message/text': 'Shall we not?', '/invalidMessage': 'Tap a button.' } };
    expect(found(flow([{ params: yesNo(), locales: { de: german }, translatedFrom }]))).to.deep.equal([
      'warning flow/outdated-translation /nodes/1/locales/de',
    ]);
    expect(found(flow([{ params: yesNo(), locales: { de: german }, translatedFrom: { de: { '/message/txt': 'x' } } }]))).to.deep.equal([
      'warning flow/lost-translation /nodes/1/translatedFrom/de/~1message~1txt',
    ]);
  });
});

describe('the languages of a flow', () => {
  it('are language tags, each once', () => {
    const node = { params: yesNo(), locales: { german, 'pt-br': german, pt_BR: {} } };
    expect(found(flow([node], { locale: 'English' }), 'flow/bad-language')).to.deep.equal([
      'warning flow/bad-language /settings/locale',
      'warning flow/bad-language /nodes/1/locales/german',
      'warning flow/bad-language /nodes/1/locales/pt_BR',
    ]);
  });
});

describe('a flow of a thousand nodes in ten languages', () => {
  it('is checked to the end', () => {
    const languages = ['de', 'fr', 'es', 'pt-BR', 'it', 'ar', 'hi', 'th', 'nl', 'pl'];
    const texts = {
      '/message/text': 'Wollen wir, {{ name | default: "du" }}? Und zwar in {{ city }}!',
      '/invalidMessage': 'Bitte tippen.',
    };
    const params = { ...yesNo('Shall we, {{ name | default: "you" }}? And in {{ city }}!') };
    const node = { params, locales: Object.fromEntries(languages.map((language) => [language, texts])) };
    const effort = newEffort();
    const problems = checkFlow(flow(Array.from({ length: 1_000 }, () => node)), world, effort);
    expect(new Set(problems.map(({ code }) => code))).to.deep.equal(new Set(['flow/missing-translation']));
    expect(problems).to.have.length(languages.length * 201);
  });
});
