import { expect } from 'chai';
import { alikeTitles, chooseTyped, isNumberTitle } from '../../src/text/choose-typed.js';

function choose(titles: readonly (string | readonly [id: string, title: string])[], text: string, numbered: boolean): string | undefined {
  const choices = titles.map((one, i) => (typeof one === 'string' ? { id: `c${i + 1}`, title: one } : { id: one[0], title: one[1] }));
  const found = chooseTyped({ choices, numbered }, text);
  return typeof found === 'object' ? found.choice.title : found;
}

describe('a typed answer, where numbers were shown', () => {
  const colours = ['Red', 'Green', 'Blue'];
  for (const text of [
    '2',
    '2.',
    '2)',
    '(2)',
    '#2',
    '2️⃣',
    '２',
    '٢',
    '۲',
    '२',
    '②',
    '*2*',
    ' 2 ',
    '2!',
    '2 👍',
    '2. Green',
    '2) green',
    '2 - Green',
    '2 green',
    '2: Green',
    '2️⃣ Green',
    '\u200f2',
    '02',
  ]) {
    it(`${JSON.stringify(text)} is the second choice`, () => expect(choose(colours, text, true)).to.equal('Green'));
  }
  for (const text of ['2. Red', '0', '4', '-2', '+2', '2%', '$2', '22', 'number 2', '2 or 3', '2 please', 'not 2', '2.5', 'two', '<2']) {
    it(`${JSON.stringify(text)} is no choice`, () => expect(choose(colours, text, true)).to.equal(undefined));
  }
  it('a number beats an id that is a number', () => {
    const ids = [
      ['0', 'None'],
      ['1', 'One adult'],
      ['2', 'Two adults'],
    ] as const;
    expect(choose(ids, '1', true)).to.equal('None');
    expect(choose(ids, '3', true)).to.equal('Two adults');
  });
  it('a number beats a title that is one only without its signs', () => expect(choose(['One', '1!'], '1', true)).to.equal('One'));
  it('an exact title beats the number', () => expect(choose(['2', '1'], '1', true)).to.equal('1'));
});

describe('a typed answer, where buttons or rows were shown', () => {
  it('a number is no place in the list', () => expect(choose(['None', 'One', 'Two'], '1', false)).to.equal(undefined));
  it('a number may be a title or an id', () => {
    expect(choose(['1', '2', '3'], '٢', false)).to.equal('2');
    expect(
      choose(
        [
          ['1', 'None'],
          ['2', 'Some'],
        ],
        '2',
        false,
      ),
    ).to.equal('Some');
  });

  const cases: readonly (readonly [titles: readonly string[], text: string, title: string | undefined])[] = [
    [['ขาว', 'ข้าว', 'ข่าว'], 'ข้าว', 'ข้าว'],
    [['ขาว', 'ข้าว', 'ข่าว'], 'ข่าว', 'ข่าว'],
    [['दान', 'दिन'], 'दिन', 'दिन'],
    [['ハン', 'パン'], 'パン', 'パン'],
    [['ハン', 'パン'], 'ﾊﾟﾝ', 'パン'],
    [['தமிழ்', 'தமழ'], 'தமழ', 'தமழ'],
    [['Yes', 'No'], 'Yes!', 'Yes'],
    [['Yes', 'No'], '*yes*', 'Yes'],
    [['Yes', 'No'], 'YES 👍🏽', 'Yes'],
    [['Yes', 'No'], 'y\u200bes', 'Yes'],
    [['Yes ✅', 'No ❌'], 'yes', 'Yes ✅'],
    [['Sí', 'No'], 'si', 'Sí'],
    [['si', 'sí'], 'sí', 'sí'],
    [['Cafe\u0301'], 'café', 'Cafe\u0301'],
    [['Sık', 'Sik'], 'Sik', 'Sik'],
    [['A+', 'A-', 'A'], 'a-', 'A-'],
    [['A+', 'A-', 'A'], 'A', 'A'],
    [['👍', '👎'], '👍🏿', '👍'],
    [['año', 'ano'], 'AÑO', 'año'],
    [['Yes', 'No'], 'c2', 'No'],
    [['Yes', 'No'], 'yes but later', undefined],
    [['Yes', 'No'], '', undefined],
    [['Yes', 'No'], '\u3164', undefined],
    [['?', '!'], '?', '?'],
  ];
  for (const [titles, text, title] of cases)
    it(`${JSON.stringify(text)} of ${titles.join(', ')} is ${title}`, () => expect(choose(titles, text, false)).to.equal(title));

  it('is ambiguous where it fits two choices, never the first of them', () => {
    expect(choose(['año', 'anó'], 'ano', false)).to.equal('ambiguous');
    expect(choose(['Yes!', 'Yes?'], 'yes', false)).to.equal('ambiguous');
    expect(choose(['Yes', 'Yes'], 'Yes', false)).to.equal('ambiguous');
    expect(
      choose(
        [
          ['yes', 'Ja!'],
          ['no', 'Ja?'],
        ],
        'ja',
        false,
      ),
    ).to.equal('ambiguous');
  });
});

