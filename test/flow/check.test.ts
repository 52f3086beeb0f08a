import { expect } from 'chai';
import { adapters } from '../../adapters/index.js';
import { plugins } from '../../plugins/all.js';
import type { FlowDefinition } from '../../src/contract/index.js';
import { channelLimits } from '../../src/flow/channel-limits.js';
import { checkFlow } from '../../src/flow/check.js';
import { compileFlow } from '../../src/flow/compile.js';
import { createNodeTypes } from '../../src/flow/node-types.js';

type Drawn = Record<string, unknown>;
const node = (id: string, type: string, params: Drawn = {}, more: Drawn = {}) => ({ id, type, version: 1, params, ...more });
const send = (id: string, text: string) => node(id, 'send-whatsapp-message', { action: 'reply', message: { type: 'text', text } });
const edge = (from: string, to: string, port = 'next') => ({ from, port, to });
const good = () => ({
  format: 'parley/1',
  code: 'good',
  name: 'Good',
  triggers: [{ type: 'TriggeredByWhatsApp', match: { keywords: ['hi'] } }] as unknown[],
  nodes: [node('start', 'start'), send('tell', 'Hello {{ customerName }}'), node('end', 'end')],
  edges: [edge('start', 'tell'), edge('tell', 'end')],
});
/** The good flow with one more node between, and edges of its own. */
const around = (more: Drawn, edges: Drawn[] = []) => ({
  ...good(),
  nodes: [...good().nodes, more],
  edges: [edge('start', 'tell'), edge('tell', String(more['id'])), ...edges],
});
const branch = (when: Drawn, name = 'yes') => node('which', 'conditional-branch', { branches: [{ name, when }] });

const world = {
  nodeTypes: createNodeTypes(plugins),
  constants: (name: string) => name === 'SHOP',
  limits: channelLimits({ bound: adapters, loaded: adapters }),
};

/** Code and pointer of everything that the check tells of a flow, as it stands in a file. */
const places = (flow: unknown) => checkFlow(JSON.parse(JSON.stringify(flow)), world).map(({ code, pointer }) => `${code} ${pointer}`);

