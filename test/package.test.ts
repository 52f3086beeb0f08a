import { readFileSync } from 'node:fs';
import { expect } from 'chai';

interface Manifest {
  readonly files: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}
interface Lock {
  readonly packages: Readonly<Record<string, { readonly dev?: boolean; readonly devOptional?: boolean; readonly link?: boolean }>>;
}
const read = <T>(file: string) => JSON.parse(readFileSync(file, 'utf8')) as T;

describe('the package', () => {
  it('has the built console, and installs none of the packages that it is built of', () => {
    expect(read<Manifest>('package.json').files).to.include('dist/console');
    const { dependencies = {}, devDependencies } = read<Manifest>('console/package.json');
    expect(dependencies).to.deep.equal({});
    const installed = Object.entries(read<Lock>('package-lock.json').packages).flatMap(([path, { dev, devOptional, link }]) =>
      dev || devOptional || link || !path.includes('node_modules/') ? [] : [path.split('node_modules/').at(-1)],
    );
    expect(installed).to.include('express');
    expect(Object.keys(devDependencies).filter((name) => installed.includes(name))).to.deep.equal([]);
  });
});
