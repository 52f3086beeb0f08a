import { expect } from 'chai';
import { withAdapter, withPlugin } from '../scripts/new/list-entry.js';
import { adapterFiles } from '../src/cli/new/adapter-files.js';
import { packageFiles } from '../src/cli/new/package-files.js';
import { INSIDE } from '../src/cli/new/parley-from.js';
import { pluginFiles } from '../src/cli/new/plugin-files.js';

describe('npm run new', () => {
  it('puts a line into the list of adapters: the import where it belongs, the entry at the end', () => {
    const list =
      "import type { ChannelAdapter } from 'x';\nimport viber from './viber/index.js';\nimport whatsapp from './whatsapp/index.js';\n\nexport const adapters = [whatsapp, viber];\n";
    expect(withAdapter(list, 'web-chat')).to.equal(
      "import type { ChannelAdapter } from 'x';\nimport viber from './viber/index.js';\nimport webChat from './web-chat/index.js';\nimport whatsapp from './whatsapp/index.js';\n\nexport const adapters = [whatsapp, viber, webChat];\n",
    );
    expect(withAdapter(list.replace('[whatsapp, viber]', '[\n  whatsapp,\n  viber,\n]'), 'zoom')).to.match(/viber, zoom,\n\];/);
  });

  it('puts a line at the end of the table of plugins', () => {
    const table = "export const plugins = {\n  end: () => import('./end/index.js'),\n};\n";
    const made = withPlugin(withPlugin(table, 'pick-number'), 'zoom');
    expect(made).to.equal(
      "export const plugins = {\n  end: () => import('./end/index.js'),\n  'pick-number': () => import('./pick-number/index.js'),\n  zoom: () => import('./zoom/index.js'),\n};\n",
    );
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
