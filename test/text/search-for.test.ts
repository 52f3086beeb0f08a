import { expect } from 'chai';
import { searchFor } from '../../src/text/search-for.js';

const ada = { texts: ['Ada Löwe'], phones: ['whatsapp:4915123456'] };

describe('a search for people', () => {
  for (const [search, found] of [
    ['löwe ada', true],
    ['LOWE', true],
    ['ada lovelace', false],
    ['0151 234', true],
    ['+49 (151) 23', true],
    ['23', true],
    ['999', false],
    ['', true],
    ['  ', true],
    ['\u0000', false],
    ['\u0000ada', true],
  ] as const)
    it(`${JSON.stringify(search)} ${found ? 'finds' : 'does not find'} Ada`, () => {
      expect(searchFor(search)(ada)).to.equal(found);
    });
});
