import { expect } from 'chai';
import type { Field } from '../../../src/contract/form.js';
import type { Json } from '../../../src/contract/json.js';
import { alternativesForm, numberOrText, withPlacedAlternatives } from '../../src/form/alternative.js';
import { charactersLeft } from '../../src/form/choice-layout.js';
import type { FormContext } from '../../src/form/form-context.js';
import { followsTitle, idFromTitle } from '../../src/form/id-from-title.js';
import { jsonAsText, jsonKind, readJsonText } from '../../src/form/json-text.js';
import { listForm, restOfRow, titleOfItem } from '../../src/form/list-form.js';
import { freeName, renamed } from '../../src/form/map-names.js';
import { readNumber, stepped } from '../../src/form/number-text.js';
import { calmProblems, placeProblems } from '../../src/form/place-problems.js';
import { landingPlace, moved } from '../../src/form/reorder.js';
import { completionsAt } from '../../src/form/template/completion.js';
import { isOneExpression, templateRanges } from '../../src/form/template/template-ranges.js';
import { tryRegex } from '../../src/form/try-regex.js';
import { writtenText } from '../../src/form/written-text.js';

describe('an id that follows its title', () => {
  it('is made of small letters, digits and dashes', () => {
    expect(idFromTitle('Wednesday, 7 pm!', { max: 64, taken: [] })).to.equal('wednesday-7-pm');
    expect(idFromTitle('Größe Ä', { max: 64, taken: [] })).to.equal('grosse-a');
  });

  it('is different from the others, and never empty', () => {
    expect(idFromTitle('Tea', { max: 64, taken: ['tea'] })).to.equal('tea-2');
    expect(idFromTitle('茶', { max: 64, taken: ['1'] })).to.equal('2');
  });

  it('keeps within its length', () => {
    expect(idFromTitle('a'.repeat(80), { max: 64, taken: ['a'.repeat(64)] })).to.have.length.at.most(64);
  });

  it('stops following when it is set by hand', () => {
    const rule = { max: 64, taken: [] };
    expect(followsTitle('tea', 'Tea', rule)).to.equal(true);
    expect(followsTitle('', 'Tea', rule)).to.equal(true);
    expect(followsTitle('order-tea', 'Tea', rule)).to.equal(false);
  });
});

describe('any value as words', () => {
  it('is read as what it looks like', () => {
    expect(readJsonText('4', '')).to.equal(4);
    expect(readJsonText('true', 'tru')).to.equal(true);
    expect(readJsonText('{"a":[1]}', '{"a":[1]')).to.deep.equal({ a: [1] });
    expect(readJsonText('{{ guests }}', '')).to.equal('{{ guests }}');
    expect(readJsonText('007', '')).to.equal('007');
    expect(readJsonText('1e400', '')).to.equal('1e400');
  });

  it('stays a text that was made one on purpose', () => {
    expect(readJsonText('12', '1')).to.equal('12');
  });

  it('says what it will be', () => {
    expect(['{{ a }}', 'x {{ a }}', 4, null, [], {}].map((one) => jsonKind(one))).to.deep.equal([
      'expression',
      'text',
      'number',
      'null',
      'list',
      'object',
    ]);
  });

  it('is written again as it was', () => {
    for (const value of [4, true, { a: 1 }, ['x']]) expect(readJsonText(jsonAsText(value), undefined)).to.deep.equal(value);
  });
});

