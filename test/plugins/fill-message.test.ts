import { expect } from 'chai';
import { limits } from '../../platforms/whatsapp/limits.js';
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
    hasReplied: false,
    hasHeldAnswer: false,
    now: START,
    newId: (label) => label,
    after: () => START,
    random: () => 0.5,
    steadyRandom: () => 0.5,
    text: (template) => templates.text(template, filling),
    value: (template) => templates.value(template, filling),
    expression: (source) => templates.expression(source, filling),
    sealed: (template) => templates.sealed(template, filling),
    address: (template) => templates.address(template, filling),
    sealedAddress: (template) => templates.sealedAddress(template, filling),
    find: () => undefined,
    matches: () => false,
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

  it('keeps what a person wrote in its place in every address, and is nothing where an address would be another one', () => {
    const said = '../x?y=';
    const at = 'https://shop.example/{{ said }}/z';
    const there = 'https://shop.example/..%2Fx%3Fy%3D/z';
    expect(fill({ type: 'image', url: at }, { said })).to.deep.equal({ type: 'image', url: there });
    expect(fill({ type: 'video', url: 'https://shop.example/v', thumbnailUrl: at }, { said })).to.include({ thumbnailUrl: there });
    expect(fill({ type: 'link', text: 'a', button: 'b', url: at }, { said })).to.include({ url: there });
    expect(fill({ type: 'text', text: 'a', choices: [{ id: 'a', title: 'A', url: at }] }, { said })).to.deep.include({
      choices: [{ id: 'a', title: 'A', url: there }],
    });
    for (const lost of ['..', '', '%2e%2E'])
      for (const message of [
        { type: 'document', url: at },
        { type: 'text', text: 'a', choices: [{ id: 'a', title: 'A', url: at }] },
        { type: 'template', name: 'n', language: 'en', header: { type: 'image', url: at } },
      ])
        expect(fill(message, { said: lost }), lost).to.equal(undefined);
  });

  it('puts the parameters of a template on one line', () => {
    const said = ' two\r\nlines,\ttabs     and\u2028blanks ';
    const line = 'two lines, tabs and blanks';
    const message = { type: 'template', name: 'n', language: 'en' };
    expect(fill({ ...message, body: ['{{ said }}'] }, { said })).to.deep.include({ body: [line] });
    expect(fill({ ...message, body: { who: '{{ said }}' } }, { said })).to.deep.include({ body: { who: line } });
    expect(fill({ ...message, header: { type: 'text', text: '{{ said }}' } }, { said })).to.deep.include({
      header: { type: 'text', text: line },
    });
    expect(fill({ ...message, buttons: [{ index: 0, url: 'a  {{ said }}' }] }, { said })).to.deep.include({
      buttons: [{ index: 0, url: `a ${line}` }],
    });
    expect(fill({ type: 'text', text: '{{ said }}' }, { said })).to.deep.equal({ type: 'text', text: said });
  });

  it('takes the numbers of a place from templates, zero included', () => {
    const place = { type: 'location', latitude: '{{ lat }}', longitude: '{{ lon }}' };
    expect(fill(place, { lat: 0, lon: '13.4' })).to.deep.equal({ type: 'location', latitude: 0, longitude: 13.4 });
  });

  it('is nothing where a place is no place: an unset number is not zero, and the earth ends at 90 degrees', () => {
    const place = { type: 'location', latitude: '{{ lat }}', longitude: '{{ lon }}' };
    expect(fill(place, {})).to.equal(undefined);
    for (const sign of [1, -1]) {
      expect(fill(place, { lat: 90 * sign, lon: 180 * sign })).to.include({ latitude: 90 * sign, longitude: 180 * sign });
      expect(fill(place, { lat: 90.1 * sign, lon: 0 })).to.equal(undefined);
      expect(fill(place, { lat: 0, lon: 180.1 * sign })).to.equal(undefined);
    }
    expect(fill(place, { lat: 1 })).to.equal(undefined);
    expect(fill(place, { lon: 1 })).to.equal(undefined);
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
