import { expect } from 'chai';
import { adapters } from '../../adapters/index.js';
import { plugins } from '../../plugins/all.js';
import { channelLimits } from '../../src/flow/channel-limits.js';
import type { CheckWorld } from '../../src/flow/check/checked.js';
import { checkFlow } from '../../src/flow/check.js';
import { createNodeTypes } from '../../src/flow/node-types.js';
import { aFlow } from '../support/builders.js';

const nodeTypes = createNodeTypes(plugins);
const limits = channelLimits({ loaded: adapters });

/** The pointers of the keywords that are STOP words. */
function found(keywords: readonly string[], world: Partial<CheckWorld> = {}): readonly string[] {
  const triggers = [
    { type: 'TriggeredByWhatsApp', match: { keywords } },
    { type: 'TriggeredByViber', match: { keywords: ['hello'] } },
  ] as const;
  const problems = checkFlow(aFlow('hi', { triggers }), { nodeTypes, limits, ...world });
  return problems.flatMap(({ code, pointer, severity }) => (code === 'flow/stop-word' ? [`${pointer} ${severity}`] : []));
}

describe('the check of STOP words', () => {
  it('warns of keywords that opt a person out, by the words of channels that set none', () => {
    expect(found(['stop', 'cancel', 'Désabonner!', 'start'])).to.deep.equal([
      '/triggers/0/match/keywords/0 warning',
      '/triggers/0/match/keywords/2 warning',
    ]);
  });

  it('knows the words of the channels that the flow is bound to', () => {
    const stopWords: CheckWorld['stopWords'] = (platform) => (platform === 'whatsapp' ? (word) => word === 'ende' : undefined);
    expect(found(['stop', 'ende'], { stopWords })).to.deep.equal(['/triggers/0/match/keywords/1 warning']);
  });
});
