import { expect } from 'chai';
import { settings } from '../../adapters/whatsapp/cases.js';
import whatsapp from '../../adapters/whatsapp/index.js';
import type { Choice, Json, JsonObject, OutboundMessage } from '../../src/contract/index.js';
import { ATalk, aChain, type Heard, listens, says } from '../support/a-talk.js';

const items = (count: number, title = (n: number) => `Slot number ${n}`) =>
  Array.from({ length: count }, (_, i) => ({ id: `s${i + 1}`, name: title(i + 1) }));
const LISTED = { from: 'slots', id: '{{ item.id }}', title: '{{ item.name }}' };

/** A flow that asks with a list, and tells what was chosen. */
function asking(slots: Json, message: JsonObject = {}, wait: JsonObject = {}) {
  const ask = { type: 'text', text: 'When?', choices: LISTED, ...message };
  const told = says('{{ lastMessage.type }}: {{ lastMessage.choice }} {{ slot }}');
  return aChain({ ask: says(ask), pick: listens('slot', wait), told }, { variables: [{ name: 'slots', type: 'list', default: slots }] });
}

function begun(slots: Json, message: JsonObject = {}, { on = 'wa', wait = {} }: { readonly on?: string; readonly wait?: JsonObject } = {}) {
  const talk = new ATalk([asking(slots, message, wait)]);
  const first = talk.step({ say: 'go', on });
  return { talk, first };
}

function sent({ decision }: Heard): OutboundMessage | undefined {
  const body = decision.effects.filter(({ skipped }) => !skipped).at(-1)?.body;
  return body?.kind === 'send' ? body.message : undefined;
}

function choicesIn(heard: Heard): readonly Choice[] {
  const message = sent(heard);
  return message && 'choices' in message ? (message.choices ?? []) : [];
}

function titles(heard: Heard): readonly string[] {
  return choicesIn(heard).map(({ title }) => title);
}

function cardsIn(heard: Heard): readonly string[] {
  const message = sent(heard);
  return message?.type === 'carousel' ? message.cards.map(({ text }) => text) : [];
}

const tap = (id: string, of?: string) => ({ tap: { id, title: id, ...(of === undefined ? {} : { of }) } });

describe('choices from a list', () => {
  it('are a list of their own texts, with the title as the id', () => {
    const { talk, first } = begun(['Tea', 'Coffee'], { choices: { from: 'slots', title: '{{ item }}' } });
    expect(sent(first)).to.deep.include({ choices: ['Tea', 'Coffee'].map((title) => ({ id: title, title })) });
    expect(talk.step({ say: 'tea' }).says).to.deep.equal(['choice: Tea Tea']);
  });

  it('leave out members without a title, and say so', () => {
    const { first } = begun([{ id: 'a', name: 'A' }, { id: 'b' }, 7, null, { id: 'c', name: ' \n ' }]);
    expect(titles(first)).to.deep.equal(['A']);
    expect(first.warnings).to.include('send/list-cut');
  });

  it('have an id each: that of the member, else the title, made different where two are equal', () => {
    const { first } = begun([{ id: 1, name: 'One' }, { id: 1, name: 'Uno' }, { id: 1, name: 'One' }, { name: 'Two' }]);
    expect(sent(first)).to.deep.include({
      choices: [
        { id: '1', title: 'One' },
        { id: '1 2', title: 'Uno' },
        { id: 'Two', title: 'Two' },
      ],
    });
    expect(first.warnings).to.include('send/equal-choices');
  });

  it('make equal titles different, and keep them so when they are cut', () => {
    const { first } = begun([
      { id: 'a', name: 'Anna' },
      { id: 'b', name: 'Anna' },
      { id: 'c', name: 'Dr. Anna-Maria of the West End' },
      { id: 'd', name: 'Dr. Anna-Maria of the West Side' },
    ]);
    expect(titles(first)).to.deep.equal(['Anna', 'Anna 2', 'Dr. Anna-Maria of the W…', 'Dr. Anna-Maria of the… 2']);
  });

  for (const [what, list] of [
    ['an empty list', []],
    ['no list', null],
    ['an object', { a: 1 }],
  ] as const)
    it(`${what} gives the message without choices, and a warning`, () => {
      const { first } = begun(list as Json);
      expect(first.says).to.deep.equal(['When?']);
      expect(titles(first)).to.deep.equal([]);
      expect(first.warnings).to.include('send/no-choices');
    });

  it('are at most 30, or as many as max says', () => {
    expect(begun(items(40), { choicesAs: 'text' }).first.warnings).to.include('send/list-cut');
    expect(titles(begun(items(40), { choicesAs: 'text' }).first)).to.have.length(30);
    expect(titles(begun(items(40), { choices: { ...LISTED, max: 2 } }).first)).to.have.length(2);
    expect(titles(begun(items(100), { choicesAs: 'text', choices: { ...LISTED, max: 100 } }).first)).to.have.length(100);
  });

  it('of a huge list stay within what a run can keep', () => {
    const huge = Array.from({ length: 100 }, (_, i) => ({ id: `${i}`.repeat(200), name: `${i} ${'x'.repeat(300)}` }));
    const { talk, first } = begun(huge.slice(0, 90), { choices: { ...LISTED, max: 100, description: '{{ item.name }}' } });
    expect(first.warnings).to.include('send/list-cut');
    expect(JSON.stringify(talk.state).length).to.be.below(250_000);
    expect(talk.step(tap('more:9')).kind).to.equal('noted');
  });
});

