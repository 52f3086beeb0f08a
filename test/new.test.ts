import { expect } from 'chai';
import { withEntry } from '../scripts/new/list-entry.js';
import { adapterFiles } from '../src/cli/new/adapter-files.js';
import { packageFiles } from '../src/cli/new/package-files.js';
import { INSIDE } from '../src/cli/new/parley-from.js';
import { pluginFiles } from '../src/cli/new/plugin-files.js';

describe('npm run new', () => {
  it('puts a line into the list: the import where it belongs, the entry at the end', () => {
    const list =
      "import type { Plugin } from 'x';\nimport end from './end/index.js';\nimport wait from './wait/index.js';\n\nexport const plugins = [end, wait];\n";
    expect(withEntry(list, 'pick-number')).to.equal(
      "import type { Plugin } from 'x';\nimport end from './end/index.js';\nimport pickNumber from './pick-number/index.js';\nimport wait from './wait/index.js';\n\nexport const plugins = [end, wait, pickNumber];\n",
    );
    expect(withEntry(list.replace('[end, wait]', '[\n  end,\n  wait,\n]'), 'zoom')).to.match(/wait, zoom,\n\];/);
  });

  it('makes a package that asks no registry for Parley', () => {
    const made = packageFiles('plugin', 'my-node', { files: { 'index.ts': 'x', 'README.md': 'y' }, version: '1.2.3' });
    expect(made).to.include({ 'src/index.ts': 'x', 'README.md': 'y' });
    expect(JSON.parse(made['package.json'] ?? '')).to.deep.include({
      name: 'my-node',
      type: 'module',
      exports: './dist/index.js',
      peerDependencies: { parley: '^1.2.3' },
      peerDependenciesMeta: { parley: { optional: true } },
    });
  });

  it('makes what the tests of every plugin and adapter demand, with tables that are still empty', () => {
    expect(Object.keys(pluginFiles('my-node', INSIDE))).to.include.members(['index.ts', 'params.ts', 'node.ts', 'cases.ts', 'README.md']);
    expect(pluginFiles('my-node', INSIDE)['node.ts']).to.include("type: 'my-node'");
    expect(pluginFiles('my-node', INSIDE)['cases.ts']).to.include('= [];');
    const adapter = adapterFiles('my-provider', 'viber', INSIDE);
    for (const file of ['index', 'config', 'verify', 'parse', 'render', 'shows', 'accepts', 'read', 'limits', 'cases'])
      expect(adapter).to.have.property(`${file}.ts`);
    expect(adapter['index.ts']).to.include("platform: 'viber'");
  });
});
