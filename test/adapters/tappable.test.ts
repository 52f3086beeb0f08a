import { expect } from 'chai';
import { settings as viberSettings } from '../../adapters/viber/cases.js';
import viber from '../../adapters/viber/index.js';
import { settings as whatsappSettings } from '../../adapters/whatsapp/cases.js';
import whatsapp from '../../adapters/whatsapp/index.js';
import type { Choice, OutboundMessage } from '../../src/contract/index.js';

const some = (count: number, title = 'Choice'): readonly Choice[] =>
  Array.from({ length: count }, (_, i) => ({ id: `c${i}`, title: `${title} ${i}` }));
const text = (choices: readonly Choice[], choicesAs?: 'buttons' | 'list' | 'text'): OutboundMessage => ({
  type: 'text',
  text: 'Which?',
  choices,
  ...(choicesAs ? { choicesAs } : {}),
});
const card = (...choices: readonly Choice[]) => ({ imageUrl: 'https://x/a.png', text: 'T', choices });
const [one, two] = [
  { id: 'a', title: 'A' },
  { id: 'b', title: 'B' },
];
const button = (ActionBody: string, Text: string, ActionType = 'reply') => ({ ActionType, ActionBody, Text });

const onWhatsApp: unknown = whatsapp.config.validate(whatsappSettings).value;
const onViber: unknown = viber.config.validate(viberSettings).value;

describe('what can be tapped', () => {
  const shown: readonly [what: string, message: OutboundMessage, whatsapp: string | undefined, viber: string | undefined][] = [
    ['a text alone', { type: 'text', text: 'Hi' }, undefined, undefined],
    ['three choices', text(some(3)), 'buttons', 'buttons'],
    ['ten choices', text(some(10)), 'list', 'buttons'],
    ['three choices as a list', text(some(3), 'list'), 'list', 'buttons'],
    ['eleven choices', text(some(11)), 'numbers', 'buttons'],
    ['choices as text', text(some(2), 'text'), 'numbers', 'numbers'],
    [
      'numbers as text',
      text(
        [2, 4, 6].map((n) => ({ id: `${n}`, title: `${n}` })),
        'text',
      ),
      'titles',
      'titles',
    ],
    ['a picture with choices', { type: 'image', url: 'https://x/a.png', choices: some(2) }, 'buttons', 'buttons'],
    ['a carousel', { type: 'carousel', text: 'T', cards: [card(one), card(two)] }, 'buttons', 'buttons'],
    ['a template', { type: 'template', name: 'n', language: 'en' }, 'any', undefined],
    ['a keyboard', { type: 'keyboard', body: { Buttons: [button('a', 'A')] } }, undefined, 'buttons'],
    ['rich media', { type: 'rich-media', body: { Buttons: [button('a', 'A')] } }, undefined, 'buttons'],
    ['JSON of the provider', { type: 'native', body: { type: 'text' } }, 'any', 'any'],
    ['a sticker', { type: 'sticker', url: 'https://x/a.webp' }, undefined, undefined],
  ];
  for (const [what, message, there, here] of shown)
    it(`${what}: ${there ?? 'nothing'} on WhatsApp, ${here ?? 'nothing'} on Viber`, () => {
      expect(whatsapp.tappable?.(message)?.shown).to.equal(there);
      expect(viber.tappable?.(message)?.shown).to.equal(here);
    });

  it('is told with whole titles and ids, and with the id that was sent where that is another', () => {
    const long = 'x'.repeat(300);
    const choices = [
      { id: `${long}1`, title: `${long}1` },
      { id: `${long}2`, title: ' ' },
      { id: 'c', title: 'C' },
    ];
    for (const [adapter, config] of [
      [whatsapp, onWhatsApp],
      [viber, onViber],
    ] as const) {
      const told = adapter.tappable?.(text(choices))?.choices ?? [];
      expect(told.map(({ id, title }) => [id, title])).to.deep.equal([
        [`${long}1`, `${long}1`],
        [`${long}2`, `${long}2`],
        ['c', 'C'],
      ]);
      expect([told[0]?.sent === told[1]?.sent, told[2]?.sent]).to.deep.equal([false, undefined]);
      const [request] = adapter.render('491511', text(choices), config, 's1.1.1');
      for (const { sent = 'c' } of told) expect(request?.body).to.include(JSON.stringify(sent));
    }
  });

  it('of a template its payloads are known, its titles are not', () => {
    const message: OutboundMessage = {
      type: 'template',
      name: 'n',
      language: 'en',
      buttons: [
        { index: 0, payload: 'p' },
        { index: 1, url: 'u' },
      ],
    };
    expect(whatsapp.tappable?.(message)?.choices).to.deep.equal([{ id: 'p', title: '' }]);
  });

  it('of Viber’s own JSON those buttons count that answer', () => {
    const body = { Buttons: [button('a', '<b>A</b>'), button('https://x', 'Open', 'open-url'), button('c', '')] };
    expect(viber.tappable?.({ type: 'keyboard', body })?.choices).to.deep.equal([
      { id: 'a', title: 'A' },
      { id: 'c', title: 'c' },
    ]);
  });

  it('a button that opens an address, or hands something over, is no answer on Viber', () => {
    const choices: readonly Choice[] = [one, { id: 'u', title: 'U', url: 'https://x' }, { id: 'p', title: 'P', ask: 'phone' }];
    expect(viber.tappable?.(text(choices))?.choices).to.deep.equal([one]);
  });
});

