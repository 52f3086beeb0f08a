import { expect } from 'chai';
import { adapters } from '../../adapters/index.js';
import { plugins } from '../../plugins/all.js';
import type { Json } from '../../src/contract/index.js';
import { channelLimits } from '../../src/flow/channel-limits.js';
import { checkFlow } from '../../src/flow/check.js';
import { createNodeTypes } from '../../src/flow/node-types.js';
import { aFlow } from '../support/builders.js';

const world = {
  nodeTypes: createNodeTypes(plugins),
  limits: channelLimits({ bound: adapters, loaded: adapters }),
};
const FOUND = ['flow/no-time-zone', 'call/address-from-person', 'request/raw-in-json', 'request/json-as-text', 'wait/any-answer-shown'];

/** The problems of this page's kinds that a flow of these nodes has, with their pointers into the node's params. */
function found(
  nodes: readonly { readonly type: string; readonly params: unknown }[],
  { timeZone, ...more }: { readonly timeZone?: string; readonly installation?: string } = {},
): readonly string[] {
  const flow = aFlow('f', {
    settings: timeZone === undefined ? {} : { timeZone },
    variables: [{ name: 'base', type: 'text', default: 'https://h.example' }],
    nodes: [
      { id: 'start', type: 'start', version: 1, params: {} },
      ...nodes.map((node, i) => ({ id: `n${i}`, version: 1, ...node })),
    ] as never,
    edges: nodes.map((_, i) => ({
      from: i === 0 ? 'start' : `n${i - 1}`,
      port: nodes[i - 1]?.type === 'wait-for-response' ? 'replied' : 'next',
      to: `n${i}`,
    })),
  });
  const here = more.installation === undefined ? world : { ...world, timeZone: more.installation };
  return checkFlow(JSON.parse(JSON.stringify(flow)), here)
    .filter(({ code }) => FOUND.includes(code))
    .map(({ code, pointer, severity }) => {
      expect(severity).to.equal('warning');
      return `${code} ${pointer.replace(/^\/nodes\/(\d+)\/params/, (_, index) => `${Number(index) - 1}:`)}`;
    });
}
const says = (text: string) => ({ type: 'send-message', params: { action: 'reply', message: { type: 'text', text } } });
const asks = (more: object = {}) => ({
  type: 'wait-for-response',
  params: { timeout: { value: 1, unit: 'hours' }, saveAs: 'said', ...more },
});
const calls = (more: object) => ({ type: 'http-request', params: { url: 'https://h.example', ...more } });
const branches = (when: unknown) => ({ type: 'conditional-branch', params: { branches: [{ name: 'a', when }] } });

describe('the check of a flow without a time zone', () => {
  const warned: readonly (readonly [what: string, node: { type: string; params: unknown }, pointer: string])[] = [
    ['a date that is shown', says('{{ now | date: "%H:%M" }}'), '/message/text'],
    ['a long date', says('On {{ now | date_to_long_string }}'), '/message/text'],
    ['a date with a comma in its format', says('{{ now | date: "%d, %m" }}'), '/message/text'],
    ['a time of day', { type: 'wait', params: { until: { time: '09:00' } } }, '/until'],
    ['a time of day of the flow', { type: 'wait', params: { until: { time: '09:00', zone: 'flow' } } }, '/until'],
    ['a date that is waited for', { type: 'wait', params: { untilDate: '2026-12-24' } }, '/untilDate'],
    ['a date from a variable', { type: 'wait', params: { untilDate: '{{ base }}' } }, '/untilDate'],
    ['business hours', { type: 'wait', params: { businessHours: { from: '09:00', to: '17:00' } } }, '/businessHours'],
    [
      'hours in a rule',
      branches({ operator: 'isWithinHours', value: [{ from: '09:00', to: '17:00', zone: 'flow' }] }),
      '/branches/0/when/value',
    ],
    [
      'a date in a rule',
      branches({ all: [{ not: { variable: 'now', operator: 'dateGreaterThan', value: '2026-12-24T10:00' } }] }),
      '/branches/0/when/all/0/not/value',
    ],
    [
      'a span of dates',
      branches({ any: [{ variable: 'now', operator: 'dateBetween', value: ['2026-12-24T10:00Z', '2026-12-24'] }] }),
      '/branches/0/when/any/0/value',
    ],
  ];
  for (const [what, node, pointer] of warned)
    it(`warns of ${what}, but not where the flow or the installation has a zone`, () => {
      expect(found([node])).to.deep.equal([`flow/no-time-zone 0:${pointer}`]);
      expect(found([node], { timeZone: 'Asia/Kolkata' })).to.deep.equal([]);
      expect(found([node], { installation: 'Asia/Kolkata' })).to.deep.equal([]);
    });

  it('says nothing where the zone does not matter', () => {
    for (const node of [
      says('{{ now | date: "%H:%M", "Asia/Tokyo" }} {{ base | upcase }} update: {{ base }}'),
      { type: 'wait', params: { until: { time: '09:00', zone: 'Asia/Tokyo' } } },
      { type: 'wait', params: { businessHours: { from: '09:00', to: '17:00', zone: 'Asia/Tokyo' } } },
      branches({ operator: 'isWithinHours', value: { from: '09:00', to: '17:00', zone: 'Asia/Tokyo' } }),
      { type: 'wait', params: { untilDate: '2026-12-24T10:00+01:00' } },
      { type: 'wait', params: { for: { value: 1, unit: 'hours' } } },
      branches({ variable: 'now', operator: 'dateEquals', value: '2026-12-24T10:00Z' }),
      branches({ variable: 'base', operator: 'stringEquals', value: '2026-12-24' }),
    ])
      expect(found([node]), JSON.stringify(node)).to.deep.equal([]);
  });
});

