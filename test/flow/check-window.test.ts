import { expect } from 'chai';
import { adapters } from '../../adapters/index.js';
import { plugins } from '../../plugins/all.js';
import type { Edge, FlowNode, JsonObject, Trigger } from '../../src/contract/index.js';
import { channelLimits } from '../../src/flow/channel-limits.js';
import { checkFlow } from '../../src/flow/check.js';
import { createNodeTypes } from '../../src/flow/node-types.js';
import { aFlow } from '../support/builders.js';

const world = {
  nodeTypes: createNodeTypes(plugins),
  limits: channelLimits({ bound: adapters, loaded: adapters }),
};
const MANUAL: Trigger = { type: 'TriggeredManually' };
const WHATSAPP: Trigger = { type: 'TriggeredByWhatsApp', match: { keywords: ['hi'] } };
const TEMPLATE = { type: 'template', name: 'again', language: 'en' };
const text = { type: 'text', text: 'Hello' };

type Drawn = readonly [type: string, params: JsonObject];
const say = (message: JsonObject = text, more: JsonObject = {}): Drawn => ['send-message', { action: 'reply', message, ...more }];
const onWhatsApp = (message: JsonObject = text, more: JsonObject = {}): Drawn => [
  'send-whatsapp-message',
  { action: 'reply', message, ...more },
];
const nap = (hours: number): Drawn => ['wait', { for: { value: hours, unit: 'hours' } }];
const listen = (hours: number, more: JsonObject = {}): Drawn => [
  'wait-for-response',
  { timeout: { value: hours, unit: 'hours' }, timeoutBranch: true, ...more },
];

interface Drawing {
  readonly trigger: Trigger;
  readonly nodes: Readonly<Record<string, Drawn>>;
  /** `node.port>node`, beside the way through all nodes by their main ports. */
  readonly more?: readonly string[];
}

/** Where the check says that the window may be closed. */
function places({ trigger, nodes, more = [] }: Drawing): readonly string[] {
  const ids = ['start', ...Object.keys(nodes), 'end'];
  const drawn: readonly FlowNode[] = Object.entries(nodes).map(([id, [type, params]]) => ({ id, type, version: 1, params }));
  const main = (id: string) => (nodes[id]?.[0] === 'wait-for-response' ? 'replied' : 'next');
  const edges: readonly Edge[] = ids.slice(0, -1).map((from, i) => ({ from, port: main(from), to: ids[i + 1] ?? '' }));
  const others = more.map((way): Edge => {
    const [, from = '', port = '', to = ''] = /^(.*)\.(.*)>(.*)$/.exec(way) ?? [];
    return { from, port, to };
  });
  const flow = aFlow('window', {
    triggers: [trigger],
    nodes: [{ id: 'start', type: 'start', version: 1, params: {} }, ...drawn, { id: 'end', type: 'end', version: 1, params: {} }],
    edges: [...edges, ...others],
  });
  return checkFlow(flow, world).flatMap(({ code, node, pointer }) =>
    code === 'send/window-may-be-closed' ? [`${node} ${pointer.replace(/^\/nodes\/\d+\/params/, '')}`] : [],
  );
}