describe('a title that is typed without its punctuation', () => {
  const cases: readonly (readonly [titles: readonly string[], text: string, title: string | undefined])[] = [
    [['Ja, bitte', 'Nein, danke'], 'nein danke', 'Nein, danke'],
    [['Ja, bitte', 'Nein, danke'], 'Nein,danke!', 'Nein, danke'],
    [['Yes, please', 'No, thank you'], 'no - thank you', 'No, thank you'],
    [['Yes please', 'No thank you'], 'Yes, please', 'Yes please'],
    [["That's all", 'Back'], 'That’s all', "That's all"],
    [["That's all", 'Back'], 'thats all 🙏', "That's all"],
    [['Gluten-free', 'Vegan'], 'gluten free', 'Gluten-free'],
    [['Fr 4. Dez, 09:00', 'Fr 4. Dez, 10:00'], 'Fr. 4. Dez 10:00', 'Fr 4. Dez, 10:00'],
    // The punctuation decides.
    [['A-B', 'A B'], 'a-b', 'A-B'],
    [["We'll", 'Well'], 'well', 'Well'],
    [['1.5', '15'], '15', '15'],
    // Another text.
    [['Yes, please', 'No, thank you'], 'no idea', undefined],
    [['Yes, please', 'No, thank you'], 'please', undefined],
    [['1.5 l', '2 l'], '1 5 l', undefined],
    [['10:30', '11:30'], '1030', undefined],
    [['A+', 'A-'], 'a', undefined],
  ];
  for (const [titles, text, title] of cases) {
    it(`${JSON.stringify(text)} of ${titles.join(' | ')} is ${title ?? 'no choice'}`, () =>
      expect(choose(titles, text, false)).to.equal(title));
  }
  it('is ambiguous if it fits two', () => expect(choose(['Yes, please', 'Yes-please'], 'yes please', false)).to.equal('ambiguous'));
});

describe('titles that the check tells of', () => {
  it('are those that a typed text cannot tell apart', () => {
    expect(alikeTitles(['año', 'No', 'Ano', 'no!'])).to.deep.equal([
      { index: 2, first: 0 },
      { index: 3, first: 1 },
    ]);
    expect(alikeTitles(['No, thanks', 'No thanks'])).to.deep.equal([{ index: 1, first: 0 }]);
    expect(alikeTitles(['ขาว', 'ข้าว', 'A+', 'A-', '2-4', '24'])).to.deep.equal([]);
  });
  it('are numbers, where numbers stand before them', () => {
    for (const title of ['2', '٢', '8.', '#4', '6️⃣', '-1', '1000', '2,5']) expect(isNumberTitle(title), title).to.equal(true);
    for (const title of ['2 guests', 'Two', '10%', '2-4', '10:30']) expect(isNumberTitle(title), title).to.equal(false);
  });
});

