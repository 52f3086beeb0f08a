import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { createIntl } from 'react-intl';
import { sentencesOfHost } from './support/sentences-of-host.js';
import { sentencesOfSource } from './support/sentences-of-source.js';

const ROOT = join(process.cwd(), 'console');
const german: Readonly<Record<string, string>> = JSON.parse(readFileSync(join(ROOT, 'languages/de.json'), 'utf8'));
/** Names, and words that are the same in both languages. */
const SAME = new Set(
  ['WhatsApp', 'Viber', 'JSON', 'GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'Alt', 'Esc', 'Tab'].concat(
    ['Name', 'Text', 'Start', 'Link', 'Video', 'Audio', 'Sticker', 'Emoji', 'Variable', 'Version {version}'],
    ['Online', 'Offline', 'optional'],
    ['chatgpt', 'gpt', 'llm', 'openai', 'prompt', 'chatbot', 'Neutral'],
  ),
);

describe('the languages of the console', () => {
  const sentences = new Set([...sentencesOfSource(join(ROOT, 'src')), ...sentencesOfHost()]);

  it('German has every sentence of the source and of the descriptors', () => {
    expect([...sentences].filter((sentence) => !(sentence in german)).sort()).to.deep.equal([]);
  });

  it('no German sentence is the English one, apart from names', () => {
    expect(Object.entries(german).flatMap(([english, own]) => (own === english && !SAME.has(english) ? [english] : []))).to.deep.equal([]);
    expect([...SAME].filter((word) => german[word] !== word)).to.deep.equal([]);
  });

  it('German has no sentence that nobody says, and no empty one', () => {
    expect(Object.keys(german).filter((sentence) => !sentences.has(sentence))).to.deep.equal([]);
    expect(Object.keys(german).filter((sentence) => german[sentence]?.trim() === '')).to.deep.equal([]);
  });

  it('sentences are in alphabetical order, so that two people who add some seldom touch the same place', () => {
    const keys = Object.keys(german);
    expect(keys).to.deep.equal([...keys].sort(byLetters));
  });

  it('the values of a sentence are the same in German, and both can be said', () => {
    for (const [english, own] of Object.entries(german)) {
      const names = valuesIn(english);
      expect(valuesIn(own), english).to.deep.equal(names);
      if (names.length > 0) for (const count of [0, 1, 2, 5]) sayBoth(english, names, count);
    }
  });
});

/** As a person sorts them; upper case first where only that differs. */
function byLetters(a: string, b: string): number {
  const [x, y] = [a.toLowerCase(), b.toLowerCase()];
  if (x === y) return a < b ? -1 : 1;
  return x < y ? -1 : 1;
}

/** Returns the names of the values that are filled in. Templates in the sentences of descriptors, such as `{{ secrets.NAME }}`, are none. */
function valuesIn(sentence: string): readonly string[] {
  return [...new Set([...sentence.matchAll(/(?<!\{|(?:=\d+|one|other) )\{(\w+)[,}]/g)].map(([, name]) => name ?? ''))].sort();
}

/** Says a sentence in both languages. It throws if one cannot be read, or needs a value that is not there. */
function sayBoth(english: string, names: readonly string[], count: number): void {
  for (const [locale, messages] of [
    ['en', {}],
    ['de', german],
  ] as const) {
    const onError = (error: Error) => {
      throw error;
    };
    const intl = createIntl({ locale, messages, onError });
    const said = intl.formatMessage({ id: english, defaultMessage: english }, Object.fromEntries(names.map((name) => [name, count])));
    expect(said).to.not.match(/[{}#]/);
  }
}