describe('choices that are paged', () => {
  it('are nine and More… on a list of WhatsApp, and a tap on More… is no answer', () => {
    const { talk, first } = begun(items(12), {}, { wait: { notAccepted: 'Please choose.', accept: ['text'] } });
    expect(titles(first)).to.deep.equal([...items(9).map(({ name }) => name), 'More…']);
    const wait = JSON.stringify(talk.state.runs[0]?.stack);
    const more = talk.step(tap('more:9'));
    expect([more.kind, more.says, more.warnings]).to.deep.equal(['noted', ['When?'], []]);
    expect(titles(more)).to.deep.equal(['Slot number 10', 'Slot number 11', 'Slot number 12', 'Back to start']);
    expect(JSON.stringify(talk.state.runs[0]?.stack)).to.equal(wait);
    expect(talk.step(tap('s11')).says).to.deep.equal(['choice: s11 Slot number 11']);
  });

  it('are not paged if all of them fit', () => {
    expect(titles(begun(items(10)).first)).to.have.length(10);
    expect(titles(begun(items(3)).first)).to.have.length(3);
    expect(titles(begun(items(50), { choices: { ...LISTED, max: 50 } }, { on: 'vb' }).first)).to.have.length(50);
  });

  it('are taken by Meta, page after page', () => {
    const { talk, first } = begun(
      items(25, (n) => `A rather long name of a slot, ${n}`),
      { header: 'Slots', footer: 'Berlin' },
    );
    const config: unknown = whatsapp.config.validate(settings).value;
    const pages = [first, ...[9, 18].map((from) => talk.step(tap(`more:${from}`)))];
    for (const page of pages) {
      const message = sent(page);
      expect(message).to.not.equal(undefined);
      const [request] = message ? whatsapp.render('491511', message, config, 's1.1.1') : [];
      expect(request && whatsapp.accepts(request)).to.equal(undefined);
    }
    expect(pages.map((page) => titles(page).length)).to.deep.equal([10, 10, 8]);
  });

  it('are two and More… on buttons, if the author wants buttons', () => {
    const { talk, first } = begun(items(5), { choicesAs: 'buttons' });
    expect(titles(first)).to.deep.equal(['Slot number 1', 'Slot number 2', 'More…']);
    expect(titles(talk.step(tap('more:2')))).to.deep.equal(['Slot number 3', 'Slot number 4', 'More…']);
    expect(titles(talk.step(tap('more:4')))).to.deep.equal(['Slot number 5', 'Back to start']);
    expect(titles(talk.step(tap('more:0')))).to.deep.equal(['Slot number 1', 'Slot number 2', 'More…']);
  });

  for (const [said, answer] of [
    ['s2', 'choice: s2 Slot number 2'],
    ['slot number 2', 'choice: s2 Slot number 2'],
    ['SLOT NUMBER 11!', 'choice: s11 Slot number 11'],
    ['12', 'text:  12'],
  ] as const)
    it(`on the second page "${said}" is ${answer}`, () => {
      const { talk } = begun(items(12));
      talk.step({ say: 'more' });
      expect(talk.step({ say: said }).says).to.deep.equal([answer]);
    });

  it('taps on every page count, whichever was shown last', () => {
    const { talk } = begun(items(30));
    for (const from of [9, 18, 27]) expect(talk.step(tap(`more:${from}`)).kind).to.equal('noted');
    expect(talk.step(tap('s3')).says).to.deep.equal(['choice: s3 Slot number 3']);
  });

  it('a page can be asked for again after a while, but not by a double tap', () => {
    const { talk } = begun(items(12));
    expect(talk.step({ ...tap('more:9'), at: 5 }).says).to.have.length(1);
    expect([talk.step({ ...tap('more:9'), at: 6 }).kind, talk.state.runs.length]).to.deep.equal(['ignored', 1]);
    expect(talk.step({ ...tap('more:9'), at: 30 }).says).to.have.length(1);
  });

  it('numbers go on over the pages of a numbered text, and 0 shows the next one', () => {
    const long = items(60, (n) => `${n === 1 ? 'First' : 'Other'} ${'word '.repeat(20)}${n}`);
    const { talk, first } = begun(long, { choicesAs: 'text', choices: { ...LISTED, max: 60 } });
    const shown = titles(first).length - 1;
    expect(shown).to.be.within(20, 59);
    const numbers = (heard: Heard) => choicesIn(heard).map(({ number }) => number);
    expect(numbers(first).slice(-2)).to.deep.equal([shown, 0]);
    expect(talk.step({ say: `${shown + 1}` }).says).to.deep.equal([`text:  ${shown + 1}`]);
    const again = begun(long, { choicesAs: 'text', choices: { ...LISTED, max: 60 } }).talk;
    expect(numbers(again.step({ say: '0.' }))[0]).to.equal(shown + 1);
    expect(again.step({ say: `(${shown + 1})` }).says[0]).to.contain(`choice: s${shown + 1} `);
  });

  it('numbers are not shown where a title is one, on any page', () => {
    const { first } = begun(
      items(60, (n) => (n === 60 ? '60' : `Number ${'x'.repeat(100)} ${n}`)),
      {
        choicesAs: 'text',
        choices: { ...LISTED, max: 60 },
      },
    );
    expect(choicesIn(first).every(({ number }) => number === null)).to.equal(true);
  });

  it('the last row speaks the language of the contact', () => {
    const talk = new ATalk([asking(items(12))]);
    talk.at({ ...talk.state, contact: { ...talk.state.contact, language: 'de-AT' } });
    expect(titles(talk.step({ say: 'go' })).at(-1)).to.equal('Mehr…');
    expect(titles(talk.step({ say: 'mehr' })).at(-1)).to.equal('Zum Anfang');
  });

  it('an id of the list that looks like that of the last row is still an answer', () => {
    const list = [{ id: 'more:9', name: 'Odd' }, ...items(11)];
    const { talk, first } = begun(list);
    expect(choicesIn(first).at(-1)?.id).to.equal('~more:9');
    expect(talk.step(tap('more:9')).says).to.deep.equal(['choice: more:9 Odd']);
  });

  it('survive being stored, and a reminder with choices of its own', () => {
    const { talk } = begun(
      items(12),
      {},
      {
        wait: {
          reminders: [
            {
              after: { value: 1, unit: 'minutes' },
              message: { type: 'text', text: 'Still there?', choices: [{ id: 'no', title: 'No time' }] },
            },
          ],
        },
      },
    );
    talk.at(JSON.parse(JSON.stringify(talk.state)));
    expect(talk.step({ timeout: true, at: 61 }).says).to.deep.equal(['Still there?']);
    expect(talk.step({ ...tap('more:9'), at: 70 }).says).to.deep.equal(['When?']);
    expect(talk.step({ ...tap('no'), at: 71 }).says).to.deep.equal(['choice: no No time']);
  });

  it('a further page of a picture is a text with the end of the question', () => {
    const { talk } = begun(items(12), {
      type: 'image',
      url: 'https://example.com/a.jpg',
      text: `${'Long story. '.repeat(60)}\n\nWhen would you like to come?`,
    });
    expect(sent(talk.step({ say: 'more…' }))).to.include({ type: 'text', text: 'When would you like to come?' });
  });

  it('go on where More… is written, laid out as that channel can', () => {
    const { talk } = begun(items(60), { choices: { ...LISTED, max: 60 } });
    const more = talk.step({ say: 'more', on: 'vb' });
    expect(titles(more)).to.have.length(50);
    expect([titles(more)[0], titles(more).at(-1)]).to.deep.equal(['Slot number 10', 'More…']);
    expect(talk.step({ say: 'Slot number 60', on: 'vb' }).says).to.deep.equal(['choice: s60 Slot number 60']);
  });

  it('are shown from the first page on the platform that a link has joined', () => {
    const ask = { type: 'text', text: 'When?', choices: { ...LISTED, max: 60 } };
    const told = says('{{ lastMessage.type }}: {{ lastMessage.choice }} {{ slot }}');
    const flow = aChain(
      { invite: says('{{ link.viber }}'), ask: says(ask), pick: listens('slot'), told },
      { variables: [{ name: 'slots', type: 'list', default: items(60) }] },
    );
    const talk = new ATalk([flow]);
    talk.step({ say: 'go' });
    talk.step(tap('more:9'));
    const there = talk.step({ opens: 'vb' });
    expect(there.decision.effects.map(({ body }) => body.kind === 'send' && body.channel)).to.deep.equal(['vb']);
    expect([titles(there)[0], titles(there).length]).to.deep.equal(['Slot number 1', 50]);
    expect(talk.step({ ...tap('s50'), on: 'vb' }).says).to.deep.equal(['choice: s50 Slot number 50']);
  });

  it('stay on the keyboard of Viber below what is said meanwhile', () => {
    const wait = { notAccepted: 'Please choose.', accept: ['image'] };
    const { talk } = begun(items(60), { choices: { ...LISTED, max: 60 } }, { on: 'vb', wait });
    talk.step({ say: 'more', on: 'vb' });
    const kept = sent(talk.step({ say: 'hm', on: 'vb' }))?.keeps?.message;
    expect(kept && 'choices' in kept && kept.choices?.map(({ title }) => title)).to.deep.equal([
      ...items(60)
        .slice(49)
        .map(({ name }) => name),
      'Back to start',
    ]);
    expect(kept).to.not.have.property('pages');
  });

  it('a keyword that is heard at any time is not heard where it is a choice of any page', () => {
    const menu = aChain(
      { hi: says('Menu') },
      { code: 'menu', triggers: [{ type: 'TriggeredByWhatsApp', match: { keywords: ['slot number 12', 'more'] }, atAnyTime: true }] },
    );
    const talk = new ATalk([asking(items(12)), menu]);
    talk.step({ say: 'go' });
    expect(talk.step({ say: 'More…' }).says).to.deep.equal(['When?']);
    expect(talk.step({ say: 'Slot number 12' }).says).to.deep.equal(['choice: s12 Slot number 12']);
  });
});

