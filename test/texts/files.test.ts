import { expect } from 'chai';
import fc from 'fast-check';
import { js2xliff, jsToXliff12, xliff12ToJs } from 'xliff';
import { readTexts, writeTexts } from '../../src/texts/files.js';
import { type ReadTexts, TEXT_FORMATS, type TextFormat, type TextItem, type TranslatedText } from '../../src/texts/translation.js';

const bytes = (text: string, encoding: BufferEncoding = 'utf8') => Buffer.from(text, encoding);
const item = (key: string, source: string, more: Partial<TextItem> = {}): TextItem => ({
  key,
  node: key.split('/')[0] ?? '',
  pointer: key.slice(key.indexOf('/')),
  source,
  changed: false,
  ...more,
});
const written = (format: TextFormat, items: readonly TextItem[]) => writeTexts(format, { flow: 'menu', from: 'en', to: 'de', items });
const textsOf = (read: ReadTexts): readonly TranslatedText[] =>
  'problems' in read ? expect.fail(JSON.stringify(read.problems)) : read.texts;
const problemsOf = (read: ReadTexts): readonly string[] =>
  'problems' in read ? read.problems.map((one) => `${one.place}: ${one.message}`) : [];
const csv = (text: string, encoding?: BufferEncoding) => readTexts('csv', bytes(text, encoding));
const xliff = (text: string) => readTexts('xliff', bytes(text));

describe('files for translators', () => {
  /** Texts as nobody writes them: every sign, Liquid, formulas, markup, and what XML does not have. */
  const text = fc
    .array(
      fc.oneof(
        { weight: 3, arbitrary: fc.string({ unit: 'binary' }) },
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom(
          '{{ name }}',
          "{{ name | default: 'x<y' }}",
          '{% if a %}',
          '{{',
          '}}',
          ']]>',
          '<![CDATA[',
          '&amp;',
          '<b>',
          '\r\n',
          '\n',
          '\r',
          '\t',
        ),
        fc.constantFrom(
          "'",
          '=',
          '+',
          '-',
          '@',
          "'=1+1",
          '"',
          ';',
          ',',
          '\u0000',
          '\u0001',
          '\u200f',
          'مرحبا',
          '👨‍👩‍👧',
          '\ufeff',
          '\ufffe',
        ),
      ),
      { maxLength: 6 },
    )
    .map((parts) => parts.join(''))
    .filter((one) => !/\p{Surrogate}/u.test(one));

  for (const format of Object.keys(TEXT_FORMATS) as TextFormat[])
    it(`as ${format} come back as they were, whatever the texts are`, () => {
      fc.assert(
        fc.property(fc.array(fc.tuple(text, text, fc.boolean()), { minLength: 1, maxLength: 5 }), (pairs) => {
          const items = pairs.map(([source, translation, changed], i) =>
            item(`-n${i}/message/text`, source, { translation: `x${translation}`.slice(1) || 'x', changed, translatedFrom: source }),
          );
          const read = textsOf(readTexts(format, bytes(written(format, items))));
          expect(read.map(({ key, source, translation }) => ({ key, source, translation }))).to.deep.equal(
            items.map(({ key, source, translation }) => ({ key, source, translation })),
          );
        }),
        { numRuns: 1_000 },
      );
    });
});

