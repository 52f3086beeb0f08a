import { readdirSync } from 'node:fs';
import { expect } from 'chai';
import { adapters } from '../adapters/index.js';
import type { AdapterCases } from '../src/contract/index.js';
import { adapterSuite } from '../src/testing/index.js';

describe('every adapter', () => {
  it('is in the list by the name of its folder', () => {
    const folders = readdirSync('adapters', { withFileTypes: true }).flatMap((one) => (one.isDirectory() ? [one.name] : []));
    expect(adapters.map(({ type }) => type).sort()).to.deep.equal(folders.sort());
  });

  for (const { type, config } of adapters)
    it(`compares the whole text of a setting with its pattern: ${type}`, async () => {
      const { settings } = (await import(`../adapters/${type}/cases.js`)) as AdapterCases;
      const { value } = config.validate({ uri: 'parley', ...settings });
      const { keys } = config.describe() as { keys: Readonly<Record<string, { rules?: readonly { name: string }[] }>> };
      const names = Object.keys(keys).filter((name) => keys[name]?.rules?.some((rule) => rule.name === 'pattern'));
      expect(names).to.not.deep.equal([]);
      for (const name of names)
        for (const text of [`\t${value[name]}`, `${value[name]}\t`, `${value[name]}\n`])
          expect(config.validate({ ...settings, [name]: text }).error?.message, `${name}: ${JSON.stringify(text)}`).to.match(/pattern/);
    });
});

for (const adapter of adapters) {
  const cases = (await import(`../adapters/${adapter.type}/cases.js`)) as AdapterCases;
  adapterSuite(adapter, { cases, fixtures: `adapters/${adapter.type}/fixtures`, describe, it });
}
