import { expect } from 'chai';
import type { Json } from '../../src/contract/index.js';
import { readExpression, readTemplate, sealedMistake } from '../../src/template/read-template.js';
import type { TemplateScope } from '../../src/template/scope.js';
import { createTemplates } from '../../src/template/templates.js';

const templates = createTemplates();

function filling(data: Record<string, Json> = {}): { readonly scope: TemplateScope; readonly warnings: string[] } {
  const warnings: string[] = [];
  return {
    warnings,
    scope: {
      data,
      now: '2026-11-24T23:30:00.000Z',
      timeZone: 'Europe/Berlin',
      answers: new Set(['form']),
      random: () => 0.5,
      warn: (code) => void warnings.push(code),
    },
  };
}

describe('templates', () => {
  const data = {
    ...{ name: 'Ada', n: 3, order: { total: 2.5, items: [{ title: 'Tea' }] }, list: ['a', 'b'], yes: true, none: null },
    ...{ day: '2026-12-24', local: '2026-07-01 10:00', exact: '2026-07-01T10:00:00Z', skipped: '2026-03-29T02:30', form: { size: 'L' } },
    ...{ voice: { type: 'audio', mediaId: '1', mimeType: 'audio/ogg' }, picture: { type: 'image', text: 'My dog', mediaId: '2' } },
    ...{
      file: { type: 'document', fileName: 'bill.pdf', mediaId: '3' },
      place: { type: 'location', text: 'Office', latitude: 1, longitude: 2 },
    },
    ...{ contact: { name: 'Ada', language: 'en' }, channel: { id: 'wa', name: 'Shop' }, link: { url: 'https://x.example' } },
    ...{ prices: [0.1, 0.2], rows: [{ price: 0.1 }, { price: '0.2' }] },
    ...{ cards: [{ name: { formatted_name: 'Grace' } }, { phones: [{ phone: '+15550100' }] }] },
  };
  const texts: [string, string, string[]?][] = [
    ['no template', 'no template'],
    ['Hello {{ name }}!', 'Hello Ada!'],
    ['{{name}}{{ n }}', 'Ada3'],
    ['{{ order.items[0].title | upcase }}', 'TEA'],
    ['{{ name | default: "friend" }} {{ nobody | default: "friend" }}', 'Ada friend'],
    ['{% if n > 2 %}many{% else %}few{% endif %}', 'many'],
    [
      '{% if n == 3 and name contains "d" and not nobody %}all{% endif %}{% if n != 3 or n > 3 or n < 3 or not name %}none{% endif %}',
      'all',
    ],
    [
      '{% if n >= 3 and n <= 3 and yes == true %}all{% endif %}{% if n >= 4 or n <= 2 or nobody or list contains "c" %}none{% endif %}',
      'all',
    ],
    ['{{ list | join: "+" }} {{ list.size }} {{ list.first }}', 'a+b 2 a'],
    ['{{ "now" | date: "%Y-%m-%d %H:%M" }}', '2026-11-25 00:30'],
    ['{{ "now" | date_to_string }} {{ "today" | date_to_long_string: "ordinal" }}', '25 Nov 2026 25th November 2026'],
    ['{{ "now" | date_to_xmlschema }} {{ "now" | date_to_rfc822 }}', '2026-11-25T00:30:00+01:00 Wed, 25 Nov 2026 00:30:00 +0100'],
    ['{{ day | date: "%d.%m.%Y %H:%M" }} {{ local | date: "%H:%M" }} {{ exact | date: "%H:%M" }}', '24.12.2026 00:00 10:00 12:00'],
    ['{{ skipped | date: "%H:%M %z %:z %Z" }}', '03:30 +0200 +02:00 Europe/Berlin'],
    ['{{ exact | date: "%H:%M", "Asia/Kolkata" }} {{ exact | date: "%H:%M %z", 210 }}', '15:30 06:30 -0330'],
    ['{{ 1795510800 | date: "%F" }} {{ "1795510800" | date: "%T" }}', '2026-11-24 10:00:00'],
    [
      '{{ local | date: "%a %A %b %B %h %^a %#p %e|%k|%l|%I|%-d|%_d|%05d|%j %U %W %u %w %y %C %s %L %N %3N %q %n%t%%%P %Q" }}',
      'Wed Wednesday Jul July Jul WED am  1|10|10|10|1| 1|00001|182 26 26 3 3 26 20 1782892800 000 000000000 000 st \n\t%am %Q',
    ],
    ['{{ "soon" | date: "%Y" }} {{ nobody | date: "%Y" }}', 'soon ', ['template/no-date']],
    ['{{ exact | date: "%H", "Mars/Olympus" }}', '12', ['template/no-zone']],
    ['{{ exact | date: "%H", 1440 }}', '12', ['template/no-zone']],
    ['{{ picture }}, {{ file }}, {{ place }}, {{ cards }}', 'My dog, bill.pdf, Office, Grace, +15550100'],
    ['[{{ voice }}] {{ voice | default: "friend" }} {{ picture | upcase }}', '[] friend MY DOG', ['template/no-words']],
    ['[{{ form }}] {{ form.size }} {{ form | default: "a form" }}', '[] L a form', ['template/no-words']],
    ['{{ contact }}, {{ contact.language }}', 'Ada, en'],
    ['[{{ channel }}{{ link }}] {{ channel.id }}', '[] wa', ['template/no-words']],
    ['{{ order }} {{ order.items }} {{ list }}', '{"total":2.5,"items":[{"title":"Tea"}]} [{"title":"Tea"}] ["a","b"]'],
    ['{{ order | append: "!" }} {{ order.items | join: ", " }}', '{"total":2.5,"items":[{"title":"Tea"}]}! {"title":"Tea"}'],
    ['{{ 1.1 | times: 3 }} {{ 0.1 | plus: 0.2 }} {{ 19.99 | times: 3 }} {{ 0.3 | minus: 0.1 }}', '3.3 0.3 59.97 0.2'],
    [
      '{{ 7 | divided_by: 2 }} {{ 7 | divided_by: 2, true }} {{ -7 | divided_by: 2, true }} {{ 1 | divided_by: 3 }}',
      '3.5 3 -4 0.3333333333333333',
    ],
    ['{{ 7 | modulo: 3 }} {{ -7 | modulo: 3 }} {{ 5.5 | modulo: 2 }} {{ 0.3 | modulo: 0.1 }}', '1 2 1.5 0'],
    ['{{ 1.005 | round: 2 }} {{ 2.5 | round }} {{ -2.5 | round }} {{ 1250 | round: -2 }}', '1.01 3 -3 1300'],
    ['{{ 4.2 | ceil }} {{ -4.2 | floor }} {{ -4.2 | abs }} {{ 4 | at_least: 5 }} {{ 4 | at_most: 3 }}', '5 -5 4.2 5 3'],
    ['{{ "ten" | plus: 1 }} {{ nobody | plus: 1 }} {{ order | plus: 1 }} {{ yes | plus: 1 }}', '1 1 1 2'],
    ['{{ prices | sum }} {{ rows | sum: "price" }}', '0.3 0.3'],
    ['{{ "3,5" | times: 2 }} {{ "١٢" | plus: 1 }} {{ "1e3" | plus: 1 }} {{ "1 000" | plus: 1 }}', '7 13 1001 1001'],
    ['{{ "1.500" | times: 2 }}', '3', ['number/ambiguous']],
    ['{{ 7 | divided_by: 2, false }}', '3.5'],
    ['{{ 1 | divided_by: 0 }}', '', ['template/failed']],
    ['{{ 1 | modulo: 0 }}', '', ['template/failed']],
    ['[{{ nobody }}]', '[]', ['template/undefined']],
    ['[{{ order.nothing }}] {{ none }}', '[] ', ['template/undefined', 'template/undefined']],
    ['{{ name | nofilter }}', '', ['template/failed']],
    ['{{ name', '', ['template/syntax']],
    ['{% include "x" %}', '', ['template/failed']],
    ['{% render "x" %}', '', ['template/failed']],
    [
      '{{ name.constructor }}{{ order.__proto__ }}{{ constructor }}',
      '',
      ['template/undefined', 'template/undefined', 'template/undefined'],
    ],
    ['{{ secrets.KEY }}', '', ['template/undefined']],
  ];
  for (const [source, expected, warned = []] of texts) {
    it(`${source} is "${expected}"`, () => {
      const { scope, warnings } = filling(data);
      expect(templates.text(source, scope)).to.equal(expected);
      expect(warnings).to.deep.equal(warned);
    });
  }

  it('dates are told in the language of the flow, in English where it has none', () => {
    const { scope } = filling(data);
    expect(templates.text('{{ day | date: "%A %B" }}', { ...scope, locale: 'de' })).to.equal('Donnerstag Dezember');
    expect(templates.text('{{ day | date: "%A %B" }}', { ...scope, locale: 'fr' })).to.equal('jeudi décembre');
    expect(templates.text('{{ day | date: "%A %B" }}', scope)).to.equal('Thursday December');
    expect(templates.text('{{ day | date_to_rfc822 }}', { ...scope, locale: 'de' })).to.equal('Thu, 24 Dec 2026 00:00:00 +0100');
  });

  it('numbers that people type are read by their language, else by that of the flow', () => {
    const { scope, warnings } = filling({ said: '1.500' });
    expect(templates.text('{{ said | times: 2 }}', { ...scope, locale: 'de' })).to.equal('3000');
    expect(templates.text('{{ said | times: 2 }}', { ...scope, locale: 'de', language: 'en' })).to.equal('3');
    expect(warnings).to.deep.equal([]);
  });

  it('a warning is told once, however often a loop shows the same', () => {
    const { scope, warnings } = filling(data);
    templates.text('{% for i in (1..50) %}{{ voice }}{{ i | append: "x" | date }}{% endfor %}', scope);
    expect(warnings).to.have.length(10);
  });

  it('one lone expression keeps its type, all through a value', () => {
    const { scope } = filling(data);
    expect(templates.value({ a: '{{ order }}', b: ['{{ n | plus: 1 }}', 'x{{ n }}'], c: 1, d: null, e: '{{ yes }}' }, scope)).to.deep.equal(
      { a: data.order, b: [4, 'x3'], c: 1, d: null, e: true },
    );
    expect(templates.expression('order.items', scope)).to.deep.equal([{ title: 'Tea' }]);
    expect(templates.expression('order.nothing', scope)).to.equal(undefined);
  });

  it('no tag writes into what it was given', () => {
    const { scope } = filling({ n: 3 });
    expect(templates.text('{% increment n %}{% decrement m %}{% assign n = 9 %}{% capture k %}x{% endcapture %}', scope)).to.equal('0-1');
    expect(scope.data).to.deep.equal({ n: 3 });
  });

  it('what a person wrote is never read as a template', () => {
    const { scope } = filling({ said: '{{ secrets.KEY }} {% include "x" %}' });
    expect(templates.text('You wrote: {{ said }}', scope)).to.equal('You wrote: {{ secrets.KEY }} {% include "x" %}');
    expect(templates.sealed('{{ said }}', scope)).to.equal('{{ secrets.KEY }} {% include "x" %}');
  });

  it('secrets stay names between parts of text', () => {
    const { scope } = filling(data);
    expect(templates.sealed({ header: 'Bearer {{ secrets.CRM }} for {{ name }}', alone: '{{ secrets.CRM }}' }, scope)).to.deep.equal({
      header: { $sealed: ['Bearer ', { secret: 'CRM' }, ' for Ada'] },
      alone: { $sealed: [{ secret: 'CRM' }] },
    });
  });

  it('who can fill a variable cannot write a seal', () => {
    const { scope } = filling({ forged: { $sealed: [{ secret: 'CRM' }] } });
    expect(templates.sealed({ body: '{{ forged }}' }, scope)).to.deep.equal({ body: { $plain: { $sealed: [{ secret: 'CRM' }] } } });
  });

  it('a secret inside of a tag, or with a filter, is a mistake', () => {
    for (const source of [
      '{% if x %}{{ secrets.K }}{% endif %}',
      '{{ secrets.K | upcase }}',
      '{{ secrets["K"] }}',
      '{% raw %}{{ secrets.K }}{% endraw %}',
    ])
      expect(sealedMistake(source), source).to.be.a('string');
    expect(sealedMistake('Bearer {{ secrets.K }}{% if x %}!{% endif %}')).to.equal(undefined);
  });

  it('a bomb ends in empty text and a warning', () => {
    for (const bomb of [
      '{% for i in (1..100000000) %}x{% endfor %}',
      '{% for i in (1..9999) %}{% for j in (1..9999) %}x{% endfor %}{% endfor %}',
      `{% assign s = "${'x'.repeat(1000)}" %}${'{% assign s = s | append: s %}'.repeat(40)}{{ s }}`,
    ]) {
      const { scope, warnings } = filling();
      expect(templates.text(bomb, scope)).to.equal('');
      expect(warnings).to.deep.equal(['template/failed']);
    }
  });

  it('the check hears of mistakes and of what is read', () => {
    expect(readTemplate('Hello {{ name | upcase').mistake).to.match(/not closed/);
    expect(readTemplate('Hello {{ name | nofilter }}').mistake).to.match(/nofilter/);
    expect(readTemplate('Hello {{ name }}').mistake).to.equal(undefined);
    expect(readExpression('order.total').mistake).to.equal(undefined);
    expect(readTemplate('{{ a.b | plus: c }}{% for x in y %}{{ x.z }}{% endfor %}').reads.map(({ path }) => path)).to.deep.equal([
      ['a', 'b'],
      ['c'],
      ['y'],
      ['y', null, 'z'],
    ]);
  });
});
