import { expect } from 'chai';
import { GIVEN_OBJECTS, GIVEN_VARIABLES, type Json } from '../../src/contract/index.js';
import { describeLanguage } from '../../src/flow/language.js';
import { createHardenedLiquid } from '../../src/template/hardened-liquid.js';
import { createTemplates } from '../../src/template/templates.js';

describe('the language of flows', () => {
  const { given, filters, operators } = describeLanguage();

  it('has all given variables and objects, with their types and members', () => {
    expect(given.map(({ name }) => name)).to.deep.equal([...GIVEN_VARIABLES, ...GIVEN_OBJECTS].map(({ name }) => name));
    const named = new Map(given.map((one) => [one.name, one]));
    expect(named.get('wabaId')).to.deep.include({ type: 'text', on: ['whatsapp'] });
    expect(named.get('customerName')).to.deep.include({ type: 'text', on: ['whatsapp', 'viber'] });
    expect(named.get('now')).to.deep.include({ type: 'date' });
    expect(named.get('lastMessage')?.members).to.deep.include({ name: 'latitude', type: 'number' });
    expect(named.get('lastMessage')).to.not.have.property('open');
    expect(named.get('lastMessage')?.shape).to.have.nested.property('members.order.members.items.items.members.price', 'number');
    expect(named.get('contact')).to.deep.include({ open: true });
    expect(named.get('contact')?.members).to.deep.include({ name: 'groups', type: 'list' });
  });

  it('has every filter once', () => {
    const names = filters.map(({ name }) => name);
    expect(names).to.have.members(Object.keys(createHardenedLiquid().filters));
    expect(new Set(names).size).to.equal(names.length);
  });

  const templates = createTemplates();
  const data: Readonly<Record<string, Json>> = {
    ...{ names: ['Bo', 'Ada', 'Cy', 'Ada'], price: 12.5, day: '2026-12-24T18:30', nothing: null },
    items: [
      { name: 'Soup', price: 4 },
      { name: 'Pie', price: 9 },
    ],
  };
  for (const { name, example, result } of filters)
    it(`has an example of ${name} that is true`, () => {
      expect(example).to.match(new RegExp(`\\| ${name}\\b`));
      const scope = {
        ...{ data, now: '2026-11-24T09:00:00.000Z', timeZone: 'Europe/Berlin', random: () => 0.5 },
        warn: (code: string, detail: string) => expect.fail(`${code}: ${detail}`),
      };
      expect(templates.text(`{{ ${example} }}`, scope)).to.equal(result);
    });

  it('has every operator, and says what it takes', () => {
    const named = new Map(operators.map((one) => [one.name, one]));
    expect(named.get('numberBetween')).to.deep.equal({ name: 'numberBetween', title: 'is between', of: 'number', takes: 'range' });
    expect(named.get('stringContains')).to.include({ of: 'text', takes: 'value' });
    expect(named.get('exists')).to.include({ of: 'any', takes: 'nothing' });
    expect(named.get('stringHasAnyWord')).to.include({ of: 'text', takes: 'words' });
    expect(named.get('isWithinHours')).to.include({ of: 'date', takes: 'hours' });
    expect(operators).to.have.length(26);
  });
});
