import { expect } from 'chai';
import { findJsonBreak } from '../../src/flow/json-break.js';

/** [what, the text, line, column] */
const BROKEN: readonly (readonly [what: string, text: string, line: number, column: number])[] = [
  ['a comment in the first line', '// my flow\n{}', 1, 1],
  ['a word that is no value', '{\n  "a": NaN\n}', 2, 8],
  ['a page of HTML', '<html></html>', 1, 1],
  ['a comma too many', '{\n  "a": 1,\n}', 3, 1],
  ['a comma too few', '{\n  "a": 1\n  "b": 2\n}', 3, 3],
  ['single quotes', "{\n  'a': 1\n}", 2, 3],
  ['a line break in a text', '{\r\n  "a": "x\ny"\r\n}', 2, 8],
  ['an escape that JSON does not know', '{"a": "\\q"}', 1, 7],
  ['more after the end', '{}\n{}', 2, 1],
  ['a file that ends too early', '{\n  "a": [1', 2, 10],
  ['nothing at all', '', 1, 1],
];

describe('where JSON breaks', () => {
  for (const [what, text, line, column] of BROKEN)
    it(`is told of ${what}`, () => {
      expect(() => JSON.parse(text) as unknown).to.throw(SyntaxError);
      expect(findJsonBreak(text)).to.deep.equal({ line, column });
    });

  it('is not told of valid JSON', () => {
    expect(findJsonBreak('{ "a": [1, "x"] }')).to.equal(undefined);
  });

  it('does not overflow on what is nested deeper than the stack', () => {
    expect(() => findJsonBreak('['.repeat(200_000))).to.not.throw();
  });
});
