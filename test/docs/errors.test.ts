import { expect } from 'chai';
import { describeCodes } from '../../scripts/errors-page.js';
import { PROBLEM_CODES } from '../../src/contract/host/index.js';
import { PROBLEM_MENDS } from '../../src/contract/host/problem-mends.js';

describe('docs/errors.md', () => {
  it('says for every code what is wrong and what to do', () => {
    const lacking = describeCodes().filter(({ cause, mend }) => cause === '' || mend === '');
    expect(lacking.map(({ code }) => code)).to.deep.equal([]);
  });

  it('says nothing of codes that do not exist', () => {
    expect(Object.keys(PROBLEM_MENDS).filter((code) => !(code in PROBLEM_CODES))).to.deep.equal([]);
  });
});
