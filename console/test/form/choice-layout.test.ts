import { expect } from 'chai';
import { adapters as hostAdapters } from '../../../adapters/index.js';
import { adaptersFor, layoutsOf, limitAt } from '../../src/form/choice-layout.js';
import { addRule, groupOf, negated, operatorsFor, readCondition, withOperator } from '../../src/form/condition-tree.js';
import type { KnownAdapter, KnownOperator } from '../../src/form/form-context.js';
import { CHOICE_NAMES, newRow, withTitle } from '../../src/form/named-row.js';
import { formOfType, memberOf } from './descriptors.js';

const adapters: readonly KnownAdapter[] = hostAdapters.map(({ type, platform, limits, replacesButtons }) => ({
  type,
  platform,
  title: type,
  limits,
  replacesButtons: replacesButtons === true,
}));
const choices = (count: number, more: object = {}) => ({
  type: 'text',
  choices: Array.from({ length: count }, (_, i) => ({ id: `${i}`, title: `Number ${i}`, ...more })),
});
const shown = (message: Parameters<typeof layoutsOf>[0]) =>
  Object.fromEntries(layoutsOf(message, adapters).map((one) => [one.title, one.shown]));

describe('the providers that a message is for', () => {
  const titles = (type: string, kind: string) => adaptersFor(memberOf(formOfType(type), 'message'), kind, adapters).map((one) => one.type);

  it('can show each kind that the field offers', () => {
    expect(titles('send-message', 'text')).to.have.members(['whatsapp', 'viber']);
    expect(titles('send-whatsapp-message', 'text')).to.deep.equal(['whatsapp']);
    expect(titles('send-viber-message', 'text')).to.deep.equal(['viber']);
  });

  it('can show the chosen kind, where the field offers kinds of several platforms', () => {
    expect(titles('end', 'template')).to.deep.equal(['whatsapp']);
    expect(titles('end', 'text')).to.have.members(['whatsapp', 'viber']);
  });
});

describe('the layout of choices', () => {
  it('is that of the host: buttons, a list, a numbered text; a keyboard where buttons are one', () => {
    expect(shown(choices(3))).to.deep.equal({ WhatsApp: 'buttons', Viber: 'keyboard' });
    expect(shown(choices(5))).to.deep.equal({ WhatsApp: 'list', Viber: 'keyboard' });
    expect(shown(choices(2, { description: 'More' }))).to.deep.equal({ WhatsApp: 'list', Viber: 'keyboard' });
    expect(shown(choices(11))).to.deep.equal({ WhatsApp: 'text', Viber: 'keyboard' });
    expect(shown({ ...choices(2), choicesAs: 'text' })).to.deep.equal({ WhatsApp: 'text', Viber: 'text' });
    expect(shown({ type: 'text' })).to.deep.equal({});
  });
});

describe('the tightest limit', () => {
  it('of a title follows from the layout', () => {
    expect(limitAt('/choices/0/title', choices(3), adapters)).to.deep.equal({ limit: 20, by: 'WhatsApp' });
    expect(limitAt('/choices/0/title', choices(5), adapters)).to.deep.equal({ limit: 24, by: 'WhatsApp' });
    expect(limitAt('/choices/0/title', choices(11), adapters)).to.deep.equal({ limit: 250, by: 'Viber' });
  });

  it('of a text follows from what stands below it', () => {
    expect(limitAt('/text', { type: 'text' }, adapters)?.limit).to.equal(4_096);
    expect(limitAt('/text', choices(3), adapters)?.limit).to.equal(1_024);
    expect(limitAt('/text', { type: 'image' }, adapters)?.limit).to.equal(1_024);
    expect(limitAt('/footer', { type: 'text' }, adapters)).to.equal(undefined);
    expect(limitAt('/footer', choices(2), adapters)?.limit).to.equal(60);
  });

  it('of a card is its own', () => {
    expect(limitAt('/cards/0/text', { type: 'carousel' }, adapters)?.limit).to.equal(160);
    expect(limitAt('/cards/0/choices/1/title', { type: 'carousel' }, adapters)?.limit).to.equal(20);
  });
});