describe('templates in a text', () => {
  it('are found, closed or not', () => {
    expect(templateRanges('Hi {{ a }}, {% if b %}')).to.deep.equal([
      { from: 3, to: 10, kind: 'output', isClosed: true },
      { from: 12, to: 22, kind: 'tag', isClosed: true },
    ]);
    expect(templateRanges('Hi {{ a {{ b }}').map(({ isClosed }) => isClosed)).to.deep.equal([false, true]);
    expect(templateRanges('{{ a\nb')[0]?.to).to.equal(4);
  });

  it('may be all of it', () => {
    expect(['{{ a }}', ' {{ a }} ', 'x {{ a }}', '{{ a }}{{ b }}', '{% a %}'].map(isOneExpression)).to.deep.equal([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});

describe('completion', () => {
  const known: Pick<FormContext, 'variables' | 'filters'> = {
    variables: [
      { name: 'guests', type: 'number', origin: 'flow' },
      { name: 'contact', type: 'object', shape: { members: { name: 'text', language: 'text' }, open: true } },
      { name: 'order', type: 'object', shape: { members: { items: { items: { members: { title: 'text', price: 'number' } } } } } },
    ],
    filters: [{ name: 'upcase', sentence: 'In capital letters.', example: '{{ "a" | upcase }}' }],
  };
  const labels = (text: string, language: 'template' | 'expression' = 'template') =>
    completionsAt(text, { position: text.length, language }, known)?.options.map(({ label }) => label);

  it('offers variables and members after two braces', () => {
    expect(labels('Hi {{')).to.deep.equal(['guests', 'contact', 'order']);
    expect(completionsAt('Hi {{', { position: 5, language: 'template' }, known)?.options[0]).to.deep.include({
      written: ' guests }}',
      detail: 'number · flow',
    });
  });

  it('offers members after a dot', () => {
    expect(labels('{{ contact.na')).to.deep.equal(['name', 'language']);
  });

  it('offers members at all depths, with their types', () => {
    expect(labels('{{ order.')).to.deep.equal(['items']);
    expect(labels('{{ order.items.')).to.deep.equal(['size', 'first', 'last']);
    expect(labels('{{ order.items.first.')).to.deep.equal(['title', 'price']);
    expect(completionsAt('{{ order.items[0].', { position: 18, language: 'template' }, known)?.options).to.deep.equal([
      { label: 'title', detail: 'text', written: 'title }}' },
      { label: 'price', detail: 'number', written: 'price }}' },
    ]);
    expect(labels('order.items[0].pr', 'expression')).to.deep.equal(['title', 'price']);
    expect(labels('{{ order.nothing.')).to.deep.equal([]);
  });

  it('offers members that are listed by their whole names', () => {
    const whole = { ...known, variables: [{ name: 'contact.email', type: 'text' }] };
    expect(completionsAt('{{ contact.', { position: 11, language: 'template' }, whole)?.options).to.deep.equal([
      { label: 'email', detail: 'text', written: 'email }}' },
    ]);
  });

  it('offers filters after a bar', () => {
    expect(labels('{{ guests | up')).to.deep.equal(['upcase']);
  });

  it('offers nothing among plain words, in quotes, and after a value', () => {
    expect(labels('Hi gue')).to.equal(undefined);
    expect(labels('{{ "gu')).to.equal(undefined);
    expect(labels('{{ guests gu')).to.equal(undefined);
  });

  it('closes the braces once', () => {
    expect(completionsAt('{{ gu }}', { position: 5, language: 'template' }, known)?.options[0]?.written).to.equal('guests');
    expect(completionsAt('{{ gu', { position: 5, language: 'template' }, known)?.options[0]?.written).to.equal('guests }}');
  });

  it('reads an expression as a whole', () => {
    expect(labels('', 'expression')).to.include('guests');
    expect(labels('guests | ', 'expression')).to.deep.equal(['upcase']);
  });

  it('offers values after an operator', () => {
    expect(labels('{% if guests > gu')).to.include('guests');
  });
});

describe('numbers', () => {
  it('are read with point or comma; half of one is none', () => {
    expect(['1.5', '1,5', '-', '1.', '', 'x'].map(readNumber)).to.deep.equal([1.5, 1.5, undefined, 1, undefined, undefined]);
  });

  it('step within their bounds', () => {
    expect(stepped(5, 1, { kind: 'number', max: 5 })).to.equal(5);
    expect(stepped(undefined, 1, { kind: 'number', default: 10 })).to.equal(11);
  });
});

describe('a list', () => {
  const object = (...fields: [string, Field][]): Field => ({ kind: 'object', fields: fields.map(([name, field]) => ({ name, field })) });
  const name: [string, Field] = ['name', { kind: 'variable', label: 'Name', required: true }];
  const type: [string, Field] = ['type', { kind: 'choice', label: 'Type', required: true, values: [{ value: 'text', title: 'Text' }] }];
  const input: [string, Field] = ['input', { kind: 'boolean', label: 'Input' }];
  const choices: [string, Field] = ['choices', { kind: 'list', label: 'Choices', item: { kind: 'string' } }];

  it('is drawn by what its members are', () => {
    const form = (item: Field) => listForm({ kind: 'list', item });
    expect(form({ kind: 'string' })).to.equal('tags');
    expect(form({ kind: 'choice' })).to.equal('chips');
    expect(form({ kind: 'text' })).to.equal('lines');
    expect(form(object(name, type, input))).to.equal('rows');
    expect(form(object(name, type, choices))).to.equal('cards');
    expect(form(object(name))).to.equal('cards');
  });

  it('says in a row what stands beside its columns', () => {
    const rest = restOfRow(
      [
        { name: 'default', field: { kind: 'any', label: 'Default' } },
        { name: 'input', field: input[1] },
      ],
      {
        name: 'guests',
        default: 2,
        input: true,
      },
    );
    expect(rest).to.deep.equal([
      { label: 'Default', value: '2' },
      { label: 'Input', value: '' },
    ]);
  });

  it('names a member by its title, its name, or its first text, not by a number or its kind', () => {
    expect(
      [{ id: 'a', title: 'A' }, { after: { value: 5 }, message: { type: 'text', body: 'Hi' } }, 'x', {}].map(titleOfItem),
    ).to.deep.equal(['A', 'Hi', 'x', '']);
  });
});

describe('alternatives', () => {
  const number: Field = { kind: 'number', label: 'Latitude' };
  const text: Field = { kind: 'text', label: 'Latitude' };

  it('of a number and a text are one field', () => {
    expect(alternativesForm({ kind: 'alternatives', anyOf: [number, text] }, 1)).to.deep.equal({ kind: 'number-or-text' });
    expect([numberOrText('52.5'), numberOrText('{{ a }}')]).to.deep.equal([52.5, '{{ a }}']);
  });

  it('are chosen by what the value is', () => {
    const list: Field = { kind: 'list', item: { kind: 'text' } };
    const map: Field = { kind: 'map', item: { kind: 'text' } };
    const chosen = (value: Json | undefined) => {
      const form = alternativesForm({ kind: 'alternatives', anyOf: [list, map] }, value);
      return form.kind === 'one-of' ? form.chosen?.kind : undefined;
    };
    expect([chosen(['a']), chosen({ a: 'b' }), chosen(undefined)]).to.deep.equal(['list', 'map', undefined]);
  });

  it('without a place beside their neighbours are left out', () => {
    const field: Field = {
      kind: 'alternatives',
      label: 'Value',
      anyOf: [
        { kind: 'regex', when: [{ pointer: '/operator', is: ['matches'] }] },
        { kind: 'json', when: [{ pointer: '/operator', is: ['matches'], not: true }] },
      ],
    };
    expect(withPlacedAlternatives(field, { operator: 'matches' }, [])).to.include({ kind: 'regex', label: 'Value' });
    expect(withPlacedAlternatives(field, { operator: 'is' }, [])).to.include({ kind: 'json', label: 'Value' });
  });
});

describe('the names of a map', () => {
  it('are changed in their place, and stay different', () => {
    expect(Object.entries(renamed({ a: 1, b: 2 }, 'a', 'c'))).to.deep.equal([
      ['c', 1],
      ['b', 2],
    ]);
    expect(renamed({ a: 1, b: 2 }, 'a', 'b')).to.deep.equal({ a: 1, b: 2 });
    expect(freeName(['name'])).to.equal('name_2');
  });
});

describe('an emptied text', () => {
  it('is gone if it is optional, and stays if it is required or may be empty', () => {
    expect([writtenText({}, ''), writtenText({ required: true }, ''), writtenText({ min: 0 }, '')]).to.deep.equal([undefined, '', '']);
  });
});

describe('problems', () => {
  const problem = (pointer: string) => ({ pointer, code: 'c', message: 'm', hint: 'h', severity: 'error' as const });

  it('go to the field with their pointer, else to the nearest around them', () => {
    const { own, byPointer } = placeProblems([problem('/a/b/0'), problem('/a'), problem('/c')], ['/a', '/a/b']);
    expect(own.map((one) => one.pointer)).to.deep.equal(['/c']);
    expect(byPointer.get('/a/b')?.map((one) => one.pointer)).to.deep.equal(['/a/b/0']);
    expect(byPointer.get('/a')).to.have.length(1);
  });

  it('do not go to a field whose name only begins alike', () => {
    expect(placeProblems([problem('/choicesAs')], ['/choices']).own).to.have.length(1);
  });

  it('that are new wait while somebody types; those that are mended go at once', () => {
    expect(calmProblems([problem('/a')], [])).to.deep.equal([]);
    expect(calmProblems([problem('/a')], [problem('/a'), problem('/b')])).to.have.length(1);
  });
});

describe('the order of a list', () => {
  it('changes by one move', () => {
    expect(moved(['a', 'b', 'c'], 0, 2)).to.deep.equal(['b', 'c', 'a']);
    expect(moved(['a', 'b', 'c'], 2, 0)).to.deep.equal(['c', 'a', 'b']);
  });

  it('a row lands below the rows whose middle is above the pointer', () => {
    expect(landingPlace([10, 30, 50], 0, 40)).to.equal(1);
    expect(landingPlace([10, 30, 50], 2, 0)).to.equal(0);
    expect(landingPlace([10, 30, 50], 1, 31)).to.equal(1);
  });
});

describe('a regular expression that is tried', () => {
  it('shows what it finds', () => {
    expect(tryRegex('^order (?P<number>\\d+)$', 'order 12')).to.deep.equal({ kind: 'match', groups: [['number', '12']] });
    expect(tryRegex('(?i)TEA', 'tea')).to.deep.equal({ kind: 'match', groups: [] });
    expect(tryRegex('^x', 'y')).to.deep.equal({ kind: 'none' });
    expect(tryRegex('(', 'y')).to.deep.equal({ kind: 'unknown' });
  });
});

describe('characters left', () => {
  it('are counted as people count them, and not where a template decides', () => {
    expect(charactersLeft('äb👍', 5)).to.equal(2);
    expect(charactersLeft('{{ a }}', 5)).to.equal(undefined);
    expect(charactersLeft(undefined, 5)).to.equal(undefined);
  });
});