/** [what is wrong, the flow, the code, the pointer] */
const CASES: [string, unknown, string, string][] = [
  [
    'a trigger by time, which does not exist yet',
    { ...good(), triggers: [{ type: 'TriggeredBySchedule', cron: '0 9 * * 1', group: 'vip' }] },
    'flow/not-allowed',
    '/triggers/0/type',
  ],
  ['another format', { ...good(), format: 'parley/9' }, 'flow/not-allowed', '/format'],
  ['an unknown key', { ...good(), colour: 'red' }, 'flow/unknown-key', '/colour'],
  ['a member that is missing', { ...good(), name: undefined }, 'flow/missing', '/name'],
  ['no trigger', { ...good(), triggers: [] }, 'flow/no-trigger', '/triggers'],
  ['no start', { ...good(), nodes: good().nodes.slice(1), edges: [edge('tell', 'end')] }, 'flow/no-start', '/nodes'],
  [
    'no start beside an unknown type',
    { ...good(), nodes: [...good().nodes.slice(1), node('x', 'pigeon')], edges: [edge('tell', 'end')] },
    'flow/no-start',
    '/nodes',
  ],
  ['two starts', around(node('again', 'start')), 'flow/two-starts', '/nodes/3'],
  ['no end', { ...good(), nodes: good().nodes.slice(0, 2), edges: [edge('start', 'tell')] }, 'flow/no-end', '/nodes'],
  ['two nodes of one id', { ...good(), nodes: [...good().nodes, send('tell', 'x')] }, 'flow/duplicate-id', '/nodes/3/id'],
  ['an unknown node type, with the nearest', around(node('x', 'send-whatsap-message')), 'flow/unknown-node-type', '/nodes/3/type'],
  ['an unknown version', around({ ...node('x', 'end'), version: 9 }), 'flow/unknown-node-version', '/nodes/3/version'],
  ['an edge from nowhere', { ...good(), edges: [...good().edges, edge('nobody', 'end')] }, 'flow/edge-from-nowhere', '/edges/2/from'],
  ['an edge to nowhere', { ...good(), edges: [edge('start', 'tel'), edge('tell', 'end')] }, 'flow/edge-to-nowhere', '/edges/0/to'],
  [
    'a port that the node lacks',
    { ...good(), edges: [...good().edges, edge('tell', 'end', 'sideways')] },
    'flow/no-such-port',
    '/edges/2/port',
  ],
  ['two edges from one port', { ...good(), edges: [...good().edges, edge('tell', 'start')] }, 'flow/two-edges', '/edges/2'],
  ['a node that cannot be reached', { ...good(), nodes: [...good().nodes, send('lonely', 'x')] }, 'flow/unreachable', '/nodes/3'],
  [
    'a loop without a rest',
    around(node('back', 'set-variables', { set: [{ name: 'n', value: 1 }] }), [edge('back', 'tell')]),
    'flow/endless-loop',
    '/nodes/1',
  ],
  [
    'a param with a value that it has not',
    around(node('x', 'wait-for-response', { platform: 'pigeon' })),
    'params/not-allowed',
    '/nodes/3/params/platform',
  ],
  ['a param that is missing', around(node('x', 'set-variables')), 'params/missing', '/nodes/3/params/set'],
  ['all params missing', around({ id: 'x', type: 'set-variables' } as never), 'params/missing', '/nodes/3/params'],
  [
    'a param too many',
    around(node('x', 'set-variables', { set: [{ name: 'a', value: 1 }], sett: 1 })),
    'params/unknown-key',
    '/nodes/3/params/sett',
  ],
  [
    'a param of another type',
    around(node('x', 'wait-for-response', { timeout: { value: 'soon', unit: 'minutes' } })),
    'params/wrong',
    '/nodes/3/params/timeout/value',
  ],
  [
    'more than thirty days',
    around(node('x', 'wait-for-response', { timeout: { value: 31, unit: 'days' } })),
    'params/wrong',
    '/nodes/3/params/timeout/value',
  ],
  ['a template that cannot be read', around(send('x', 'Hello {{ name')), 'template/syntax', '/nodes/3/params/message/text'],
  ['a secret in a text', around(send('x', '{{ secrets.KEY }}')), 'template/secret', '/nodes/3/params/message/text'],
  [
    'a secret in an expression',
    around(branch({ variable: 'secrets.KEY', operator: 'exists' })),
    'template/secret',
    '/nodes/3/params/branches/0/when/variable',
  ],
  [
    'a secret that is compared with',
    around(branch({ variable: 'name', operator: 'stringEquals', value: '{{ secrets.KEY }}' })),
    'template/secret',
    '/nodes/3/params/branches/0/when/value',
  ],
  [
    'a secret that is saved',
    around(node('x', 'http-request', { url: 'https://shop.example', save: [{ name: 'a', from: 'secrets.KEY' }] })),
    'template/secret',
    '/nodes/3/params/save/0/from',
  ],
  [
    'a secret in the name of a flow',
    around(node('x', 'call-flow', { flow: '{{ secrets.KEY }}' })),
    'template/secret',
    '/nodes/3/params/flow',
  ],
  ['a secret in the last words', { ...good(), settings: { onError: '{{ secrets.KEY }}' } }, 'template/secret', '/settings/onError'],
  [
    'a secret in a translation',
    around({ ...send('x', 'Hello'), locales: { de: { '/message/text': '{{ secrets.KEY }}' } } }),
    'template/secret',
    '/nodes/3/locales/de/~1message~1text',
  ],
  [
    'a secret behind a filter in the name of a header',
    around(node('x', 'http-request', { url: 'https://x.example', headers: [{ name: '{{ secrets.CRM | upcase }}', value: 'y' }] })),
    'template/syntax',
    '/nodes/3/params/headers/0/name',
  ],
  [
    'a secret with a filter in a translation',
    around({
      ...node('x', 'http-request', { url: 'https://shop.example' }),
      locales: { de: { '/url': 'https://shop.example/{{ secrets.KEY | upcase }}' } },
    }),
    'template/syntax',
    '/nodes/3/locales/de/~1url',
  ],
  [
    'a template to compare with that cannot be read',
    around(branch({ variable: 'name', operator: 'stringEquals', value: '{{ a' })),
    'template/syntax',
    '/nodes/3/params/branches/0/when/value',
  ],
  [
    'an expression that cannot be read',
    around(branch({ variable: 'a | | b', operator: 'exists' })),
    'template/bad-expression',
    '/nodes/3/params/branches/0/when/variable',
  ],
  [
    'a pattern that RE2 refuses',
    around(branch({ variable: 'name', operator: 'stringAnyMatchesRegex', value: '(?=x)' })),
    'flow/bad-regex',
    '/nodes/3/params/branches/0/when/value',
  ],
  [
    'a template in a rule that cannot be read',
    around(branch({ variable: 'name', operator: 'stringEquals', value: '{{ name' })),
    'template/syntax',
    '/nodes/3/params/branches/0/when/value',
  ],
  [
    'a pattern in a trigger that RE2 refuses',
    { ...good(), triggers: [{ type: 'TriggeredByWhatsApp', match: { regex: '(a)\\1' } }] },
    'flow/bad-regex',
    '/triggers/0/match/regex',
  ],
  [
    'a branch with the name of another port',
    around(branch({ variable: 'name', operator: 'exists' }, 'else')),
    'flow/port-taken',
    '/nodes/3/params/branches/0/name',
  ],
  ['a variable that nothing sets', around(send('x', '{{ cutomerName }}')), 'flow/never-set', '/nodes/3/params/message/text'],
  ['a text that the channel cannot take', around(send('x', 'x'.repeat(4097))), 'message/too-long', '/nodes/3/params/message/text'],
  [
    'an interrupt without a filter',
    { ...good(), triggers: [{ type: 'TriggeredByWhatsApp', onBusy: 'interrupt' }] },
    'flow/no-filter',
    '/triggers/0/match',
  ],
  [
    'at any time without keywords',
    { ...good(), triggers: [{ type: 'TriggeredByWhatsApp', match: { regex: 'menu' }, atAnyTime: true }] },
    'flow/at-any-time',
    '/triggers/0/atAnyTime',
  ],
  [
    'at any time beside onBusy',
    { ...good(), triggers: [{ type: 'TriggeredByWhatsApp', match: { keywords: ['menu'] }, atAnyTime: true, onBusy: 'interrupt' }] },
    'flow/at-any-time',
    '/triggers/0/atAnyTime',
  ],
  [
    'a message that queues',
    { ...good(), triggers: [{ type: 'TriggeredByWhatsApp', match: { keywords: ['a'] }, onBusy: 'queue' }] },
    'flow/message-queues',
    '/triggers/0/onBusy',
  ],
  [
    'a wait in the background',
    {
      ...around(node('x', 'wait-for-response')),
      triggers: [{ type: 'TriggeredByWhatsApp', match: { keywords: ['a'] }, onBusy: 'background' }],
    },
    'flow/waits-in-background',
    '/nodes/3',
  ],
  [
    'a send on a platform that the flow is never on',
    { ...good(), triggers: [{ type: 'TriggeredByViber', match: { keywords: ['a'] } }] },
    'node/other-platform',
    '/nodes/1/params',
  ],
  [
    'the member of a list outside of the list',
    around(
      node('x', 'send-whatsapp-message', {
        message: { type: 'text', text: '{{ item.name }}', choices: { from: 'lastMessage.raw', title: '{{ item }}' } },
      }),
    ),
    'flow/never-set',
    '/nodes/3/params/message/text',
  ],
  [
    'a list of choices that nothing sets',
    around(
      node('x', 'send-whatsapp-message', { message: { type: 'text', text: 'Which?', choices: { from: 'slotz', title: '{{ item }}' } } }),
    ),
    'flow/never-set',
    '/nodes/3/params/message/choices/from',
  ],
  [
    'choices from a list with an unknown member',
    around(
      node('x', 'send-whatsapp-message', { message: { type: 'text', text: 'Which?', choices: { from: 'match', title: 'a', maximum: 3 } } }),
    ),
    'params/unknown-key',
    '/nodes/3/params/message/choices/maximum',
  ],
  [
    'too many choices from a list',
    around(
      node('x', 'send-whatsapp-message', { message: { type: 'text', text: 'Which?', choices: { from: 'match', title: 'a', max: 101 } } }),
    ),
    'params/wrong',
    '/nodes/3/params/message/choices/max',
  ],
  [
    'a written choice without a title',
    around(node('x', 'send-whatsapp-message', { message: { type: 'text', text: 'Which?', choices: [{ id: 'a' }] } })),
    'params/missing',
    '/nodes/3/params/message/choices/0/title',
  ],
  [
    'cards of a list that have the same ids',
    around(
      node('x', 'send-whatsapp-message', {
        message: {
          type: 'carousel',
          text: 'Today',
          cards: {
            from: 'match',
            card: { imageUrl: 'https://example.com/a.jpg', text: '{{ item }}', choices: [{ id: 'buy', title: 'Buy' }] },
          },
        },
      }),
    ),
    'message/repeated-choice',
    '/nodes/3/params/message/cards/card/choices/0/id',
  ],
  [
    'a translation of nothing',
    around({ ...send('x', 'Hello'), locales: { de: { '/message/txt': 'Hallo' } } }),
    'flow/lost-translation',
    '/nodes/3/locales/de/~1message~1txt',
  ],
  [
    'a translation that cannot be read',
    around({ ...send('x', 'Hello'), locales: { de: { '/message/text': 'Hallo {{' } } }),
    'template/syntax',
    '/nodes/3/locales/de/~1message~1text',
  ],
  [
    'a translation that leaves a text empty',
    around({ ...send('x', 'Hello'), locales: { de: { '/message/text': '' } } }),
    'params/empty',
    '/nodes/3/locales/de/~1message~1text',
  ],
  [
    'a translation that makes another member wrong',
    around({ ...send('x', 'Hello'), locales: { de: { '/message/type': 'image' } } }),
    'params/missing',
    '/nodes/3/locales/de',
  ],
  [
    'an accepted type that is none',
    around(node('x', 'wait-for-response', { accept: ['photo'] })),
    'message/unknown-type',
    '/nodes/3/params/accept/0',
  ],
  [
    'a type of message in a trigger that is none',
    { ...good(), triggers: [{ type: 'TriggeredByWhatsApp', match: { messageTypes: ['image', 'imag'] } }] },
    'message/unknown-type',
    '/triggers/0/match/messageTypes/1',
  ],
  [
    'a reminder at the end of its wait',
    around(
      node('x', 'wait-for-response', {
        timeout: { value: 1, unit: 'hours' },
        reminders: [{ after: { value: 60, unit: 'minutes' }, message: { type: 'text', text: 'Still there?' } }],
      }),
    ),
    'wait/late-reminder',
    '/nodes/3/params/reminders/0/after',
  ],
  [
    'a member that the last message lacks',
    around(send('x', '{{ lastMessage.choise }}')),
    'template/unknown-member',
    '/nodes/3/params/message/text',
  ],
  [
    'a member that an item of an order lacks',
    around(send('x', '{{ lastMessage.order.items[0].prize }}')),
    'template/unknown-member',
    '/nodes/3/params/message/text',
  ],
  [
    'a member that the items of a loop lack',
    around(send('x', '{% for one in lastMessage.order.items %}{{ one.prize }}{% endfor %}')),
    'template/unknown-member',
    '/nodes/3/params/message/text',
  ],
  [
    'an index of what is not a list',
    around(send('x', '{{ lastMessage.quoted[0] }}')),
    'template/not-a-list',
    '/nodes/3/params/message/text',
  ],
  ['a link to no platform', around(send('x', '{{ link.vibr }}')), 'template/unknown-member', '/nodes/3/params/message/text'],
  [
    'a member that the channel lacks, in a rule',
    around(branch({ variable: 'channel.x', operator: 'exists' })),
    'template/unknown-member',
    '/nodes/3/params/branches/0/when/variable',
  ],
  [
    'a variable named as the contact',
    { ...good(), variables: [{ name: 'contact', type: 'object' }] },
    'variable/taken-name',
    '/variables/0/name',
  ],
  [
    'a node that sets the time',
    around(node('x', 'set-variables', { set: [{ name: 'now', value: 1 }] })),
    'variable/taken-name',
    '/nodes/3/params/set/0/name',
  ],
  [
    'an answer named as a word of Liquid',
    around(node('x', 'wait-for-response', { saveAs: 'blank' })),
    'variable/taken-name',
    '/nodes/3/params/saveAs',
  ],
  [
    'a name that is kept for later',
    { ...good(), variables: [{ name: 'transcript', type: 'text' }] },
    'variable/taken-name',
    '/variables/0/name',
  ],
  [
    'a default of another type',
    { ...good(), variables: [{ name: 'n', type: 'number', default: 'abc' }] },
    'variable/wrong-default',
    '/variables/0/default',
  ],
  [
    'a number that is none, in a rule',
    around(branch({ all: [{ variable: 'customerName', operator: 'numberGreaterThan', value: 'abc' }] })),
    'rule/no-number',
    '/nodes/3/params/branches/0/when/all/0/value',
  ],
  [
    'a date that is none, in a range',
    around(branch({ not: { variable: 'now', operator: 'dateBetween', value: ['2026-01-01', 'tomorrow'] } })),
    'rule/no-date',
    '/nodes/3/params/branches/0/when/not/value/1',
  ],
  [
    'no words to look for',
    around(branch({ variable: 'customerName', operator: 'stringHasAnyWord', value: ' , ' })),
    'rule/no-words',
    '/nodes/3/params/branches/0/when/value',
  ],
  [
    'hours in a time zone that does not exist',
    around(branch({ operator: 'isWithinHours', value: [{ from: '09:00', to: '17:00', zone: 'Europe/Bonn' }] })),
    'flow/unknown-zone',
    '/nodes/3/params/branches/0/when/value/0/zone',
  ],
  [
    'hours that end at no time of day',
    around(branch({ operator: 'isWithinHours', value: { from: '09:00', to: '25:00' } })),
    'params/wrong',
    '/nodes/3/params/branches/0/when/value/to',
  ],
  [
    'a rule without a variable',
    around(branch({ operator: 'stringEquals', value: 'a' })),
    'params/missing',
    '/nodes/3/params/branches/0/when/variable',
  ],
  [
    'business hours in a time zone that does not exist',
    around(node('x', 'wait', { businessHours: { from: '09:00', to: '17:00', zone: 'Europe/Bonn' } })),
    'flow/unknown-zone',
    '/nodes/3/params/businessHours/zone',
  ],
  [
    'a constant that is not set',
    around(send('x', '{{ constants.SHOP }}/{{ constants.SHP }}')),
    'template/no-constant',
    '/nodes/3/params/message/text',
  ],
  ['a wait until no date', around(node('x', 'wait', { untilDate: 'tomorrow' })), 'wait/no-date', '/nodes/3/params/untilDate'],
  [
    'a picture that stands nowhere',
    around(node('x', 'send-message', { message: { type: 'image', url: 'tea.jpg' } })),
    'message/bad-address',
    '/nodes/3/params/message/url',
  ],
  [
    'a picture that a provider cannot fetch',
    around(node('x', 'send-message', { message: { type: 'image', url: 'ftp://shop.example/{{ customerName }}.jpg' } })),
    'message/bad-address',
    '/nodes/3/params/message/url',
  ],
  [
    'a picture in a private network',
    around(node('x', 'send-message', { message: { type: 'image', url: 'http://192.168.1.7:8080/tea.jpg' } })),
    'message/private-address',
    '/nodes/3/params/message/url',
  ],
  [
    'a request to no address',
    around(node('x', 'http-request', { url: 'shop.example/orders' })),
    'request/bad-address',
    '/nodes/3/params/url',
  ],
  [
    'a request into a private network',
    around(node('x', 'http-request', { url: 'http://localhost/orders' })),
    'request/private-address',
    '/nodes/3/params/url',
  ],
  [
    'a list with more rows than it holds',
    around(
      node('x', 'send-message', {
        message: {
          type: 'text',
          text: 'Which?',
          listButton: 'All',
          choices: Array.from({ length: 11 }, (_, i) => ({ id: `c${i}`, title: `Row ${i}` })),
        },
      }),
    ),
    'message/too-many-choices',
    '/nodes/3/params/message/choices',
  ],
  [
    'titles that are typed alike',
    around(
      node('x', 'send-message', {
        message: {
          type: 'text',
          text: 'Which?',
          choices: [
            { id: 'a', title: 'Yes!' },
            { id: 'b', title: 'YES' },
          ],
        },
      }),
    ),
    'message/alike-choices',
    '/nodes/3/params/message/choices/1/title',
  ],
  [
    'a numbered choice that is a number',
    around(
      node('x', 'send-message', {
        message: {
          type: 'text',
          text: 'How many?',
          choicesAs: 'text',
          choices: [
            { id: 'a', title: '2' },
            { id: 'b', title: '4' },
          ],
        },
      }),
    ),
    'message/number-title',
    '/nodes/3/params/message/choices/0/title',
  ],
  ['last words that cannot be read', { ...good(), settings: { onError: '{{' } }, 'template/syntax', '/settings/onError'],
  ['a time zone that is none', { ...good(), settings: { timeZone: 'Mars/Olympus' } }, 'flow/unknown-zone', '/settings/timeZone'],
  [
    'a schema of an answer that is none',
    around(node('x', 'http-request', { url: 'https://h.example', schema: 'text' })),
    'request/bad-schema',
    '/nodes/3/params/schema',
  ],
  [
    'a body where the method has none',
    around(node('x', 'http-request', { url: 'https://h.example', method: 'GET', body: { text: 'x' } })),
    'request/no-body',
    '/nodes/3/params/body',
  ],
  [
    'a timeout of a flow that is not waited for',
    around(node('x', 'call-flow', { flow: 'open', wait: false, timeout: { value: 1, unit: 'minutes' } })),
    'call/not-waited-for',
    '/nodes/3/params/timeout',
  ],
  [
    'what is saved of a flow that is not waited for',
    around(node('x', 'call-flow', { flow: 'open', wait: false, save: [{ name: 'a', from: 'b' }] })),
    'call/not-waited-for',
    '/nodes/3/params/save',
  ],
  ...['first name', 'Name', 'name!', '', 'n'.repeat(21)].map((name): (typeof CASES)[number] => [
    `a value of a template with the name "${name}"`,
    around(node('x', 'send-whatsapp-message', { message: { type: 'template', name: 't', language: 'en', body: { [name]: 'Ada' } } })),
    'params/unknown-key',
    `/nodes/3/params/message/body/${name}`,
  ]),
  [
    'a wait in a time zone that is none',
    around(node('x', 'wait', { until: { time: '09:00', zone: 'Mars/Olympus' } })),
    'flow/unknown-zone',
    '/nodes/3/params/until/zone',
  ],
  ['the name of a language', around(node('x', 'set-contact', { language: 'German' })), 'contact/bad-language', '/nodes/3/params/language'],
  ['a time zone of nobody', around(node('x', 'set-contact', { timeZone: 'Mars' })), 'contact/bad-zone', '/nodes/3/params/timeZone'],
  [
    'a field with the name of something else',
    around(node('x', 'set-contact', { fields: [{ name: 'groups', value: 1 }] })),
    'contact/hidden-field',
    '/nodes/3/params/fields/0/name',
  ],
  ['a change of nothing', around(node('x', 'set-contact', {})), 'params/wrong', '/nodes/3/params'],
  ['a group that has no code', around(node('x', 'subscribe-to-group', { group: 'VIP club' })), 'group/bad-code', '/nodes/3/params/group'],
  ['a group and all groups', around(node('x', 'unsubscribe-from-group', { group: 'vip', all: true })), 'params/wrong', '/nodes/3/params'],
];

