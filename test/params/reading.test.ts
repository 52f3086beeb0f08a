import { expect } from 'chai';
import { asTyped, asWritten } from '../../src/params/reading.js';
import { coerce } from '../../src/params/variable-value.js';

describe('a value that a person typed', () => {
  const read = (text: string, languages: { readonly language?: string; readonly locale?: string } = {}) => {
    const warnings: string[] = [];
    const { language, locale } = languages;
    const reading = asTyped({
      timeZone: 'UTC',
      locale,
      ...(language === undefined ? {} : { contact: { language } }),
      warn: (code, detail) => warnings.push(`${code}: ${detail}`),
    });
    return { value: coerce(text, 'number', reading), warnings };
  };

  it("is a number in the contact's language, else in the flow's", () => {
    expect(read('1.000', { language: 'de', locale: 'en' })).to.deep.equal({ value: 1000, warnings: [] });
    expect(read('1.000', { language: 'en', locale: 'de' })).to.deep.equal({ value: 1, warnings: [] });
    expect(read('1.000', { locale: 'de' })).to.deep.equal({ value: 1000, warnings: [] });
  });

  it('is a number as in English where no language is known, and a warning says so', () => {
    const { value, warnings } = read('1,000');
    expect(value).to.equal(1000);
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.match(/^number\/ambiguous: "1,000" was read as 1000, /);
  });

  it('is rounded with a warning where it has more digits than a number keeps', () => {
    expect(read('9007199254740992').warnings[0]).to.match(/^number\/inexact: /);
    expect(read('9007199254740991').warnings).to.deep.equal([]);
  });

  it('warns through the scope of a node, whose methods belong to it', () => {
    class Scope {
      readonly timeZone = 'UTC';
      readonly locale = undefined;
      readonly #warnings: string[] = [];
      warn(code: string): void {
        this.#warnings.push(code);
      }
      get warnings() {
        return this.#warnings;
      }
    }
    const scope = new Scope();
    expect([coerce('1,000', 'number', asTyped(scope)), scope.warnings]).to.deep.equal([1000, ['number/ambiguous']]);
  });

  it('is undefined where it is no number, and nothing is said of it', () => {
    expect(read('12 apples')).to.deep.equal({ value: undefined, warnings: [] });
  });

  it('is yes or no in any width', () => {
    expect(coerce('ＴＲＵＥ', 'boolean')).to.equal(true);
    expect(coerce('false\u200b', 'boolean')).to.equal(false);
    expect(coerce('yes', 'boolean')).to.equal(undefined);
  });

  it('has the point alone where it stands in a flow file', () => {
    const written = asWritten('UTC');
    expect(coerce('1.000', 'number', written)).to.equal(1);
    for (const typed of ['1,5', '1 000', '١٢']) expect(coerce(typed, 'number', written), typed).to.equal(undefined);
  });
});