describe('the check of addresses and bodies', () => {
  const shop = { timeZone: 'UTC' };
  it('warns where the beginning of an address, or its host, is what a person wrote', () => {
    for (const url of [
      '{{ said }}',
      ' {{said | strip}}/x',
      'https://{{ said }}.example/x',
      '{{ lastMessage.text }}',
      '{{ incomingMessage }}',
    ])
      expect(found([asks(), calls({ url })], shop), url).to.deep.equal(['call/address-from-person 1:/url']);
    const picture = { type: 'send-message', params: { action: 'reply', message: { type: 'image', url: '{{ said }}' } } };
    expect(found([asks(), picture], shop)).to.deep.equal(['call/address-from-person 1:/message/url']);
    const link = { type: 'text', text: 'a', choices: [{ id: 'a', title: 'A', url: '{{ said }}' }] };
    expect(found([asks(), { type: 'send-message', params: { action: 'reply', message: link } }], shop)).to.deep.equal([
      'call/address-from-person 1:/message/choices/0/url',
    ]);
  });

  it('says nothing where the author begins the address', () => {
    for (const url of [
      '{{ base }}/{{ said }}',
      'https://h.example/{{ said }}?q={{ said }}',
      '{{ secrets.BASE }}/{{ said }}',
      'https://h.example',
    ])
      expect(found([asks(), calls({ url })], shop), url).to.deep.equal([]);
  });

  const bodies: readonly (readonly [body: Json, problem: string | undefined])[] = [
    [{ text: '{ "name": "{{ said }}" }' }, 'request/raw-in-json 1:/body/text'],
    [{ text: '[{{ said | upcase }}]' }, 'request/raw-in-json 1:/body/text'],
    [{ text: '{ "name": {{ said | json }}, "n": {{ said | strip | json }} }' }, undefined],
    [{ text: 'Hello {{ said }}' }, undefined],
    [{ text: '{{ said }}' }, undefined],
    [{ text: '{% if said %}{{ said }}{% endif %}' }, undefined],
    [{ json: '{ "name": "{{ said }}" }' }, 'request/json-as-text 1:/body/json'],
    [{ json: '["{{ said }}"]' }, 'request/json-as-text 1:/body/json'],
    [{ json: '{{ said }}' }, undefined],
    [{ json: { name: '{{ said }}' } }, undefined],
    [{ form: [{ name: 'a', value: '{{ said }}' }] }, undefined],
  ];
  for (const [body, problem] of bodies)
    it(`${problem === undefined ? 'says nothing of' : 'warns of'} the body ${JSON.stringify(body)}`, () => {
      expect(found([asks({ accept: ['text'] }), calls({ method: 'POST', body })], shop)).to.deep.equal(
        problem === undefined ? [] : [problem],
      );
    });
});

describe('the check of answers that are shown', () => {
  it('offers to accept texts alone where any message may be the answer', () => {
    expect(found([asks(), says('Hello {{ said }}')])).to.deep.equal(['wait/any-answer-shown 0:/saveAs']);
    expect(found([asks({ accept: ['text'] }), says('Hello {{ said }}')])).to.deep.equal([]);
    expect(found([asks(), says('Hello {{ said.latitude }}{{ base }}')])).to.deep.equal([]);
    expect(found([asks()])).to.deep.equal([]);
  });
});
