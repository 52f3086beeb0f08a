import { expect } from 'chai';
import Joi from 'joi';
import { adapters } from '../../adapters/index.js';
import { plugins } from '../../plugins/all.js';
import type { Field, Json, NamedField } from '../../src/contract/index.js';
import { SETTINGS, TRIGGERS, VARIABLE_DECLARATION } from '../../src/flow/envelope-members.js';
import { formOf } from '../../src/flow/form/form-of.js';
import { type Described, valuesOf } from '../../src/flow/schema/described.js';
import { closed, described, json, numberOrText, oneOf, text } from '../../src/params/fields.js';

/** Every schema that the API gives a form of. */
const SCHEMAS: Readonly<Record<string, Joi.Schema>> = {
  ...Object.fromEntries(plugins.map(({ node }) => [node.type, node.params])),
  ...TRIGGERS,
  ...Object.fromEntries(adapters.map(({ type, config }) => [`channel of ${type}`, config])),
  variable: VARIABLE_DECLARATION,
  settings: SETTINGS,
};

describe('the form of a schema', () => {
  for (const [name, schema] of Object.entries(SCHEMAS)) {
    describe(name, () => {
      const fields = fieldsIn(formOf(schema));
      const schemas = schemasIn(schema.describe() as Described).filter(({ metas = [] }) => !metas.some(({ hidden }) => hidden));

      it('keeps all labels and sentences', () => {
        expect(wordsOf(fields.map(({ label, sentence }) => [label, sentence]))).to.deep.equal(
          wordsOf(schemas.map(({ flags = {} }) => [flags.label, flags.description])),
        );
      });

      it('keeps all values to choose, defaults, and numbers', () => {
        const numbers = (one: Field) => [one.min, one.max, one.moreThan].filter((limit) => limit !== undefined);
        const limits = ({ rules = [] }: Described) =>
          rules.flatMap(({ args: { limit, sign } = {} }) => (limit !== undefined ? [limit] : sign ? [0] : []));
        for (const limit of schemas.flatMap(limits)) expect(fields.flatMap(numbers)).to.include(limit);
        expect(asTexts(fields.flatMap(({ default: standard }) => (standard === undefined ? [] : [standard])))).to.include.members(
          asTexts(schemas.flatMap(({ flags = {} }) => (flags.default === undefined ? [] : [flags.default]))),
        );
        const chosen = fields.flatMap(({ values = [] }) => values.map(({ value }) => value));
        expect(chosen).to.include.members(schemas.flatMap(offeredBy));
      });

      it('gives every field a kind of its own', () => {
        const isAnything = schemas.some(({ type, metas, whens }) => type === 'any' && !metas && !whens);
        expect(fields.some(({ kind }) => kind === 'any')).to.equal(isAnything);
      });
    });
  }

  it('says what a text holds', () => {
    const field = text('Text', 'What the person reads.').max(20).required().meta({ rows: 3, address: true });
    expect(formOf(field)).to.deep.equal({
      kind: 'text',
      label: 'Text',
      sentence: 'What the person reads.',
      required: true,
      max: 20,
      rows: 3,
      address: true,
    });
    expect(formOf(text('Text', 'Words.').allow(''))).to.include({ min: 0 });
    expect(formOf(text('From', 'A channel.').meta({ holds: 'channel' })).kind).to.equal('channel');
    expect(formOf(Joi.any().meta({ holds: 'sealed' }))).to.deep.equal({ kind: 'json', sealed: true });
    expect(formOf(json('Value', 'Any.')).kind).to.equal('json');
  });

  it('names the values to choose', () => {
    const values = [
      { value: 'a', title: 'First' },
      { value: 'b', title: 'Second' },
    ];
    expect(formOf(oneOf({ a: 'First', b: 'Second' }))).to.deep.equal({ kind: 'choice', values });
    expect(formOf(oneOf(['GET', 'POST'])).values?.[1]).to.deep.equal({ value: 'POST', title: 'POST' });
    expect(formOf(Joi.string().meta({ titles: { en: 'English' } }))).to.deep.equal({
      kind: 'string',
      values: [{ value: 'en', title: 'English' }],
    });
  });

  it('says which siblings let a member have a place', () => {
    const members = membersOf(
      closed({
        action: Joi.string().valid('reply', 'send'),
        to: Joi.string().when('action', { is: 'send', then: Joi.required(), otherwise: Joi.forbidden() }),
        quote: Joi.boolean().when('action', { is: 'send', then: Joi.forbidden() }),
        wait: Joi.number(),
        timeout: Joi.number(),
        never: Joi.number(),
      })
        .with('timeout', 'wait')
        .without('never', 'wait'),
    );
    expect(members['to']).to.deep.include({ required: true, when: [{ pointer: '/action', is: ['send'] }] });
    expect(members['quote']?.when).to.deep.equal([{ pointer: '/action', is: ['send'], not: true }]);
    expect(members['timeout']?.when).to.deep.equal([{ pointer: '/wait' }]);
    expect(members['never']?.when).to.deep.equal([{ pointer: '/wait', not: true }]);
  });

  it('lists the members that depend on the value of another one', () => {
    const type = Joi.string()
      .valid('text', 'image')
      .required()
      .meta({ titles: { text: 'Text', image: 'Picture' } });
    const form = formOf(
      Joi.object({ type }).when('.type', {
        switch: [
          { is: 'text', then: closed({ type, text: Joi.string() }) },
          { is: 'image', then: closed({ type, url: Joi.string(), id: Joi.string() }).or('url', 'id') },
        ],
        otherwise: Joi.object().unknown(true),
      }),
    );
    expect(form.fields?.map(({ name }) => name)).to.deep.equal(['type']);
    expect(form.variants).to.deep.equal({
      by: 'type',
      cases: [
        { value: 'text', title: 'Text', fields: [{ name: 'text', field: { kind: 'string' } }] },
        {
          value: 'image',
          title: 'Picture',
          fields: [
            { name: 'url', field: { kind: 'string' } },
            { name: 'id', field: { kind: 'string' } },
          ],
          groups: [{ kind: 'or', members: ['url', 'id'] }],
        },
      ],
    });
  });

  it('gives members by other conditions these conditions', () => {
    const schema = Joi.object({ a: Joi.number() }).when('.a', { is: Joi.exist(), then: Joi.object({ b: Joi.number() }) });
    expect(membersOf(schema)['b']?.when).to.deep.equal([{ pointer: '/a' }]);
  });

  it('knows lists, maps and alternatives', () => {
    expect(formOf(Joi.array().items(Joi.number(), Joi.string()).max(3).unique())).to.deep.equal({
      kind: 'list',
      max: 3,
      unique: true,
      item: { kind: 'alternatives', anyOf: [{ kind: 'number' }, { kind: 'string' }] },
    });
    expect(formOf(Joi.object().pattern(/^[a-z]+$/, Joi.number()))).to.deep.equal({
      kind: 'map',
      pattern: '^[a-z]+$',
      item: { kind: 'number' },
    });
    expect(formOf(numberOrText('Latitude', 'In degrees.')).anyOf?.map(({ kind }) => kind)).to.deep.equal(['number', 'text']);
    const value = Joi.any().when('as', { is: 'number', then: Joi.number(), otherwise: Joi.string() });
    expect(membersOf(Joi.object({ as: Joi.string(), value }))['value']?.anyOf).to.deep.equal([
      { kind: 'number', when: [{ pointer: '/as', is: ['number'] }] },
      { kind: 'string', when: [{ pointer: '/as', is: ['number'], not: true }] },
    ]);
  });

  it('ends where a schema links to itself, and follows other links', () => {
    const tree = closed({ name: Joi.string(), children: Joi.array().items(Joi.link('#tree')) }).id('tree');
    expect(membersOf(tree)['children']?.item).to.deep.equal({ kind: 'any' });
    const shared = Joi.object({ home: described(Joi.link('#place'), 'Home', 'Where they live.') }).shared(
      Joi.object({ city: Joi.string() }).id('place'),
    );
    expect(membersOf(shared)['home']).to.deep.equal({
      kind: 'object',
      label: 'Home',
      sentence: 'Where they live.',
      fields: [{ name: 'city', field: { kind: 'string' } }],
    });
  });

  it('has the members in the order of the schema', () => {
    expect(Object.keys(membersOf(SCHEMAS['send-message'] as Joi.Schema))).to.have.ordered.members([
      ...['action', 'channel', 'to', 'message', 'replyToLast', 'ifWindowClosed', 'notDelivered', 'notRead', 'saveAs'],
    ]);
  });
});

