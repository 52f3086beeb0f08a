import { expect } from 'chai';
import fc from 'fast-check';
import type { Json } from '../../src/contract/index.js';
import { FillContext } from '../../src/template/fill-context.js';
import { createHardenedLiquid } from '../../src/template/hardened-liquid.js';
import type { TemplateScope } from '../../src/template/scope.js';
import { newAllowance } from '../../src/template/steps.js';
import { createTemplates } from '../../src/template/templates.js';
import { compileExpression, compileText } from '../../src/template/usual-shapes.js';

const liquid = createHardenedLiquid();
const templates = createTemplates();

describe('templates of the usual shapes', () => {
  it('are compiled: texts, paths, paths with filters of numbers, dates and texts', () => {
    for (const one of [
      'no output',
      '{{ name }}',
      'a {{ a.b.c }} b {{n}}',
      '{{ n | plus: 1 }}',
      "{{ day | date: '%d.%m.%Y', 'UTC' | upcase }}",
    ])
      expect(compileText(one), one).to.be.an('array');
    for (const one of ['n', ' a.b ', 'n | times: 1.19 | round: 2', 'name | default: "you"'])
      expect(compileExpression(one), one).to.be.an('object');
  });

  it('are left to Liquid where it reads them in its own way', () => {
    for (const one of [
      '{{- n }}',
      '{{ list.size }}',
      '{{ list[0] }}',
      '{{ n | plus: m }}',
      '{{ n | where: 1 }}',
      String.raw`{{ name | replace: "\n", ", " }}`,
      '{% if n %}{% endif %}',
      '{{ n',
      '{{ 1 }}',
    ])
      expect(compileText(one), one).to.equal(null);
    for (const one of ['1', 'true', 'n == 1', 'n | constructor: 1', 'n | nobody']) expect(compileExpression(one), one).to.equal(null);
  });

  it('give what Liquid gives, with its warnings', () => {
    const seen = { computed: 0, left: 0 };
    fc.assert(
      fc.property(source, data, fc.constantFrom(undefined, 'de', 'en'), (text, values, language) => {
        const [one, other] = [filling(values, language), filling(values, language)];
        const parts = compileText(text);
        const computed = parts?.every((part) => typeof part === 'string' || part.compute(filling(values, language).scope) !== undefined);
        seen[computed ? 'computed' : 'left'] += 1;
        let expected = '';
        try {
          expected = String(liquid.renderSync(liquid.parse(text), new FillContext(liquid, { scope: other.scope })));
        } catch {
          // A filling that fails is empty; its warning is another test's.
          expected = '';
        }
        expect(templates.text(text, one.scope)).to.equal(expected);
        const own = one.warnings.filter((code) => code !== 'template/undefined' && code !== 'template/failed');
        expect(own).to.deep.equal(other.warnings);
      }),
      { numRuns: 3_000, seed: 20_261_129 },
    );
    expect(seen.computed).to.be.greaterThan(500);
    expect(seen.left).to.be.greaterThan(500);
  });

  it('leave wrong arguments to Liquid, which refuses them', () => {
    for (const one of ['{{ n | default: 1, 1 }}', '{{ n | append: "a", "b" }}', '{{ n | append }}']) {
      const { scope, warnings } = filling({ n: false });
      expect(templates.text(one, scope), one).to.equal('');
      expect(warnings, one).to.deep.equal(['template/failed']);
    }
  });

  it('take steps of the turn for what they calculate, and nothing where none are left', () => {
    const { scope, warnings } = filling({ n: 1 });
    const allowance = newAllowance();
    const before = allowance.steps;
    templates.text('{{ n | plus: 1 }}', { ...scope, allowance });
    expect(allowance.steps).to.be.lessThan(before);
    expect(templates.expression('n', { ...scope, allowance: { steps: 0 } })).to.equal(undefined);
    expect(templates.text('{{ n | plus: 1 }}', { ...scope, allowance: { steps: 0 } })).to.equal('');
    expect(warnings).to.deep.equal(['template/failed', 'template/failed']);
  });
});

function filling(data: Readonly<Record<string, Json>>, language?: string): { readonly scope: TemplateScope; readonly warnings: string[] } {
  const warnings: string[] = [];
  return {
    warnings,
    scope: {
      data,
      now: '2026-11-24T23:30:00.000Z',
      timeZone: 'Europe/Berlin',
      language,
      random: () => 0.5,
      warn: (code) => void warnings.push(code),
    },
  };
}

const value: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(
    'Ada',
    '',
    '1.000',
    '1,5',
    '12',
    '2026-12-24',
    '2026-07-01 10:00',
    'STRASSE',
    'straße',
    'İ',
    ' two  words\nand one\r\n',
    '<b>"x" & \'y\'</b>',
    '👍🏽 and 日本',
    '\ud83d',
    'x'.repeat(3_000),
    0,
    1,
    -2.5,
    1e21,
    true,
    false,
    null,
  ),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.string({ maxLength: 8 }),
  fc.constant<Json>(['a', 'b']),
);
const data: fc.Arbitrary<Readonly<Record<string, Json>>> = fc
  .record({ n: value, name: value, day: value, total: value })
  .map(({ total, ...rest }) => ({ ...rest, order: { total } }));
const ODD_LITERALS = [
  ...[String.raw`"\n"`, String.raw`'\t\\'`, String.raw`"\u00e9"`, String.raw`"\q"`, '"|"', '"a | upcase"', `"it's"`, `'"'`, '"$&"', '", "'],
  ...['-0', '1.0', '007', '99999999999999999999', '0.1000000000000000055'],
] as const;
const literal = fc.constantFrom(
  '1',
  '-2',
  '1.19',
  '0',
  '100',
  '"x"',
  "'%d.%m.%Y'",
  '"%H:%M"',
  '""',
  '" "',
  '"and"',
  '"🏽"',
  '5',
  ...ODD_LITERALS,
);
const filter = fc
  .record({
    name: fc.constantFrom(
      ...['plus', 'minus', 'times', 'divided_by', 'modulo', 'round', 'abs', 'ceil', 'floor', 'at_least', 'at_most'],
      ...['date', 'upcase', 'downcase', 'append', 'prepend', 'default', 'capitalize', 'strip', 'lstrip', 'rstrip', 'strip_newlines'],
      ...['squish', 'normalize_whitespace', 'newline_to_br', 'escape', 'replace', 'replace_first', 'replace_last', 'remove'],
      ...[
        'remove_first',
        'remove_last',
        'truncate',
        'truncatewords',
        'number_of_words',
        'url_encode',
        'slugify',
        'size',
        'split',
        'nothing',
      ],
    ),
    args: fc.array(literal, { maxLength: 2 }),
  })
  .map(({ name, args }) => ` | ${name}${args.length > 0 ? `: ${args.join(', ')}` : ''}`);
const output = fc
  .record({
    path: fc.constantFrom('n', 'name', 'day', 'order.total', 'order', 'nobody', 'n.x'),
    filters: fc.array(filter, { maxLength: 3 }),
  })
  .map(({ path, filters }) => `{{ ${path}${filters.join('')} }}`);
const source = fc.array(fc.oneof(output, fc.constantFrom('Hello ', ' and ', '!')), { maxLength: 3 }).map((parts) => parts.join(''));