describe('choices that are numbers', () => {
  const numbers = text(
    [
      { id: 'x', title: '2' },
      { id: 'y', title: '4' },
    ],
    'text',
  );
  it('are listed without numbers before them', () => {
    const [wa] = whatsapp.render('491511', numbers, onWhatsApp, 's1.1.1');
    const [vb] = viber.render('user', numbers, onViber, 's1.1.1');
    expect([wa?.body, vb?.body].map((body) => /Which\?\\n\\n2\\n4"/.test(body ?? ''))).to.deep.equal([true, true]);
  });
});

describe('the buttons of an open question on Viber', () => {
  const asked: OutboundMessage = text([one, two]);
  const sent = (message: OutboundMessage) =>
    viber
      .render('user', message, onViber, 's1.2.1')
      .map(({ body }) => JSON.parse(body) as { readonly keyboard?: object; readonly tracking_data: string });
  const [question] = sent(asked);

  it('come again with a message that has none, under the name of the question', () => {
    const [reminder] = sent({ type: 'text', text: 'Still there?', keeps: { effectId: 's1.1.1', message: asked } });
    expect(reminder?.keyboard).to.deep.equal(question?.keyboard);
    expect(reminder?.tracking_data).to.equal('s1.1.1 [["a","A"],["b","B"]]');
  });

  it('stand below the last bubble of several', () => {
    const parts = sent({
      type: 'document',
      url: 'https://x/a.pdf',
      sizeBytes: 1,
      text: 'Read this',
      keeps: { effectId: 's1.1.1', message: asked },
    });
    expect(parts.map(({ keyboard }) => keyboard !== undefined)).to.deep.equal([false, true]);
  });

  it('give way to buttons of its own, and are still known when they are tapped', () => {
    const other = text([{ id: 'c', title: 'C' }]);
    const [both] = sent({ ...other, keeps: { effectId: 's1.1.1', message: asked } });
    expect(both?.keyboard).to.deep.equal(sent(other)[0]?.keyboard);
    expect(both?.tracking_data).to.equal('s1.2.1 [["c","C"],["a","A"],["b","B"]]');
  });

  it('of a numbered text there are none to keep', () => {
    const [reminder] = sent({ type: 'text', text: 'Still there?', keeps: { effectId: 's1.1.1', message: text([one, two], 'text') } });
    expect([reminder?.keyboard, reminder?.tracking_data]).to.deep.equal([undefined, 's1.2.1']);
  });
});

describe('a group chat', () => {
  it('is written to by its id, on WhatsApp as a group, on Viber without a receiver', () => {
    const [wa] = whatsapp.render('group:g1', { type: 'text', text: 'Hi all' }, onWhatsApp, 's1.1.1');
    expect(JSON.parse(wa?.body ?? '')).to.deep.include({ recipient_type: 'group', to: 'g1' });
    const [person] = whatsapp.render('491511', { type: 'text', text: 'Hi' }, onWhatsApp, 's1.1.1');
    expect(JSON.parse(person?.body ?? '')).to.deep.include({ recipient_type: 'individual', to: '+491511' });
    const [vb] = viber.render('group:49', { type: 'text', text: 'Hi all' }, onViber, 's1.1.1');
    expect(JSON.parse(vb?.body ?? ''))
      .to.include({ chat_id: '49' })
      .and.to.not.have.property('receiver');
  });
});