function membersOf(schema: Joi.Schema): Readonly<Record<string, Field>> {
  return Object.fromEntries((formOf(schema).fields ?? []).map(({ name, field }) => [name, field]));
}

function fieldsIn(field: Field): readonly Field[] {
  const named: readonly NamedField[] = [...(field.fields ?? []), ...(field.variants?.cases ?? []).flatMap(({ fields }) => fields)];
  const inner = [...named.map((one) => one.field), ...(field.anyOf ?? []), ...(field.item ? [field.item] : [])];
  return [field, ...inner.flatMap(fieldsIn)];
}

/** Returns a described schema and all within it, except conditions and durations, which are fields as a whole. */
function schemasIn(schema: Described): readonly Described[] {
  if (schema.metas?.some(({ kind }) => kind)) return [{ ...schema, rules: [] }];
  const branches = [...(schema.matches ?? []), ...(schema.whens ?? [])].flatMap((one) => [
    ...('schema' in one && one.schema ? [one.schema] : []),
    ...(one.switch ?? []).map(({ then }) => then),
  ]);
  const inner = [
    ...Object.values(schema.keys ?? {}),
    ...(schema.items ?? []),
    ...(schema.patterns ?? []).flatMap(({ regex, rule }) => (String(regex) === '/^x-/' ? [] : [rule])),
    ...branches.flatMap((one) => (one ? [one] : [])),
  ];
  return [schema, ...inner.flatMap(schemasIn)];
}

/** Returns the values to choose; if some of them have titles, the others are not offered. */
function offeredBy(schema: Described): readonly Json[] {
  const { titles } = Object.assign({}, ...(schema.metas ?? [])) as { readonly titles?: object };
  return schema.flags?.only ? valuesOf(schema).filter((value) => !titles || Object.hasOwn(titles, String(value))) : [];
}

function wordsOf(pairs: readonly (readonly [string | undefined, string | undefined])[]): readonly string[] {
  return [...new Set(pairs.flatMap(([label, sentence]) => (label || sentence ? [`${label}: ${sentence}`] : [])))].sort();
}

function asTexts(values: readonly Json[]): readonly string[] {
  return values.map((value) => JSON.stringify(value));
}