describe('the check', () => {
  it('finds nothing in a good flow, and keeps x- keys out of it', () => {
    expect(checkFlow({ ...good(), 'x-tool': { a: 1 } }, world)).to.deep.equal([]);
  });

  for (const [what, flow, code, pointer] of CASES) {
    it(`tells ${what}`, () => {
      const problems = checkFlow(JSON.parse(JSON.stringify(flow)), world);
      const found = problems.find((one) => one.code === code && one.pointer === pointer);
      expect(found, JSON.stringify(problems.map((one) => [one.code, one.pointer]))).to.not.equal(undefined);
      for (const words of [found?.message, found?.hint]) expect(words).to.be.a('string').with.length.greaterThan(5);
    });
  }

  for (const [called, why] of [
    ['open', undefined],
    ['away', 'it is not ONLINE'],
    ['own', 'it has no trigger for calls'],
    ['unknown', undefined],
    ['{{ customerName }}', undefined],
    ['dialog:away', undefined],
  ] as const)
    it(`says of a call to "${called}" ${why ?? 'nothing'}`, () => {
      const states = { open: 'callable', away: 'not-online', own: 'not-callable' } as const;
      const flows = (code: string) => (code in states ? states[code as keyof typeof states] : undefined);
      const problems = checkFlow(around(node('x', 'call-flow', { flow: called, wait: true })), { ...world, flows });
      const found = problems.filter(({ code }) => code === 'flow/not-online');
      expect(found.map(({ message, pointer, severity }) => [message, pointer, severity])).to.deep.equal(
        why === undefined ? [] : [[`the flow "${called}" cannot be called: ${why}`, '/nodes/3/params/flow', 'warning']],
      );
    });

  it('a text to compare with is a pattern only for operators that take one', () => {
    const flow = around(branch({ variable: 'customerName', operator: 'stringContains', value: ':(' }));
    expect(checkFlow(flow, world).map(({ code }) => code)).to.not.include('flow/bad-regex');
  });

  it('takes a text that is compared for no pattern, though another operator would', () => {
    const flow = around(branch({ variable: 'name', operator: 'stringEquals', value: ':-(' }));
    expect(checkFlow(JSON.parse(JSON.stringify(flow)), world).filter(({ code }) => code === 'flow/bad-regex')).to.deep.equal([]);
  });

  it('tells all at once', () => {
    const flow = {
      ...good(),
      nodes: [...good().nodes, send('x', '{{ a'), node('y', 'no-such')],
      edges: [...good().edges, edge('x', 'nowhere')],
    };
    expect(checkFlow(flow, world).map(({ code }) => code)).to.include.members([
      'template/syntax',
      'flow/unknown-node-type',
      'flow/edge-to-nowhere',
      'flow/unreachable',
    ]);
  });

  it('tells what is wrong with the form of a file, and everything else', () => {
    const flow = {
      ...good(),
      name: 7,
      triggers: [{ type: 'TriggeredByPigeon' }, { type: 'TriggeredByWhatsApp', match: { regex: '(a)\\1' } }],
      nodes: [...good().nodes, { ...send('x', '{{ a'), remark: 7 }, 'no node', send('y', '{{ b')],
      edges: [...good().edges, { from: 'x' }, edge('x', 'nowhere')],
    };
    expect(places(flow)).to.include.members([
      'flow/wrong /name',
      'flow/not-allowed /triggers/0/type',
      'flow/bad-regex /triggers/1/match/regex',
      'flow/wrong /nodes/3/remark',
      'template/syntax /nodes/3/params/message/text',
      'flow/wrong /nodes/4',
      'template/syntax /nodes/5/params/message/text',
      'flow/missing /edges/2/port',
    ]);
  });

  it('tells a mistake once, at its own place', () => {
    const chain = (...ids: string[]) => ids.slice(1).map((id, i) => edge(ids[i] ?? '', id));
    const set = (params: Drawn) => node('set', 'set-variables', params);
    const reader = send('read', 'Hello {{ town }}');
    const three = (middle: Drawn) => ({
      ...good(),
      nodes: [node('start', 'start'), middle, reader, node('end', 'end')],
      edges: chain('start', 'set', 'read', 'end'),
    });
    const once: Readonly<Record<string, [unknown, string]>> = {
      'a misspelt member of params': [three(set({ sett: [{ name: 'town', value: 'x' }] })), 'params/unknown-key /nodes/1/params/sett'],
      'a misspelt member in a row': [three(set({ set: [{ name: 'town', vale: 'x' }] })), 'params/unknown-key /nodes/1/params/set/0/vale'],
      'a node type': [three(node('set', 'set-variable', { set: [{ name: 'town', value: 'x' }] })), 'flow/unknown-node-type /nodes/1/type'],
      'a node version': [
        three({ ...set({ set: [{ name: 'town', value: 'x' }] }), version: 7 }),
        'flow/unknown-node-version /nodes/1/version',
      ],
      'the start': [
        {
          ...three(set({ set: [{ name: 'town', value: 'x' }] })),
          nodes: [{ ...node('start', 'stort') }, set({ set: [{ name: 'town', value: 'x' }] }), reader, node('end', 'end')],
        },
        'flow/unknown-node-type /nodes/0/type',
      ],
      'an edge to a misspelt node': [
        { ...good(), edges: chain('start', 'tel').concat(chain('tell', 'end')) },
        'flow/edge-to-nowhere /edges/0/to',
      ],
      'an edge from a misspelt node': [
        { ...good(), edges: [edge('strat', 'tell'), edge('tell', 'end')] },
        'flow/edge-from-nowhere /edges/0/from',
      ],
      'an edge without a port': [{ ...good(), edges: [{ from: 'start', to: 'tell' }, edge('tell', 'end')] }, 'flow/missing /edges/0/port'],
      'a node without an id': [
        { ...good(), nodes: [node('start', 'start'), { ...send('tell', 'x'), id: undefined }, node('end', 'end')] },
        'flow/missing /nodes/1/id',
      ],
      'two nodes of one id': [
        { ...good(), nodes: [...good().nodes, send('tell', 'x')], edges: [...good().edges, edge('tell', 'end')] },
        'flow/duplicate-id /nodes/3/id',
      ],
      'a misspelt node that waits in a circle': [
        around(node('hear', 'wait-for-respons'), [edge('hear', 'tell', 'replied')]),
        'flow/unknown-node-type /nodes/3/type',
      ],
      'a message of an unknown type': [
        around(node('x', 'send-whatsapp-message', { message: { type: 'txt', text: 'x' } })),
        'params/not-allowed /nodes/3/params/message/type',
      ],
      'a trigger of an unknown type': [
        { ...good(), triggers: [{ type: 'TriggeredByWhatsap', match: { keywords: ['hi'] } }] },
        'flow/not-allowed /triggers/0/type',
      ],
      'params that are a list': [around({ ...node('x', 'set-variables'), params: [] }), 'flow/wrong /nodes/3/params'],
      'nodes that are no list': [{ ...good(), nodes: {} }, 'flow/wrong /nodes'],
      'no nodes at all': [{ ...good(), nodes: undefined }, 'flow/missing /nodes'],
    };
    for (const [what, [flow, place]] of Object.entries(once)) expect(places(flow), what).to.deep.equal([place]);
  });

  it('offers the members and values that are nearly what was written', () => {
    const hintOf = (flow: unknown) => checkFlow(JSON.parse(JSON.stringify(flow)), world)[0]?.hint;
    expect(hintOf({ ...good(), setings: {} })).to.equal('Did you mean "settings"?');
    expect(hintOf(around(node('x', 'wait-for-response', { platform: 'whatsap' })))).to.equal('Did you mean "whatsapp"?');
    expect(hintOf(around(node('x', 'wait-for-response', { saveAS: 'a' })))).to.equal('Did you mean "saveAs"?');
  });

  it('says nothing of what is right', () => {
    const right: Readonly<Record<string, unknown>> = {
      'members of what is given': around(
        send('x', '{{ lastMessage.choice }} {{ channel.platform }} {{ contact.shoeSize }} {{ failure.code }}'),
      ),
      'a default in other words': {
        ...good(),
        variables: [
          { name: 'n', type: 'number', default: '7' },
          { name: 'd', type: 'date' },
        ],
      },
      'a rule with a template': around(branch({ variable: 'customerName', operator: 'numberGreaterThan', value: '{{ customerName }}' })),
      'a date that a template gives': { ...around(node('x', 'wait', { untilDate: '{{ now }}' })), settings: { timeZone: 'Asia/Kolkata' } },
      'an address that begins with a template': {
        ...around(node('x', 'send-message', { message: { type: 'image', url: '{{ base }}/tea.jpg' } })),
        variables: [{ name: 'base', type: 'text', default: 'https://shop.example' }],
      },
      'a public address': around(node('x', 'send-message', { message: { type: 'image', url: 'https://172.15.0.1/tea.jpg' } })),
      'buttons that are numbers': around(
        node('x', 'send-message', {
          message: {
            type: 'text',
            text: 'How many?',
            choices: [
              { id: 'a', title: '2' },
              { id: 'b', title: '4' },
            ],
          },
        }),
      ),
      'a reminder within its wait': around(
        node('x', 'wait-for-response', {
          timeoutBranch: true,
          accept: ['image'],
          reminders: [{ after: { value: 22, unit: 'hours' }, message: { type: 'text', text: 'Still there?' } }],
        }),
      ),
    };
    for (const [what, flow] of Object.entries(right)) expect(places(flow), what).to.deep.equal([]);
  });

  describe('of circles', () => {
    const hear = (params: Drawn = {}) => node('hear', 'wait-for-response', { saveAs: 'pin', ...params });
    const look = node('look', 'conditional-branch', {
      branches: [{ name: 'good', when: { variable: 'pin', operator: 'stringEquals', value: '1' } }],
    });
    const pause = node('pause', 'wait', { for: { value: 1, unit: 'days' } });
    const call = node('call', 'http-request', { url: 'https://shop.example/' });
    /** A flow of these nodes after its start, with edges such as `ask.next ask`. */
    const drawn = (nodes: Drawn[], lines: string) => ({
      ...good(),
      nodes: [node('start', 'start'), ...nodes, node('end', 'end')],
      edges: lines.split(', ').map((line) => {
        const [from = '', port = '', to = ''] = line.split(/[. ]/);
        return edge(from, to, port);
      }),
    });
    const of = (code: string, flow: unknown) =>
      checkFlow(JSON.parse(JSON.stringify(flow)), world)
        .filter((one) => one.code === code)
        .map(({ severity, pointer }) => `${severity} ${pointer}`);
    const asking = 'start.next ask, ask.next hear, hear.replied look, look.good end, look.else ask';

    it('one that asks again until somebody answers may be published, if silence leads out of it', () => {
      const flow = drawn([send('ask', 'PIN?'), hear({ timeoutBranch: true }), look], `${asking}, hear.notReplied end`);
      expect(places(flow)).to.deep.equal([]);
    });

    it('one that goes on when nobody answers is an error, told once, whichever port silence takes', () => {
      const mute = drawn([send('ask', 'PIN?'), hear(), look], asking);
      expect(places(mute)).to.deep.equal(['flow/endless-loop /nodes/2']);
      const branched = drawn([send('ask', 'PIN?'), hear({ timeoutBranch: true }), look], `${asking}, hear.notReplied ask`);
      expect(places(branched)).to.deep.equal(['flow/endless-loop /nodes/2']);
      expect(of('flow/endless-loop', mute)).to.deep.equal(['error /nodes/2']);
    });

    it('one that goes on when nobody answers may be published where a jump bounds it', () => {
      const flow = drawn(
        [send('ask', 'PIN?'), hear({ timeoutBranch: true }), node('again', 'jump', { limit: 3 })],
        'start.next ask, ask.next hear, hear.replied end, hear.notReplied again, again.jump ask, again.next end',
      );
      expect(places(flow)).to.deep.equal([]);
    });

    it('one of calls or sends alone is an error, though they wait for results and receipts', () => {
      expect(of('flow/endless-loop', drawn([call], 'start.next call, call.failed call, call.next end'))).to.deep.equal(['error /nodes/1']);
      const urgent = node('ask', 'send-message', {
        message: { type: 'text', text: 'x' },
        notDelivered: { after: { value: 1, unit: 'hours' } },
      });
      expect(of('flow/endless-loop', drawn([urgent], 'start.next ask, ask.notDelivered ask, ask.next end'))).to.deep.equal([
        'error /nodes/1',
      ]);
    });

    it('one through another flow rests there, but not on its failure', () => {
      const menu = node('menu', 'call-flow', { flow: 'menu' });
      expect(of('flow/endless-loop', drawn([menu], 'start.next menu, menu.next menu'))).to.deep.equal([]);
      expect(of('flow/endless-loop', drawn([menu], 'start.next menu, menu.failed menu'))).to.deep.equal(['error /nodes/1']);
    });

    it('one that sends every day is a warning if nothing leads out of it', () => {
      const daily = drawn([send('ask', 'Drink water.'), pause], 'start.next ask, ask.next pause, pause.next ask');
      expect(of('flow/endless-loop', daily)).to.deep.equal(['warning /nodes/2']);
      const ending = drawn(
        [send('ask', 'Drink water.'), pause, look],
        'start.next ask, ask.next pause, pause.next look, look.else ask, look.good end',
      );
      expect(of('flow/endless-loop', ending)).to.deep.equal([]);
      const open = drawn([send('ask', 'Drink water.'), pause, look], 'start.next ask, ask.next pause, pause.next look, look.else ask');
      expect(of('flow/endless-loop', open)).to.deep.equal([]);
      expect(of('flow/endless-loop', drawn([pause], 'start.next pause, pause.next pause'))).to.deep.equal([]);
    });

    it('an answer that is taken for silence is a warning where it leads on', () => {
      const flow = drawn([hear()], 'start.next hear, hear.replied end');
      expect(of('wait/no-timeout-branch', flow)).to.deep.equal(['warning /nodes/1/params']);
      expect(of('wait/no-timeout-branch', drawn([hear()], 'start.next hear'))).to.deep.equal([]);
      expect(of('wait/no-timeout-branch', drawn([hear({ timeoutBranch: true })], 'start.next hear, hear.replied end'))).to.deep.equal([]);
    });
  });

  it('looks at each edge a bounded number of times, however many nodes there are', () => {
    const readsOf = (count: number): number => {
      let reads = 0;
      const ids = Array.from({ length: count }, (_, i) => `n${i}`);
      const edges = ids.map((id, i) => ({
        get from() {
          reads += 1;
          return i === 0 ? 'start' : `n${i - 1}`;
        },
        port: 'next',
        to: id,
      }));
      const flow = { ...good(), nodes: [node('start', 'start'), ...ids.map((id) => send(id, 'x')), node('end', 'end')], edges };
      expect(checkFlow(flow, world)).to.deep.equal([]);
      compileFlow(flow as unknown as FlowDefinition, 1, world.nodeTypes);
      return reads;
    };
    expect(readsOf(400)).to.be.below(2.2 * readsOf(200));
  });

  it('gives the nearest names', () => {
    const [problem] = checkFlow(around(node('x', 'send-whatsap-message')), world);
    expect(problem?.hint).to.include('send-whatsapp-message');
  });

  it('guesses at the first mistakes of a flow that has thousands', () => {
    const edges = Array.from({ length: 500 }, (_, i) => edge('start', `tel${i}`));
    const lost = checkFlow({ ...good(), edges }, world).filter(({ code }) => code === 'flow/edge-to-nowhere');
    expect(lost).to.have.length(500);
    expect(lost.filter(({ hint }) => hint.includes('Did you mean'))).to.have.length(20);
  });

  it('tells no circle of nodes that are not there', () => {
    const edges = [...good().edges, edge('tell', 'gone', 'failed'), edge('gone', 'lost'), edge('lost', 'gone')];
    const codes = checkFlow({ ...good(), edges }, world).map(({ code }) => code);
    expect(codes).to.include('flow/edge-to-nowhere').and.to.not.include('flow/endless-loop');
  });

  it('tells of a message without a type only that it is missing', () => {
    const flow = around(node('x', 'send-whatsapp-message', { action: 'reply', message: { text: 'Hello' } }));
    const told = checkFlow(flow, world).filter(({ pointer }) => pointer === '/nodes/3/params/message/type');
    expect(told.map(({ code }) => code)).to.deep.equal(['params/missing']);
  });

  it('tells the first circles of a flow that goes round everywhere, and not every node of a long one', () => {
    const ids = Array.from({ length: 100 }, (_, i) => `n${i}`);
    const nodes = ids.map((id) => node(id, 'set-variables', { set: [{ name: 'a', value: 1 }] }));
    const edges = ids.flatMap((id, i) => [edge(id, `n${i + 1}`), edge(id, 'n0', 'back')]);
    const round = checkFlow({ ...good(), nodes: [...good().nodes, ...nodes], edges }, world).filter(
      ({ code }) => code === 'flow/endless-loop',
    );
    expect(round).to.have.length(20);
    expect(Math.max(...round.map(({ message }) => message.length))).to.be.lessThan(200);
  });

  it('never throws, whatever the params hold', () => {
    for (const params of [
      {},
      { message: null },
      { message: 7 },
      { message: { type: {} } },
      { branches: [null] },
      { branches: [{ name: { toString: null } }] },
      { set: [7] },
      { message: { type: 'text', choices: 'x' } },
      { message: { type: 'text', text: 'x', choices: [null, 7] } },
    ]) {
      for (const type of plugins.map((one) => one.node.type))
        expect(checkFlow(around(node('x', type, params as Drawn), [edge('x', 'end', 'sideways')]), world)).to.be.an('array');
    }
  });
});
