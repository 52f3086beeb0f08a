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
});

for (const adapter of adapters) {
  const cases = (await import(`../adapters/${adapter.type}/cases.js`)) as AdapterCases;
  adapterSuite(adapter, { cases, fixtures: `adapters/${adapter.type}/fixtures`, describe, it });
}
