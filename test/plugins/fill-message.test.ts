import { expect } from 'chai';
import { limits } from '../../adapters/whatsapp/limits.js';
import type { InboundMessage, NodeScope, Vars } from '../../src/contract/index.js';
import { fillMessage, type MessageParams } from '../../src/params/message.js';
import { createTemplates } from '../../src/template/templates.js';
import { aMessage, aSession, START } from '../support/builders.js';

function fill(message: MessageParams, vars: Vars = {}, lastMessage?: InboundMessage) {
  const templates = createTemplates();
  const filling = { data: vars, now: START, timeZone: 'UTC', random: () => 0.5, warn: () => undefined };
  const scope: NodeScope<unknown> = {
    params: {},
    vars,
    contact: aSession().contact,
    channel: { id: 'wa', platform: 'whatsapp', address: '491', limits },
    reach: () => undefined,
    linked: () => true,
    lastMessage,
    memory: null,
    now: START,
    newId: (label) => label,
    after: () => START,
    random: () => 0.5,
    text: (template) => templates.text(template, filling),
    value: (template) => templates.value(template, filling),
    expression: (source) => templates.expression(source, filling),
    sealed: (template) => templates.sealed(template, filling),
    timeZone: 'UTC',
    warn: () => undefined,
  };
  return fillMessage(message, scope);
}

describe('a message that is filled in', () => {
  it('has its templates filled at every depth, and loses what is for other tools', () => {
    const choices = [{ id: '{{ id }}', title: 'To {{ city }}', 'x-tool': 1 }];
    expect(fill({ type: 'text', text: 'Hi {{ name }}', choices }, { name: 'Ada', id: 'b', city: 'Berlin' })).to.deep.equal({
      type: 'text',
      text: 'Hi Ada',
      choices: [{ id: 'b', title: 'To Berlin' }],
    });
  });

  it('takes the numbers of a place from templates, zero included', () => {
    const place = { type: 'location', latitude: '{{ lat }}', longitude: '{{ lon }}' };
    expect(fill(place, { lat: 0, lon: '13.4' })).to.deep.equal({ type: 'location', latitude: 0, longitude: 13.4 });
  });

  it('is nothing where a place is no place: an unset number is not zero, and the earth ends at 90 degrees', () => {
    const place = { type: 'location', latitude: '{{ lat }}', longitude: '{{ lon }}' };
    expect(fill(place, {})).to.equal(undefined);
    expect(fill(place, { lat: 91, lon: 0 })).to.equal(undefined);
    expect(fill(place, { lat: 'north', lon: 0 })).to.equal(undefined);
  });

  it('reacts to the last message, and to none when there is none', () => {
    expect(fill({ type: 'reaction', emoji: '👍' })).to.equal(undefined);
    expect(fill({ type: 'reaction', emoji: '' }, {}, aMessage('hi', { id: 'wamid.7' }))).to.deep.equal({
      type: 'reaction',
      emoji: '',
      messageId: 'wamid.7',
    });
  });

  it("keeps the types in the channel's own JSON, and is nothing where that is no object", () => {
    expect(fill({ type: 'native', body: { count: '{{ n }}', text: 'n={{ n }}' } }, { n: 3 })).to.deep.equal({
      type: 'native',
      body: { count: 3, text: 'n=3' },
    });
    expect(fill({ type: 'native', body: '{{ n }}' }, { n: 3 })).to.equal(undefined);
    expect(fill({ type: 'keyboard', body: { Columns: '{{ n }}' }, text: '{{ n }}!' }, { n: 3 })).to.deep.equal({
      type: 'keyboard',
      body: { Columns: 3 },
      text: '3!',
    });
    expect(fill({ type: 'rich-media', body: {}, text: '{{ none }}' })).to.deep.equal({ type: 'rich-media', body: {} });
  });
});
