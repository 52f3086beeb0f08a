import { expect } from 'chai';
import type { FlowCode, MessageTrigger, TriggerMatch } from '../../src/contract/index.js';
import type { MatchableEvent } from '../../src/engine/turn-input.js';
import { findTies } from '../../src/published/find-ties.js';
import { listeningTriggers, matchTrigger, type OnlineFlow } from '../../src/published/match-trigger.js';

const AT = '2026-11-24T09:00:00.000Z';

function online(code: FlowCode, ...triggers: Omit<MessageTrigger, 'type'>[]): OnlineFlow {
  return {
    code,
    version: 1,
    channels: ['wa'],
    triggers: listeningTriggers(triggers.map((one) => ({ type: 'TriggeredByWhatsApp', ...one }))),
  };
}

function said(
  text: string,
  more: { readonly type?: string; readonly channel?: string; readonly referral?: Record<string, string> } = {},
): MatchableEvent {
  const from = { identities: ['whatsapp:1'], address: '1' };
  const { type = 'text', channel = 'wa', referral } = more;
  return {
    id: 'e',
    at: AT,
    type: 'message',
    message: { id: 'm', channel, platform: 'whatsapp', from, type, text, sentAt: AT, ...(referral ? { referral } : {}) },
  };
}

describe('trigger matching', () => {
  const everything = [
    online('any', {}),
    online('image', { match: { messageTypes: ['image'] } }),
    online('regex', { match: { regex: '^sale' } }),
    online('keyword', { match: { keywords: ['sale'] } }),
    online('long-keyword', { match: { keywords: ['sale today'] } }),
    online('several', { match: { keywords: ['sale', 'sale today in town', 'in town'] } }),
    online('long-keyword-in', { match: { keywords: ['sale today in'] } }),
    online('referral', { match: { referral: true } }),
    online('ad-7', { match: { referral: { sourceId: '7' } }, priority: 1 }),
  ];
  const cases: [string, MatchableEvent, string | undefined][] = [
    ['any message goes to the flow without a filter', said('hello'), 'any'],
    ['a message type beats any', said('', { type: 'image' }), 'image'],
    ['a keyword beats a regular expression and a message type', said('sale!', { type: 'image' }), 'keyword'],
    ['the longer keyword beats the shorter', said('Sale today?'), 'long-keyword'],
    ['of several keywords of a trigger the longest that fits counts', said('Sale today in town'), 'several'],
    ['a regular expression finds what no keyword has', said('sales'), 'regex'],
    ['a referral beats a keyword', said('sale', { referral: { source_id: '8' } }), 'referral'],
    ['within a class the priority decides', said('sale', { referral: { source_id: '7' } }), 'ad-7'],
    ['another channel has no flow', said('sale', { channel: 'other' }), undefined],
  ];
  for (const [promise, event, expected] of cases) {
    it(promise, () => expect(matchTrigger(event, everything, 'idle').best?.flow).to.equal(expected));
  }

  const modes: [string, TriggerMatch, string, boolean][] = [
    ['firstWord is the default', { keywords: ['hello'] }, 'HÉLLO, you', true],
    ['firstWord wants it first', { keywords: ['hello'] }, 'oh hello', false],
    ['firstWord wants the whole word', { keywords: ['hello'] }, 'helloween', false],
    ['onlyWord wants nothing else', { keywords: ['stop'], keywordMode: 'onlyWord' }, 'stop it', false],
    ['onlyWord forgives punctuation', { keywords: ['stop'], keywordMode: 'onlyWord' }, ' Stop! ', true],
    ['anywhere finds it in the middle', { keywords: ['price'], keywordMode: 'anywhere' }, 'what is the Price?', true],
    ['a keyword of two words is two words', { keywords: ['order status'] }, 'order status please', true],
    ['an empty text has no keyword', { keywords: ['hi'] }, '', false],
  ];
  for (const [promise, match, text, expected] of modes) {
    it(promise, () => expect(matchTrigger(said(text), [online('a', { match })], 'idle').best !== undefined).to.equal(expected));
  }

  it('gives the groups of a regular expression, by number and by name', () => {
    const match = matchTrigger(said('order 12 to Oslo'), [online('a', { match: { regex: '^order (\\d+) to (?P<place>\\w+)' } })], 'idle');
    expect(match.best?.groups).to.deep.equal({ match: { '0': 'order 12 to Oslo', '1': '12', '2': 'Oslo', place: 'Oslo' } });
  });

  it('says of each trigger of a flow why it does not take the message', () => {
    const several = online(
      'several',
      { match: { keywords: ['hi'] } },
      { match: { keywords: ['hello'] } },
      { match: { regex: '^go' } },
      { match: { events: ['linked'] } },
    );
    expect(matchTrigger(said('what'), [several], 'idle').tried).to.deep.equal([
      { flow: 'several', matched: false, why: 'none of keywords fits; none of regex fits; none of events fits' },
    ]);
  });

  it('while busy, asks only triggers that interrupt or run beside, and says why for the others', () => {
    const flows = [
      online('polite', { match: { keywords: ['stop'] } }),
      online('rude', { match: { keywords: ['stop'] }, onBusy: 'interrupt', priority: -1 }),
    ];
    const match = matchTrigger(said('stop'), flows, 'busy');
    expect(match.best?.flow).to.equal('rude');
    expect(match.tried.map(({ flow, matched }) => [flow, matched])).to.deep.equal([
      ['polite', false],
      ['rude', true],
    ]);
    expect(match.tried[0]?.why).to.match(/does not interrupt/);
  });

  it('at any time interrupts like onBusy, but not where the running flow offers the message as an answer', () => {
    const flows = [online('menu', { match: { keywords: ['menu'] }, atAnyTime: true })];
    expect(matchTrigger(said('menu'), flows, 'busy').best).to.include({ flow: 'menu', onBusy: 'interrupt' });
    expect(matchTrigger(said('menu'), flows, 'idle').best?.flow).to.equal('menu');
    const offered = matchTrigger(said('menu'), flows, 'offered');
    expect([offered.best, offered.tried[0]?.why]).to.deep.equal([undefined, 'the message is an answer that the running flow offers']);
  });

  it('a trigger with onBusy hears what the running flow offers', () => {
    const flows = [online('rude', { match: { keywords: ['menu'] }, onBusy: 'interrupt' })];
    expect(matchTrigger(said('menu'), flows, 'offered').best?.flow).to.equal('rude');
  });

  it('starts nothing by conversation_started where no trigger names it', () => {
    const started: MatchableEvent = {
      id: 'e',
      at: AT,
      type: 'subscription',
      channel: 'wa',
      from: { identities: ['x'], address: 'x' },
      change: 'started',
      subscribed: false,
    };
    expect(matchTrigger(started, [online('any', {})], 'idle').best).to.equal(undefined);
    expect(matchTrigger(started, [online('welcome', { match: { events: ['conversation_started'] } })], 'idle').best?.flow).to.equal(
      'welcome',
    );
  });
});

