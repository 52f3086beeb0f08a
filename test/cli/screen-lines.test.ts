import { expect } from 'chai';
import { screenLines } from '../../src/cli/screen-lines.js';
import { choicesIn, repliesIn, type Shown } from '../../src/contract/index.js';

const reply = (id: string) => ({ id, title: id.toUpperCase(), does: 'reply' }) as const;
const key = { columns: 6, rows: 1 };
const MEDIA = { kind: 'image', url: 'https://x/a.png' } as const;

/** [what is shown, its lines] */
const LINES: readonly (readonly [Shown, readonly string[]])[] = [
  [
    { kind: 'text', header: 'Tea', text: 'Hot\nor cold?', footer: 'Today', buttons: [reply('hot'), reply('cold')] },
    ['Tea', 'Hot', 'or cold?', 'Today', '  1. HOT', '  2. COLD'],
  ],
  [
    { kind: 'document', text: 'Bill', media: { kind: 'document', url: 'https://x/b.pdf', name: 'B.pdf' } },
    ['[document] B.pdf https://x/b.pdf', 'Bill'],
  ],
  [{ kind: 'sticker', media: { kind: 'sticker', id: '7' } }, ['[sticker] 7']],
  [
    {
      kind: 'text',
      text: 'Which?',
      list: {
        button: 'Menu',
        sections: [
          { title: 'Hot', rows: [{ id: 'tea', title: 'Tea', description: 'from Assam' }] },
          { title: 'Cold', rows: [{ id: 'ice', title: 'Ice' }] },
        ],
      },
    },
    ['Which?', '  [Menu]', '    Hot', '    1. Tea - from Assam', '    Cold', '    2. Ice'],
  ],
  [{ kind: 'link', text: 'Look', buttons: [{ title: 'Shop', does: 'url', url: 'https://x/' }] }, ['Look', '  1. Shop: https://x/']],
  [
    {
      kind: 'carousel',
      text: 'Ours',
      cards: [
        { media: MEDIA, text: 'One\nonly', buttons: [reply('one')] },
        { media: MEDIA, buttons: [{ title: 'Two', does: 'url', url: 'https://x/2' }] },
      ],
      keyboard: { buttons: [{ ...reply('no'), ...key }] },
    },
    [
      'Ours',
      '  card 1: [image] https://x/a.png',
      '    One',
      '    only',
      '    1. ONE',
      '  card 2: [image] https://x/a.png',
      '    2. Two: https://x/2',
      '  3. NO',
    ],
  ],
  [
    {
      kind: 'keyboard',
      keyboard: {
        buttons: [
          { title: 'Number', does: 'phone', ...key },
          { title: 'Place', does: 'location', ...key },
          { title: 'Form', does: 'form', ...key },
          { title: 'Catalog', does: 'catalog', ...key },
          { title: 'Call', does: 'call', ...key },
          { title: 'Ours', does: 'none', ...key },
        ],
      },
    },
    [
      '  1. Number (shares the phone number)',
      '  2. Place (shares the location)',
      '  3. Form (opens a form)',
      '  4. Catalog (opens products)',
      '  5. Call (calls)',
      '  6. Ours (does nothing)',
    ],
  ],
  [{ kind: 'location', place: { latitude: 52.5, longitude: 13, name: 'Shop' } }, ['[location] 52.5, 13 Shop']],
  [
    { kind: 'contacts', people: [{ name: 'Bob', phone: '+1650', email: 'b@x.example' }, { name: 'Eva' }] },
    ['[contact] Bob +1650 b@x.example', '[contact] Eva'],
  ],
  [{ kind: 'reaction', emoji: '👍' }, ['[reaction] 👍']],
  [{ kind: 'reaction' }, ['[reaction taken back]']],
  [{ kind: 'template', template: { name: 'order', language: 'en', values: ['Ada', '7'] } }, ['[template order, en] Ada · 7']],
  [{ kind: 'native', native: { a: 1 } }, ['[native] {"a":1}']],
];

describe('a message in the terminal', () => {
  for (const [shown, lines] of LINES)
    it(`of the kind ${shown.kind}: ${lines.at(-1)}`, () => {
      expect(screenLines(shown)).to.deep.equal(lines);
    });

  it('numbers what can be tapped from a number on, in the order of the choices', () => {
    const shown: Shown = { kind: 'text', text: 'T', buttons: [reply('a'), { title: 'U', does: 'url', url: 'https://x' }] };
    expect(screenLines(shown, 4)).to.deep.equal(['T', '  4. A', '  5. U: https://x']);
    expect(choicesIn(shown).map(({ title }) => title)).to.deep.equal(['A', 'U']);
    expect(repliesIn(shown)).to.deep.equal([{ id: 'a', title: 'A' }]);
  });

  it('has no reply in the rows of products, which open them', () => {
    const shown: Shown = { kind: 'products', list: { button: 'View items', sections: [{ rows: [{ id: 'tea', title: 'tea' }] }] } };
    expect([repliesIn(shown), screenLines(shown).at(-1)]).to.deep.equal([[], '    1. tea (opens products)']);
  });
});