describe('cards from a list', () => {
  const OFFERS = [
    { id: 1, name: 'Bread', picture: 'https://example.com/1.jpg' },
    { id: 2, name: 'Cake', picture: 'https://example.com/2.jpg' },
    { id: 3, name: '', picture: 'https://example.com/3.jpg' },
  ];
  const card = {
    imageUrl: '{{ item.picture }}',
    text: '{{ item.name }}',
    choices: [{ id: 'buy-{{ item.id }}', title: 'Buy' }],
  };
  const begin = (offers: Json, more: JsonObject = {}, on = 'wa') => {
    const message = { type: 'carousel', text: 'Today', cards: { from: 'offers', card, ...more } };
    const flow = aChain(
      { ask: says(message), pick: listens('picked'), told: says('{{ lastMessage.choice }}') },
      { variables: [{ name: 'offers', type: 'list', default: offers }] },
    );
    const talk = new ATalk([flow]);
    return { talk, first: talk.step({ say: 'go', on }) };
  };

  for (const on of ['wa', 'vb'])
    it(`are one for each member with a text (${on})`, () => {
      const { talk, first } = begin(OFFERS, {}, on);
      expect(cardsIn(first)).to.deep.equal(['Bread', 'Cake']);
      expect(first.warnings).to.include('send/list-cut');
      expect(talk.step({ ...tap('buy-2'), on }).says).to.deep.equal(['buy-2']);
    });

  it('are at most ten, or as many as max says', () => {
    const many = Array.from({ length: 14 }, (_, i) => ({ id: i, name: `Offer ${i}`, picture: 'https://example.com/1.jpg' }));
    expect(cardsIn(begin(many).first)).to.have.length(10);
    expect(cardsIn(begin(many, { max: 3 }).first)).to.have.length(3);
  });

  it('one card is a picture with its buttons, none the text alone', () => {
    const { talk, first } = begin(OFFERS.slice(0, 1));
    expect(sent(first)).to.deep.include({ type: 'image', url: 'https://example.com/1.jpg', text: 'Today\n\nBread' });
    expect(talk.step(tap('buy-1')).says).to.deep.equal(['buy-1']);
    const none = begin([]).first;
    expect([sent(none)?.type, none.says, none.warnings.includes('send/no-choices')]).to.deep.equal(['text', ['Today'], true]);
  });
});