describe('what is no message, and starts flows', () => {
  const from = { identities: ['viber:vb:1'], address: '1' };
  const on = (code: FlowCode, match?: TriggerMatch, type: MessageTrigger['type'] = 'TriggeredByViber'): OnlineFlow => ({
    code,
    version: 1,
    channels: ['wa', 'vb'],
    triggers: listeningTriggers([{ type, ...(match ? { match } : {}) }]),
  });
  const opened = (context?: string, change: 'started' | 'subscribed' = 'started'): MatchableEvent => ({
    ...{ id: 'e', at: AT, type: 'subscription', channel: 'vb', from, change, subscribed: false },
    ...(context === undefined ? {} : { context }),
  });
  const joined = (platform: 'whatsapp' | 'viber'): MatchableEvent => ({
    ...{ id: 'e', at: AT, type: 'linked', channel: platform === 'viber' ? 'vb' : 'wa', platform, from, token: 't' },
  });
  const flows = [
    on('any'),
    on('welcome', { events: ['conversation_started'] }),
    on('poster', { contexts: ['poster-7', 'poster-8'] }),
    on('joined', { events: ['linked'] }),
    on('joined-on-whatsapp', { events: ['linked'] }, 'TriggeredByWhatsApp'),
  ];
  const cases: [string, MatchableEvent, string | undefined][] = [
    ['an opened chat goes to who listens to that', opened(), 'welcome'],
    ['its context beats the event, as a referral beats a word', opened('poster-8'), 'poster'],
    ['another context is an opened chat like any', opened('poster-9'), 'welcome'],
    ['a context is one of an opened chat alone', opened('poster-7', 'subscribed'), undefined],
    ['who joined Viber by a link goes to the flow of Viber', joined('viber'), 'joined'],
    ['who joined WhatsApp by a link goes to the flow of WhatsApp', joined('whatsapp'), 'joined-on-whatsapp'],
  ];
  for (const [promise, event, expected] of cases) {
    it(promise, () => expect(matchTrigger(event, flows, 'idle').best?.flow).to.equal(expected));
  }

  it('nothing of it starts a flow for any message', () => {
    for (const event of [opened(), opened('x'), joined('viber')]) expect(matchTrigger(event, [on('any')], 'idle').best).to.equal(undefined);
  });
});

describe('ties between flows', () => {
  const cases: [string, Omit<MessageTrigger, 'type'>, Omit<MessageTrigger, 'type'>, boolean][] = [
    ['both for any message', {}, {}, true],
    ['any message with another priority', {}, { priority: 5 }, false],
    ['a shared keyword, whatever its case', { match: { keywords: ['red', 'green'] } }, { match: { keywords: ['blue', 'Green'] } }, true],
    ['different keywords', { match: { keywords: ['red'] } }, { match: { keywords: ['black'] } }, false],
    ['a keyword and any message', { match: { keywords: ['red'] } }, {}, false],
    ['both by regular expression', { match: { regex: '^a' } }, { match: { regex: '^b' } }, true],
    ['a shared message type', { match: { messageTypes: ['image', 'video'] } }, { match: { messageTypes: ['video'] } }, true],
    ['every referral twice', { match: { referral: true } }, { match: { referral: true } }, true],
    ['the same ad', { match: { referral: { sourceId: '7' } } }, { match: { referral: { sourceId: '7' } } }, true],
    ['one ad and every referral', { match: { referral: { sourceId: '7' } } }, { match: { referral: true } }, false],
    ['a shared context', { match: { contexts: ['a', 'b'] } }, { match: { contexts: ['b'] } }, true],
    ['different contexts', { match: { contexts: ['a'] } }, { match: { contexts: ['b'] } }, false],
    ['a shared event', { match: { events: ['subscribed'] } }, { match: { events: ['subscribed'] } }, true],
  ];
  for (const [what, a, b, expected] of cases) {
    it(`${what}: ${expected ? 'refused, naming the other' : 'fine'}`, () => {
      for (const [mine, theirs] of [
        [a, b],
        [b, a],
      ] as const) {
        const ties = findTies(online('new', mine), [online('old', theirs)]);
        expect(ties.map((one) => one.flow)).to.deep.equal(expected ? ['old'] : []);
      }
    });
  }

  it('a flow does not tie with its own earlier version, nor with one on another channel', () => {
    expect(findTies(online('a', {}), [online('a', {}), { ...online('b', {}), channels: ['other'] }])).to.deep.equal([]);
  });
});