describe('the title of a choice', () => {
  const rows = [
    { id: 'tea', title: 'Tea' },
    { id: 'mine', title: 'Coffee' },
  ];

  it('carries its id along, unless that was set by hand', () => {
    expect(withTitle(rows, 0, { title: 'Green tea', names: CHOICE_NAMES })).to.deep.equal({ id: 'green-tea', title: 'Green tea' });
    expect(withTitle(rows, 1, { title: 'Espresso', names: CHOICE_NAMES })).to.deep.equal({ id: 'mine', title: 'Espresso' });
  });

  it('of a new choice begins with a number', () => {
    expect(newRow(rows, CHOICE_NAMES)).to.deep.equal({ id: '1' });
    expect(withTitle([...rows, { id: '1', title: '' }], 2, { title: 'Water', names: CHOICE_NAMES })).to.deep.equal({
      id: 'water',
      title: 'Water',
    });
  });
});

describe('a condition', () => {
  const rule = { variable: 'a', operator: 'stringEquals', value: 'b' };
  const operator = (name: string, of: string, takes: KnownOperator['takes']): KnownOperator => ({ name, title: name, of, takes });

  it('is read as a rule, a group or its opposite', () => {
    expect(readCondition(rule).kind).to.equal('rule');
    expect(readCondition({ all: [rule] }).kind).to.equal('all');
    expect(readCondition({ not: rule }).kind).to.equal('not');
    expect(readCondition('nonsense')).to.deep.equal({ kind: 'rule', rule: {} });
  });

  it('grows into a group, and shrinks back to a rule', () => {
    expect(addRule(rule, 'all')).to.have.nested.property('all[0]', rule);
    expect(addRule({ all: [rule] }, 'all'))
      .to.have.property('all')
      .with.length(2);
    expect(addRule({ all: [rule] }, 'any'))
      .to.have.nested.property('any[0]')
      .deep.equal({ all: [rule] });
    expect(groupOf('all', [rule])).to.equal(rule);
  });

  it('turned round twice is itself', () => {
    expect(negated(negated(rule))).to.equal(rule);
  });

  it('keeps its value as far as the operator takes it', () => {
    expect(withOperator(rule, operator('exists', 'any', 'nothing'))).to.deep.equal({ variable: 'a', operator: 'exists' });
    expect(withOperator(rule, operator('numberBetween', 'number', 'range'))).to.deep.include({ value: ['b', ''] });
    expect(withOperator({ ...rule, value: [1, 2] }, operator('numberEquals', 'number', 'value'))).to.deep.include({ value: 1 });
    expect(withOperator(rule, operator('stringIn', 'text', 'list'))).to.deep.include({ value: ['b'] });
    expect(withOperator(rule, operator('stringHasAnyWord', 'text', 'words'))).to.deep.include({ value: 'b' });
    const within = withOperator({ ...rule, variable: '' }, operator('isWithinHours', 'date', 'hours'));
    expect(within).to.have.property('variable', 'now');
    expect(within['value']).to.deep.include({ from: '09:00', to: '17:00' });
    expect(withOperator(within, operator('stringEquals', 'text', 'value'))).to.deep.include({ value: '' });
  });

  it('offers the operators for the type of its variable first', () => {
    const operators = [
      operator('stringEquals', 'text', 'value'),
      operator('numberEquals', 'number', 'value'),
      operator('exists', 'any', 'nothing'),
    ];
    const known = { operators, variables: [{ name: 'guests', type: 'number' }] };
    expect(operatorsFor('guests', known).fitting.map(({ name }) => name)).to.deep.equal(['numberEquals', 'exists']);
    expect(operatorsFor('other', known).fitting).to.have.length(3);
  });
});
