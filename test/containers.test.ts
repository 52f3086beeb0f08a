import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { parse } from 'yaml';
import { describeConfig, loadConfig } from '../src/config/load.js';
import { startTestApp, type TestApp } from './support/test-app.js';

// No container is run here: what can be told of the files without an engine is.

interface Service {
  readonly image: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck: { readonly test: readonly string[] };
  readonly ports?: readonly string[];
  readonly restart: string;
  readonly stop_grace_period: string;
  readonly volumes?: readonly string[];
}
const compose = parse(readFileSync('compose.yaml', 'utf8')) as {
  readonly services: { readonly host: Service; readonly mongo: Service };
  readonly volumes: Readonly<Record<string, unknown>>;
};
const { host, mongo } = compose.services;
const instructions = readFileSync('Containerfile', 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const [word = '', ...rest] = line.split(' ');
    return { word, rest: rest.join(' ') };
  });
const last = (word: string) => instructions.filter((one) => one.word === word).at(-1)?.rest ?? '';
const imageEnv = Object.fromEntries(
  last('ENV')
    .split(' ')
    .map((pair) => pair.split('=') as [string, string]),
);
/** What compose makes of `${NAME:-standard}` and `${NAME:?words}`. */
const filledIn = (value: string, env: Readonly<Record<string, string>>) =>
  value.replace(/\$\{(\w+):[-?]([^}]*)\}/g, (_all, name: string, standard: string) => env[name] ?? (value.includes(':?') ? '' : standard));

describe('compose.yaml and the Containerfile', () => {
  it('each setting is one of the host, and together they are right', () => {
    const known = describeConfig().map(({ name }) => name);
    const given = Object.entries(host.environment ?? {});
    expect(
      [...given.map(([name]) => name), ...Object.keys(imageEnv)].filter((name) => name !== 'NODE_ENV' && !known.includes(name)),
    ).to.deep.equal([]);
    const key = { PARLEY_ADMIN_KEY: 'a-key-of-the-environment' };
    const env = { ...imageEnv, ...Object.fromEntries(given.map(([name, value]) => [name, filledIn(String(value), key)])) };
    const config = loadConfig(env);
    if ('mistakes' in config) throw new Error(config.mistakes.join(', '));
    expect(config).to.include({ ...key, HOST: '0.0.0.0', PORT: 3000, EMULATORS: false, MONGODB_URL: 'mongodb://mongo:27017/parley' });
    expect(config.PUBLIC_URL).to.equal(undefined);
    const alone = loadConfig({ ...imageEnv, ...key });
    expect(alone).to.include({ HOST: '0.0.0.0', EMULATORS: false, DATA_DIR: '/data' });
  });

  it('no key is written in them, and without one the host does not start', () => {
    expect(host.environment?.['PARLEY_ADMIN_KEY']).to.match(/^\$\{PARLEY_ADMIN_KEY:\?.+\}$/);
    expect(Object.keys(imageEnv)).to.not.include('PARLEY_ADMIN_KEY');
  });

  it('the host waits for a healthy MongoDB of its own, which keeps its data and is published nowhere', () => {
    expect(host.depends_on).to.deep.equal({ mongo: { condition: 'service_healthy' } });
    expect(Number(/^mongo:(\d+)/.exec(mongo.image)?.[1])).to.be.at.least(7);
    expect(mongo.ports).to.equal(undefined);
    const [[volume, target] = []] = (mongo.volumes ?? []).map((one) => one.split(':'));
    expect([Object.keys(compose.volumes), target]).to.deep.equal([[volume], '/data/db']);
    expect(host.ports).to.deep.equal([`127.0.0.1:${imageEnv['PORT']}:${host.environment?.['PORT']}`]);
  });

  it('both come up again, and have time to stop: the host more than its own ten seconds', () => {
    for (const { restart, stop_grace_period: grace } of [host, mongo]) {
      expect(restart).to.equal('unless-stopped');
      expect(Number(/^(\d+)s$/.exec(grace)?.[1])).to.be.above(10);
    }
  });

  it('signals reach node itself, which is not root, and runs what the build makes', () => {
    expect(JSON.parse(last('CMD'))).to.deep.equal(['node', 'dist/src/main.js']);
    expect(existsSync('src/main.ts')).to.equal(true);
    expect(last('USER')).to.equal('node');
    const { engines } = JSON.parse(readFileSync('package.json', 'utf8')) as { engines: { node: string } };
    const major = /\d+/.exec(engines.node)?.[0];
    for (const { rest } of instructions.filter(({ word }) => word === 'FROM'))
      expect(rest).to.match(new RegExp(`^node:${major}-slim( |$)`));
    for (const { rest } of instructions.filter(({ word }) => word === 'RUN'))
      if (rest.includes('npm ')) expect(rest).to.include('--ignore-scripts');
  });

  it('everything that is copied is there and reaches the builder, and nothing else does', () => {
    const copied = instructions
      .filter(({ word, rest }) => word === 'COPY' && !rest.startsWith('--from'))
      .flatMap(({ rest }) => rest.split(' ').slice(0, -1));
    expect(copied.filter((one) => !existsSync(one))).to.deep.equal([]);
    const lines = readFileSync('.dockerignore', 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    expect(lines[0]).to.equal('*');
    expect(lines.slice(1).sort()).to.deep.equal([...new Set(copied)].map((one) => `!${one}`).sort());
    expect(host.build).to.deep.equal({ context: '.', dockerfile: 'Containerfile' });
  });

  describe('the health checks', () => {
    let app: TestApp;
    before(async () => {
      app = await startTestApp();
    });
    after(() => app.app.stop());
    /** Runs a check as an engine would, but for the port. */
    const checked = ([program, ...args]: readonly string[], port: string) =>
      new Promise<number>((done) => {
        const there = args.map((one) => one.replace(':3000/', `:${port}/`));
        expect(program).to.equal('node');
        execFile(process.execPath, there, { env: { PORT: port } }, (error) => done(typeof error?.code === 'number' ? error.code : 0));
      });

    it('are well while a host is ready, and are not while there is none', async () => {
      const [, ...fromCompose] = host.healthcheck.test;
      const fromImage = JSON.parse(last('HEALTHCHECK').replace(/^.*? CMD /, '')) as readonly string[];
      for (const check of [fromCompose, fromImage]) {
        expect(check.join(' ')).to.include('/health/ready');
        expect(await checked(check, new URL(app.url).port)).to.equal(0);
        expect(await checked(check, '9')).to.equal(1);
      }
    });
  });
});
