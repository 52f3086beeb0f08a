import { expect } from 'chai';
import { adapters } from '../../adapters/index.js';
import { type AdapterCases, GIVEN_OBJECTS, GIVEN_VARIABLES } from '../../src/contract/index.js';

describe('what flows are given', () => {
  const names: readonly string[] = [...GIVEN_VARIABLES, ...GIVEN_OBJECTS].map(({ name }) => name);

  it('has each name once', () => {
    expect(names).to.deep.equal([...new Set(names)]);
  });

  for (const adapter of adapters)
    it(`has the variables of channels of the type ${adapter.type}`, async () => {
      const { settings } = (await import(`../../adapters/${adapter.type}/cases.js`)) as AdapterCases;
      const { value } = adapter.config.validate(settings);
      expect(names).to.include.members(Object.keys(adapter.variables(value)));
    });
});