describe('the first words of a title', () => {
  const cases: readonly (readonly [titles: readonly string[], text: string, title: string | undefined])[] = [
    [['Ja, stornieren', 'Nein, behalten'], 'ja', 'Ja, stornieren'],
    [['Ja, stornieren', 'Nein, behalten'], 'NEIN!', 'Nein, behalten'],
    [['✅ Yes, cancel it', '❌ No, keep it'], 'Yes 👍', '✅ Yes, cancel it'],
    [['Yes – all of them', 'No'], 'yes', 'Yes – all of them'],
    [['Sí: confirmar', 'No: volver'], 'si', 'Sí: confirmar'],
    [['نعم، ألغِ', 'لا، احتفظ'], 'نعم', 'نعم، ألغِ'],
    [['はい、取り消す', 'いいえ'], 'はい', 'はい、取り消す'],
    [['Berlin (main shop)', 'Hamburg'], 'berlin', 'Berlin (main shop)'],
    // Another title has these words alone.
    [['Yes', 'Yes, but later'], 'yes', 'Yes'],
    // They are those of two choices, so they mean neither.
    [['Tue, 5 May', 'Tue, 12 May'], 'tue', undefined],
    // Only a part of what is before the comma.
    [['No problem, go on', 'Cancel'], 'no', undefined],
    [['No problem', 'Cancel'], 'no', undefined],
    // A number, where no numbers were shown.
    [['2 - 5 people', '6, or more'], '2', undefined],
    [['10:30', '11:30'], '10', undefined],
    [['Yes-man', 'No'], 'yes', undefined],
    [[', cancel', 'No'], '', undefined],
  ];
  for (const [titles, text, title] of cases) {
    it(`${JSON.stringify(text)} of ${titles.join(' | ')} is ${title ?? 'no choice'}`, () =>
      expect(choose(titles, text, false)).to.equal(title));
  }
});

describe('other words for yes and no', () => {
  const cases: readonly (readonly [titles: readonly string[], text: string, title: string | undefined])[] = [
    [['Yes', 'No'], 'yes please', 'Yes'],
    [['Yes, please', 'No, thank you'], 'Yep!', 'Yes, please'],
    [['Yes, please', 'No, thank you'], 'nope', 'No, thank you'],
    [['Yes, please', 'No, thank you'], 'no thanks', 'No, thank you'],
    [['Ja, stornieren', 'Nein, behalten'], 'jep', 'Ja, stornieren'],
    [['Ja, stornieren', 'Nein, behalten'], 'Nein, danke', 'Nein, behalten'],
    [['Ja, stornieren', 'Nein, behalten'], 'nö', 'Nein, behalten'],
    [['Sí, confirmar', 'No, volver'], 'sí, por favor', 'Sí, confirmar'],
    [['Oui', 'Non'], 'Non merci', 'Non'],
    [['نعم، ألغِ', 'لا، احتفظ'], 'لا شكراً', 'لا، احتفظ'],
    // In another language than the titles.
    [['Ja', 'Nein'], 'yes', 'Ja'],
    [['Yes, I agree', 'Change topics', 'No, thank you'], 'ja', 'Yes, I agree'],
    [['Yes, I agree', 'Change topics', 'No, thank you'], 'nein danke', 'No, thank you'],
    [['Sí', 'No'], 'não', 'No'],
    // Words that may only say that a message was read.
    [['Yes', 'No'], 'ok', undefined],
    [['Yes', 'No'], '👍', undefined],
    // More than yes.
    [['Yes', 'No'], 'yes and no', undefined],
    [['Yes', 'No'], 'no problem', undefined],
    [['Ja', 'Nein'], 'ja aber später', undefined],
    // No title says yes or no.
    [['Claro', 'Movistar'], 'sí', undefined],
    [['Now', 'Later'], 'yes', undefined],
    [['No problem', 'Cancel'], 'nope', undefined],
    // Two titles say yes.
    [['Yes, today', 'Yes, tomorrow', 'No'], 'yep', undefined],
    [['Yes', 'Yes, but later'], 'yep', undefined],
  ];
  for (const [titles, text, title] of cases) {
    it(`${JSON.stringify(text)} of ${titles.join(' | ')} is ${title ?? 'no choice'}`, () =>
      expect(choose(titles, text, false)).to.equal(title));
  }
});

it('no yes of one language is a no of another', () => {
  for (const word of ['yes', 'ja', 'jep', 'sí', 'oui', 'sì', 'sim', 'claro', 'zeker', 'نعم', 'हाँ'])
    expect(choose(['No', 'Later'], word, false), word).to.equal(undefined);
  for (const word of ['no', 'nein', 'nö', 'ne', 'nee', 'non', 'nan', 'não', 'nah', 'لا', 'नहीं'])
    expect(choose(['Yes', 'Later'], word, false), word).to.equal(undefined);
});
