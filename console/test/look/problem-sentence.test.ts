import { expect } from 'chai';
import { problemSentence } from '../../src/look/problem-sentence.js';

describe('the sentence of a problem', () => {
  it('begins with a capital letter and ends with a full stop', () => {
    expect(problemSentence('the edge leads nowhere')).to.equal('The edge leads nowhere.');
    expect(problemSentence('What is it?')).to.equal('What is it?');
  });

  it('names its node by its title', () => {
    const node = { id: 'wait-2', title: 'Ask the name' };
    expect(problemSentence('"wait-2" cannot be reached from the start', node)).to.equal('“Ask the name” cannot be reached from the start.');
  });
});
