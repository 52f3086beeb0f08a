import { existsSync, readdirSync } from 'node:fs';
import { expect } from 'chai';
import { plugins } from '../plugins/all.js';
import type { NodeCase } from '../src/contract/index.js';
import { pluginSuite } from '../src/testing/index.js';

describe('every plugin', () => {
  it('has a folder of its type, and every folder is in the list', () => {
    const folders = readdirSync('plugins', { withFileTypes: true }).flatMap((one) => (one.isDirectory() ? [one.name] : []));
    expect(plugins.map(({ node }) => node.type).sort()).to.deep.equal(folders.sort());
  });

  it('has its tables where the test finds them', () => {
    for (const { node } of plugins)
      for (const file of ['index.ts', 'cases.ts', 'README.md'])
        expect(existsSync(`plugins/${node.type}/${file}`), `${node.type}/${file}`).to.equal(true);
  });
});

for (const plugin of plugins) {
  const { type } = plugin.node;
  const { cases } = (await import(`../plugins/${type}/cases.js`)) as { readonly cases: readonly NodeCase[] };
  pluginSuite(plugin, { cases, folder: `plugins/${type}`, describe, it });
}
