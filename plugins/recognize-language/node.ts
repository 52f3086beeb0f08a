import Joi from 'joi';
import type { NodeScope, NodeType } from '../../src/contract/index.js';
import { choice, closed, described, text, variable } from '../../src/params/fields.js';
import { exitByValue, PORTS_BY_VALUE, type ValueBranch, valueBranches } from '../../src/params/value-branches.js';
import { comparableLanguage, languageOf, threeLetterCode } from '../../src/text/language-of.js';
import { readLanguage } from '../../src/text/read-language.js';

interface LanguageParams {
  readonly input: string;
  readonly accuracy: number;
  readonly fallback?: string;
  readonly output: keyof typeof OUTPUTS;
  readonly saveAs?: string;
  readonly branches?: readonly ValueBranch[];
}

const OUTPUTS = { isoCode639_1: 'Two letters, such as en', isoCode639_3: 'Three letters, such as eng' } as const;

const params = closed<LanguageParams>({
  input: text('Input', 'The text whose language is recognized, such as {{ answer }}.')
    .max(10_000)
    .required()
    .meta({ rows: 2, example: '{{ lastMessage.text }}' }),
  accuracy: described(
    Joi.number().min(0).max(1).default(0.5),
    'Accuracy',
    'From 0 to 1: how sure it must be, else the fallback counts. Short texts are seldom sure; with 0.6, wrong languages are rare.',
  ),
  fallback: text('Fallback', 'The language that counts if none is recognized, such as en.').max(200).meta({ example: 'en' }),
  output: choice(OUTPUTS, 'Output', 'How the language is written.').default('isoCode639_1'),
  saveAs: variable('Save as', 'The variable for the language; null if none is recognized and there is no fallback.'),
  branches: valueBranches('The languages for this way out, such as en or eng.', 'en'),
});

/** Recognizes the language of a text, and goes on by it. */
export const node: NodeType<LanguageParams> = {
  type: 'recognize-language',
  version: 1,
  title: 'Recognize language',
  sentence: 'Recognizes the language of a text, and goes on by it.',
  words: ['detect', 'locale', 'translate', 'tongue', 'english', 'route'],
  icon: 'language',
  group: 'core',
  params,
  blank: { input: '{{ lastMessage.text }}', accuracy: 0.5, output: 'isoCode639_1' },
  summary: ['/input', '/fallback', '/branches'],
  ports: PORTS_BY_VALUE,
  sets: ({ saveAs }) => (saveAs === undefined ? [] : [saveAs]),
  setTypes: ({ saveAs }) => (saveAs === undefined ? {} : { [saveAs]: 'text' }),
  enter(scope) {
    const { accuracy, output, saveAs, branches, input } = scope.params;
    const found = languageOf(scope.text(input));
    const language = found && found.accuracy >= accuracy ? found.language : fallbackOf(scope);
    const value = language === undefined ? null : output === 'isoCode639_3' ? threeLetterCode(language) : language;
    const isSame = (one: string) => language !== undefined && comparableLanguage(one) === language;
    return { ...(saveAs === undefined ? {} : { set: { [saveAs]: value } }), then: { exit: exitByValue(branches, isSame) } };
  },
};

/** Returns the language of the fallback; undefined, with a warning, if its text is not a language tag. */
function fallbackOf(scope: NodeScope<LanguageParams>): string | undefined {
  const { fallback } = scope.params;
  if (fallback === undefined) return undefined;
  const written = scope.text(fallback);
  const tag = readLanguage(written);
  if (tag === undefined) scope.warn('language/bad-fallback', 'the fallback is not a language tag, so no language is saved');
  return tag === undefined ? undefined : comparableLanguage(tag);
}