describe('CSV for translators', () => {
  const header = 'key,node,pointer,source,translation,note';

  it('has a byte order mark, a row for each text, and notes', () => {
    const items = [
      item('hi/message/text', 'Hello, "{{ name }}"', { translation: 'Hallo', nodeName: 'Greet', hint: 'Text' }),
      item('hi/message/choices/0/title', '=1+1', { changed: true, translatedFrom: 'One', translation: 'Zwei' }),
    ];
    expect(written('csv', items)).to.equal(
      [
        '\ufeff"key","node","pointer","source","translation","note"',
        '"hi/message/text","hi","/message/text","Hello, ""{{ name }}""","Hallo","Greet · Text"',
        `"hi/message/choices/0/title","hi","/message/choices/0/title","'=1+1","Zwei","Changed since the translation; before: One"`,
        '',
      ].join('\r\n'),
    );
  });

  it('gives no cell to a spreadsheet that it takes for a formula', () => {
    for (const begin of ['=', '+', '-', '@', '\t', '\r', "'=", '＝'])
      expect(written('csv', [item('a/text', `${begin}cmd|' /C calc'!A0`)])).to.include(`"'${begin}cmd`);
  });

  const row = ['a/text', 'a', '/text', 'Hello', 'Hallo, Welt', ''];
  const expected = [{ key: 'a/text', translation: 'Hallo, Welt', source: 'Hello' }];
  const saved: Readonly<Record<string, Buffer>> = {
    'Excel, comma': bytes(`\ufeff${header}\r\na/text,a,/text,Hello,"Hallo, Welt",\r\n`),
    'Excel in Germany, semicolon': bytes(`\ufeff${header.replaceAll(',', ';')}\r\n${row.join(';')}\r\n`),
    'Excel, Unicode text': bytes(`\ufeff${header.replaceAll(',', '\t')}\r\n${row.join('\t')}\r\n`, 'utf16le'),
    'UTF-16 without a mark': bytes(`${header.replaceAll(',', '\t')}\r\n${row.join('\t')}\r\n`, 'utf16le'),
    'UTF-16, big endian': Buffer.from(bytes(`\ufeff${header}\n${row.map((one) => `"${one}"`).join(',')}`, 'utf16le')).swap16(),
    'Google Sheets': bytes(`${header}\na/text,a,/text,Hello,"Hallo, Welt",`),
    'another header': bytes(`note,TRANSLATION , Source,mine,Key\n\n,"Hallo, Welt",Hello,x,a/text\n,,,,\n\n`),
    'node and pointer alone': bytes(`node,pointer,source,translation\na,/text,Hello,"Hallo, Welt"`),
    'a line with the delimiter': bytes(`sep=;\r\n${header.replaceAll(',', ';')}\r\n${row.join(';')}\r\n`),
    'old Mac line ends': bytes(`${header}\ra/text,a,/text,Hello,"Hallo, Welt",\r`),
  };
  for (const [by, file] of Object.entries(saved))
    it(`is read as saved by: ${by}`, () => {
      expect(textsOf(readTexts('csv', file))).to.deep.equal(expected);
    });

  it('keeps line breaks and quotes, and leaves a text alone whose translation is empty', () => {
    expect(textsOf(csv(`key,translation\na/text,"Er sagt: ""Ja""\nund geht"\nb/text,`))).to.deep.equal([
      { key: 'a/text', translation: 'Er sagt: "Ja"\nund geht' },
    ]);
  });

  const broken: readonly (readonly [what: string, file: Buffer, problem: RegExp])[] = [
    ['no UTF-8', bytes(`${header}\na/text,a,/text,Hello,Grüße,`, 'latin1'), /neither UTF-8 nor UTF-16/],
    ['nothing', bytes('\ufeff\r\n'), /empty/],
    ['no header', bytes('a/text,Hallo\nb/text,Welt'), /^line 1: the columns/],
    ['a quote that is not closed', bytes(`key,translation\na/text,Hallo\nb/text,"Welt\n`), /^line \d: the CSV cannot be read/],
    ['a row without a key', bytes(`key,translation\na/text,"Ha\nllo"\n,Welt`), /^line 4: the row has no key/],
    ['no column of translations', bytes('key,Übersetzung\na/text,Hallo'), /^line 1: the column `translation` is missing/],
    ['no keys', bytes('node,translation\na,Hallo'), /^line 1: the column `key` is missing/],
    ['a formula that was computed', bytes('key,translation\na/text,#NAME?'), /^line 2: .* "a\/text" for a formula, and shows #NAME\?/],
    ['a formula in LibreOffice', bytes('key,translation\na/text,Err:508'), /shows Err:508/],
    [
      'two translations of a text',
      bytes(`key,translation\na/text,Hallo\na/text,Servus`),
      /^line 3: "a\/text" has another translation in line 2/,
    ],
  ];
  for (const [what, file, problem] of broken)
    it(`is refused with the line: ${what}`, () => {
      expect(problemsOf(readTexts('csv', file)).join('\n')).to.match(problem);
    });
});

describe('XLIFF for translators', () => {
  const items = [
    item('hi/message/text', 'Hi {{ name }} & {{ name }}', { nodeName: 'Greet', hint: 'Text' }),
    item('hi/footer', 'Bye', { translation: 'Tschüss' }),
    item('hi/header', 'Now', { translation: 'Früher', changed: true, translatedFrom: 'Before' }),
  ];
  const around = (units: string, version = '1.2') =>
    version === '1.2'
      ? `<?xml version="1.0"?><xliff version="1.2"><file source-language="en" target-language="de-DE"><body>${units}</body></file></xliff>`
      : `<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="de"><file id="f"><group id="g">${units}</group></file></xliff>`;

  it('protects Liquid, and says what is to be done', () => {
    const file = written('xliff', items);
    expect(file).to.include('<source>Hi <ph id="1">{{ name }}</ph> &amp; <ph id="2">{{ name }}</ph></source>');
    expect(file).to.include('<target state="needs-translation"></target>');
    expect(file).to.include('<target state="translated">Tschüss</target>');
    expect(file).to.include('<target state="needs-review-translation">Früher</target>');
    expect(file).to.include('<note>Greet · Text</note>');
  });

  it('is read by another implementation', async () => {
    const { resources, targetLanguage } = await xliff12ToJs(written('xliff', items));
    expect(targetLanguage).to.equal('de');
    expect(resources['menu']?.['hi/footer']).to.deep.include({ source: 'Bye', target: 'Tschüss' });
  });

  it('written by another implementation is read, of both versions', async () => {
    const file = {
      sourceLanguage: 'en',
      targetLanguage: 'de',
      resources: { menu: { 'hi/footer': { source: 'Bye & "so"', target: 'Tschüss <3' } } },
    };
    for (const made of [await jsToXliff12(file), await js2xliff(file)]) {
      const read = xliff(made);
      expect(read).to.include({ language: 'de' });
      expect(textsOf(read).map(({ key, translation, source }) => [key, translation, source])).to.deep.equal([
        ['hi/footer', 'Tschüss <3', 'Bye & "so"'],
      ]);
    }
  });

  it('changes nothing without a translation, and removes one that is empty', () => {
    const unit = (id: string, target: string) => `<trans-unit id="${id}"><source>A</source>${target}</trans-unit>`;
    const read = textsOf(
      xliff(
        around(
          unit('none', '') +
            unit('new', '<target state="new">A</target>') +
            unit('waiting', '<target state="needs-translation"></target>') +
            unit('empty', '<target/>') +
            unit('done', '<target state="final">B</target>') +
            `<group><group><trans-unit id="approved" approved="yes"><source>A</source><target>C</target><alt-trans><target>D</target></alt-trans></trans-unit></group></group>`,
        ),
      ),
    );
    expect(read).to.deep.equal([
      { key: 'empty', translation: '', source: 'A' },
      { key: 'done', translation: 'B', source: 'A', isConfirmed: true },
      { key: 'approved', translation: 'C', source: 'A', isConfirmed: true },
    ]);
  });

  it('takes codes from the source, where a tool has left only their ids', () => {
    const unit =
      '<trans-unit id="k"><source>Hi <ph id="1">{{ a }}</ph>, <ph id="2">{{ b }}</ph></source><seg-source>x</seg-source><target><mrk mtype="seg" mid="0"><x id="2"/>: <g id="9">hallo</g> <![CDATA[<]]><ph id="1"/></mrk></target></trans-unit>';
    expect(textsOf(xliff(around(unit)))[0]?.translation).to.equal('{{ b }}: hallo <{{ a }}');
  });

  it('takes line breaks of tools, and texts that only look like a failed formula', () => {
    const unit = '<trans-unit id="k"><source>A</source><target>Eins<x id="1" ctype="lb"/>Zwei<g id="2"/></target></trans-unit>';
    expect(textsOf(xliff(around(unit)))[0]?.translation).to.equal('Eins\nZwei');
    const rows = 'key,source,translation\na/text,#N/A,#N/A\nb/text,x,#NAME\nc/text,x,"#1!"';
    expect(textsOf(csv(rows)).map(({ translation }) => translation)).to.deep.equal(['#N/A', '#NAME', '#1!']);
  });

  it('joins the segments of 2.0, with its data, and takes no unit that is translated in part', () => {
    const unit = `<unit id="k"><originalData><data id="2">{{ a }}</data><data id="1">{{ b }}</data></originalData>
      <segment state="translated"><source>Hi <ph id="1" dataRef="2"/>.</source><target>Hallo <ph id="1" dataRef="2"/>.</target></segment>
      <ignorable><source> </source></ignorable>
      <segment state="final"><source>Bye <ph id="2" dataRef="1"/></source><target>Tschüss <pc id="7">du</pc> <cp hex="0007"/><ph id="2"/></target></segment></unit>`;
    const half = '<unit id="half"><segment><source>A</source><target>B</target></segment><segment><source>C</source></segment></unit>';
    expect(textsOf(xliff(around(unit + half, '2.0')))).to.deep.equal([
      { key: 'k', translation: 'Hallo {{ a }}. Tschüss du \u0007{{ b }}', source: 'Hi {{ a }}. Bye {{ b }}', isConfirmed: true },
    ]);
  });

  const laughs = `<!DOCTYPE lolz [<!ENTITY lol "lol">${Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('')}]>`;
  const broken: readonly (readonly [what: string, file: string, problem: RegExp])[] = [
    ['entities that grow', `<?xml version="1.0"?>\n${laughs}<xliff>&l9;</xliff>`, /^line 2, column 1: .*a document type is not allowed/],
    ['a file of the host', `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xliff version="1.2">&e;</xliff>`, /document type/],
    ['an unknown entity', '<xliff version="1.2">\n  <a>&nbsp;</a></xliff>', /^line 2, column 6: .*"&nbsp;/],
    ['an element that is not closed', '<xliff version="1.2">\n<file></xliff>', /^line 2, column 7: .*closes nothing/],
    ['an end without a beginning', '<a/></b>', /closes nothing/],
    ['very deep elements', '<a>'.repeat(100_000), /nested more than 50 levels deep/],
    ['an attribute without quotes', '<xliff version=1.2/>', /must be in quotes/],
    ['no XLIFF', '<html version="1.2"><file/></html>', /not XLIFF/],
    ['no XML', 'key,translation', /exactly one element/],
    [
      'two languages',
      '<xliff version="1.2"><file target-language="de"/><file target-language="fr"/></xliff>',
      /several target languages: de, fr/,
    ],
    ['a unit without an id', around('\n<trans-unit><source>A</source></trans-unit>'), /^line 2: the unit has no id/],
    [
      'code that the source does not have',
      around('<trans-unit id="a"><source>Hi <ph id="1">{{ a }}</ph></source><target>Hallo <g id="2"><x id="3"/></g></target></trans-unit>'),
      /^the unit "a" in line 1: the source has no code for <x id="3"\/>/,
    ],
    [
      'code that a tool has emptied',
      around('<unit id="a"><segment><source>Hi <ph id="1"/></source><target>Hallo <ph id="1"/></target></segment></unit>', '2.0'),
      /^the unit "a" in line 1: the source has no code for <ph id="1"\/>/,
    ],
    [
      'two translations',
      around(
        '<trans-unit id="a"><source>A</source><target>B</target></trans-unit><trans-unit id="a"><source>A</source><target>C</target></trans-unit>',
      ),
      /^the unit "a": .*two different/,
    ],
  ];
  for (const [what, file, problem] of broken)
    it(`is refused: ${what}`, () => {
      expect(problemsOf(xliff(file)).join('\n')).to.match(problem);
    });

  it('never makes the reader throw, and reads a long line as fast as many', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            '<',
            '>',
            '/',
            '&',
            ';',
            '"',
            '=',
            ' ',
            'a',
            'xliff',
            '<![CDATA[',
            ']]>',
            '<!--',
            '-->',
            '&#65;',
            '<?',
            '?>',
            '\n',
          ),
        ),
        (parts) => {
          expect(xliff(parts.join(''))).to.have.property('problems');
        },
      ),
      { numRuns: 2_000 },
    );
    const unit = '<trans-unit id="k"><source>A</source><target>B</target></trans-unit>';
    expect(textsOf(xliff(around(unit.repeat(20_000))))).to.have.length(1);
  });
});
