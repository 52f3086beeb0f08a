import { expect } from 'chai';
import { plugins } from '../../plugins/all.js';
import type { FlowDefinition } from '../../src/contract/index.js';
import { createNodeTypes } from '../../src/flow/node-types.js';
import { flowTexts, ownLanguage } from '../../src/texts/flow-texts.js';
import { putTexts } from '../../src/texts/put-texts.js';
import type { TranslatedText } from '../../src/texts/translation.js';

const nodeTypes = createNodeTypes(plugins);
const flow: FlowDefinition = {
  format: 'parley/1',
  code: 'menu',
  name: 'Menu',
  triggers: [],
  settings: { locale: 'en', onError: 'Sorry' },
  nodes: [
    { id: 'start', type: 'start', params: {} },
    {
      id: 'hi',
      type: 'ask-question',
      name: 'Greet',
      params: {
        message: {
          type: 'image',
          url: 'https://shop.example/en.png',
          text: 'Hello!',
          choices: [
            { id: 'yes', title: 'Yes' },
            { id: 'ok', title: '👍' },
          ],
        },
        answer: { type: 'choice' },
      },
      locales: {
        de_DE: { '/message/text': 'Hallo!' },
        fr: { '/message/url': 'https://shop.example/fr.png', '/gone': 'x' },
      },
      translatedFrom: { de_DE: { '/message/text': 'Hi!' } },
    },
  ],
  edges: [],
};
const put = (language: string, texts: readonly TranslatedText[], definition = flow) => putTexts({ definition, language, texts }, nodeTypes);

describe('the texts of a flow', () => {
  it('have the words that people may write', () => {
    const [, hi] = flow.nodes;
    const definition = { ...flow, nodes: hi ? [{ ...hi, params: { ...hi.params, skipWords: ['none', '0'] } }] : [] };
    const words = flowTexts({ definition, language: 'it' }, nodeTypes).filter(({ pointer }) => pointer.startsWith('/skipWords'));
    expect(words.map(({ key, source, hint }) => [key, source, hint])).to.deep.equal([['hi/skipWords/0', 'none', 'Word to skip']]);
  });

  it('are those that people read, and others that are translated somewhere', () => {
    expect(flowTexts({ definition: flow, language: 'de-DE' }, nodeTypes)).to.deep.equal([
      {
        key: 'hi/message/text',
        node: 'hi',
        nodeName: 'Greet',
        pointer: '/message/text',
        source: 'Hello!',
        translation: 'Hallo!',
        changed: true,
        translatedFrom: 'Hi!',
        hint: 'Caption',
      },
      {
        key: 'hi/message/choices/0/title',
        node: 'hi',
        nodeName: 'Greet',
        pointer: '/message/choices/0/title',
        source: 'Yes',
        changed: false,
        hint: 'Title',
      },
      {
        key: 'hi/message/url',
        node: 'hi',
        nodeName: 'Greet',
        pointer: '/message/url',
        source: 'https://shop.example/en.png',
        changed: false,
      },
      { key: '/onError', node: '', pointer: '/onError', source: 'Sorry', changed: false, hint: 'If something fails' },
    ]);
  });
});

describe('the language of a translation', () => {
  it('is not that of the flow', () => {
    expect(ownLanguage({ definition: flow, language: 'en' })?.message).to.include('written in "en"');
    expect(ownLanguage({ definition: { ...flow, settings: { locale: 'en_US' } }, language: 'en-US' })).not.to.equal(undefined);
    for (const language of ['de', 'en-GB']) expect(ownLanguage({ definition: flow, language })).to.equal(undefined);
    expect(ownLanguage({ definition: { ...flow, settings: {} }, language: 'en' })).to.equal(undefined);
  });
});

describe('putting translations into a flow', () => {
  it('adds, changes and removes, under the name that the language has, and remembers what was translated', () => {
    const done = put('de-DE', [
      { key: 'hi/message/text', translation: 'Guten Tag!', source: 'Hello!' },
      { key: 'hi/message/choices/0/title', translation: 'Ja' },
      { key: '/onError', translation: 'Leider', source: 'Sorry!' },
      { key: 'hi/message/url', translation: '' },
      { key: 'ho/message/text', translation: 'Ho' },
    ]);
    const { definition, ...counts } = done;
    expect(counts).to.deep.equal({ changed: 3, removed: 0, unchanged: 1, unknown: ['ho/message/text'], outdated: ['/onError'] });
    expect(definition.nodes[1]).to.deep.include({
      locales: { ...flow.nodes[1]?.locales, de_DE: { '/message/text': 'Guten Tag!', '/message/choices/0/title': 'Ja' } },
      translatedFrom: { de_DE: { '/message/text': 'Hello!', '/message/choices/0/title': 'Yes' } },
    });
    expect(definition.settings).to.deep.equal({
      ...flow.settings,
      locales: { 'de-DE': { '/onError': 'Leider' } },
      translatedFrom: { 'de-DE': { '/onError': 'Sorry!' } },
    });
    expect(definition.nodes[0]).to.equal(flow.nodes[0]);
  });

  it('leaves nothing behind of what was removed', () => {
    const done = put('de-DE', [{ key: 'hi/message/text', translation: '' }]);
    expect(done).to.include({ changed: 0, removed: 1, unchanged: 0 });
    expect(done.definition.nodes[1]).to.deep.include({ locales: { fr: flow.nodes[1]?.locales?.['fr'] } });
    expect(done.definition.nodes[1]).to.not.have.property('translatedFrom');
  });

  it('changes nothing if nothing is new; who looks at it again can say that it fits', () => {
    const same = { key: 'hi/message/text', translation: 'Hallo!', source: 'Hello!' };
    const done = put('de-DE', [same]);
    expect(done).to.include({ definition: flow, unchanged: 1 });
    const confirmed = put('de-DE', [{ ...same, isConfirmed: true }]);
    expect(confirmed).to.include({ changed: 0, unchanged: 1 });
    expect(confirmed.definition.nodes[1]?.translatedFrom).to.deep.equal({ de_DE: { '/message/text': 'Hello!' } });
  });

  it('takes no spaces at the ends that the text does not have, and no translation of spaces alone', () => {
    const spaced = { ...flow, settings: { onError: 'Sorry ' } };
    const texts = [
      { key: 'hi/message/text', translation: ' Guten Tag!\u00a0\r\n' },
      { key: 'hi/message/choices/0/title', translation: ' \u00a0' },
      { key: '/onError', translation: ' Leider ' },
    ];
    const { definition, ...counts } = put('de', texts, spaced);
    expect(counts).to.include({ changed: 2, removed: 0, unchanged: 1 });
    expect(definition.nodes[1]?.locales?.['de']).to.deep.equal({ '/message/text': 'Guten Tag!' });
    expect(definition.settings?.locales).to.deep.equal({ de: { '/onError': 'Leider ' } });
    expect(put('de-DE', [{ key: 'hi/message/text', translation: '  ' }]).definition).to.equal(flow);
  });

  it('takes no notice of line breaks that a program has changed', () => {
    const lines = { ...flow, settings: { onError: 'One\nTwo' } };
    const { definition, outdated } = put('de', [{ key: '/onError', translation: 'Eins\r\nZwei', source: 'One\r\nTwo' }], lines);
    expect([definition.settings?.locales, outdated]).to.deep.equal([{ de: { '/onError': 'Eins\nZwei' } }, []]);
  });
});