describe('the check of the 24-hour window', () => {
  it('warns of the first text of a flow that is started by a call', () => {
    expect(places({ trigger: MANUAL, nodes: { a: say(), b: onWhatsApp() } })).to.deep.equal(['a /message', 'b /message']);
  });

  it('says nothing of a template, nor of what answers a message', () => {
    expect(places({ trigger: MANUAL, nodes: { a: onWhatsApp(TEMPLATE) } })).to.deep.equal([]);
    expect(places({ trigger: WHATSAPP, nodes: { a: say() } })).to.deep.equal([]);
  });

  it('says nothing after an answer, and warns again where nobody has answered', () => {
    const nodes = { a: onWhatsApp(TEMPLATE), b: listen(1), c: say() };
    expect(places({ trigger: MANUAL, nodes })).to.deep.equal([]);
    expect(places({ trigger: MANUAL, nodes: { ...nodes, d: say() }, more: ['b.notReplied>d'] })).to.deep.equal(['d /message']);
  });

  it('adds up the waits since the last message, to the very hour', () => {
    expect(places({ trigger: WHATSAPP, nodes: { a: nap(12), b: nap(11), c: say() } })).to.deep.equal([]);
    expect(places({ trigger: WHATSAPP, nodes: { a: nap(12), b: nap(12), c: say() } })).to.deep.equal(['c /message']);
    expect(places({ trigger: WHATSAPP, nodes: { a: listen(23), b: say() }, more: ['a.notReplied>b'] })).to.deep.equal([]);
    expect(places({ trigger: WHATSAPP, nodes: { a: listen(24), b: say() }, more: ['a.notReplied>b'] })).to.deep.equal(['b /message']);
  });

  it('counts a wait for a time of day as less than a day, for days of the week and for a date as any length', () => {
    const waited = (params: JsonObject) => places({ trigger: WHATSAPP, nodes: { a: ['wait', params], b: say() } });
    expect(waited({ until: { time: '09:00' } })).to.deep.equal([]);
    expect(waited({ until: { time: '09:00', days: ['mon'] } })).to.deep.equal(['b /message']);
    expect(waited({ untilDate: '{{ day }}' })).to.deep.equal(['b /message']);
  });

  it('goes round circles, where short waits add up', () => {
    const nodes = { a: say(), b: nap(1), c: ['jump', { limit: 1 }] as const };
    expect(places({ trigger: WHATSAPP, nodes, more: ['c.jump>a'] })).to.deep.equal([]);
    const daily = {
      a: say(),
      b: nap(1),
      c: ['conditional-branch', { branches: [{ name: 'on', when: { variable: 'n', operator: 'isTrue' } }] }] as const,
    };
    expect(places({ trigger: WHATSAPP, nodes: daily, more: ['c.on>a'] })).to.deep.equal(['a /message']);
  });

  for (const [what, more, ways] of [
    ['a template instead', { ifWindowClosed: { then: 'template', template: TEMPLATE } }, []],
    ['the request to skip it', { ifWindowClosed: { then: 'skip' } }, []],
    ['an edge at windowClosed', {}, ['a.windowClosed>end']],
    ['an edge at failed', {}, ['a.failed>end']],
  ] as const)
    it(`takes ${what} for a way out`, () => {
      expect(places({ trigger: MANUAL, nodes: { a: onWhatsApp(text, more) }, more: ways })).to.deep.equal([]);
    });

  it('takes the request for a port that leads nowhere for none', () => {
    expect(places({ trigger: MANUAL, nodes: { a: onWhatsApp(text, { ifWindowClosed: { then: 'port' } }) } })).to.deep.equal(['a /message']);
  });

  it('looks at reminders when they are sent, and at the last word', () => {
    const reminder = (hours: number, message: JsonObject) => ({ after: { value: hours, unit: 'hours' }, message });
    const nodes = { a: listen(48, { reminders: [reminder(23, text), reminder(25, text), reminder(26, TEMPLATE)] }) };
    expect(places({ trigger: WHATSAPP, nodes })).to.deep.equal(['a /reminders/1/message']);
    expect(places({ trigger: MANUAL, nodes: { bye: ['end', { message: text }] } })).to.deep.equal(['bye /message']);
  });

  it('says nothing of Viber, which has no window', () => {
    const nodes = { a: ['send-viber-message', { action: 'reply', message: text }] as const };
    expect(places({ trigger: MANUAL, nodes })).to.deep.equal([]);
    expect(places({ trigger: { type: 'TriggeredByViber', match: { keywords: ['hi'] } }, nodes: { a: nap(30), b: say() } })).to.deep.equal(
      [],
    );
  });
});
