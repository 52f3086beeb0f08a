/** Makes a package of the files of a plugin or an adapter. `parley` and `typescript` come from a folder above, or are installed beside it. */
export function packageFiles(
  kind: 'plugin' | 'adapter',
  name: string,
  { files, version }: { readonly files: Readonly<Record<string, string>>; readonly version: string },
): Readonly<Record<string, string>> {
  return {
    ...Object.fromEntries(Object.entries(files).map(([file, text]) => [file.endsWith('.ts') ? `src/${file}` : file, text])),
    [`src/${kind}.test.ts`]: kind === 'plugin' ? PLUGIN_TEST : ADAPTER_TEST,
    'package.json': `${JSON.stringify(
      {
        name,
        version: '0.1.0',
        type: 'module',
        exports: './dist/index.js',
        files: ['dist', '!dist/*.test.*'],
        scripts: { build: 'tsc', test: `tsc && node --test dist/${kind}.test.js` },
        peerDependencies: { parley: `^${version}` },
        // npm would fetch a peer dependency from a registry, which may have another package of this name.
        peerDependenciesMeta: { parley: { optional: true } },
      },
      null,
      2,
    )}\n`,
    'tsconfig.json': `${JSON.stringify(
      {
        compilerOptions: {
          target: 'ES2023',
          module: 'NodeNext',
          types: ['node'],
          rootDir: 'src',
          outDir: 'dist',
          strict: true,
          declaration: true,
        },
        include: ['src'],
      },
      null,
      2,
    )}\n`,
  };
}

const PLUGIN_TEST = `import { describe, it } from 'node:test';
import { pluginSuite } from 'parley/testing';
import { cases } from './cases.js';
import plugin from './index.js';

pluginSuite(plugin, { cases, folder: '.', describe, it });
`;

const ADAPTER_TEST = `import { describe, it } from 'node:test';
import { adapterSuite } from 'parley/testing';
import * as cases from './cases.js';
import adapter from './index.js';

adapterSuite(adapter, { cases, fixtures: 'fixtures', describe, it });
`;
