import { expect } from 'chai';
import { readSource, sourcesIn } from './support/source-file.js';

describe('the parts that are loaded later', () => {
  it('can all be loaded', async () => {
    const files = ['src', 'plugins', 'adapters', 'platforms'].flatMap(sourcesIn).map(readSource);
    const lazy = new Set(files.flatMap(({ imports }) => imports.filter(({ isLazy }) => isLazy).map(({ target }) => target)));
    // It starts a host.
    lazy.delete('src/main.ts');
    expect([...lazy]).to.include.members(['src/http/api.ts', 'src/host/host-adapter.ts', 'src/demo.ts', 'src/store/mongo/open.ts']);
    for (const path of lazy) {
      const target = path.endsWith('.ts') ? `../${path.replace(/\.ts$/, '.js')}` : path;
      expect(Object.keys(await import(target)), path).to.not.deep.equal([]);
    }
  });
});
