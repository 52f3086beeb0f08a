import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { createApp } from '../../src/app.js';
import { loadConfig } from '../../src/config/load.js';
import { CallError, UnreadableBody } from '../../src/contract/index.js';
import { loadExtensions } from '../../src/extensions/load-extensions.js';
import { aPackage, type HostFolder, makeHostFolder, pluginCode } from '../support/packages.js';

describe('the packages of PLUGINS and ADAPTERS', () => {
  let host: HostFolder;
  beforeEach(() => {
    host = makeHostFolder();
  });
  afterEach(() => host.remove());

  async function load(PLUGINS: readonly string[], ADAPTERS: readonly string[] = [], patience = 5_000) {
    const loaded = await loadExtensions({ PLUGINS, ADAPTERS }, { folder: host.path, patience });
    return 'mistakes' in loaded ? loaded.mistakes : { plugins: loaded.plugins.map(({ node }) => node.type), adapters: loaded.adapters };
  }

  it('are found by name, by a path inside them, as a folder and as a file, and may give a list', async () => {
    host.write({
      ...aPackage('one', pluginCode(`type: 'one'`)),
      ...aPackage('@acme/nodes', '', { exports: { './two': './two.js' } }),
      'node_modules/@acme/nodes/two.js': pluginCode(`type: 'two'`),
      'my-node/package.json': JSON.stringify({ name: 'my-node', type: 'module', exports: './three.js' }),
      'my-node/three.js': pluginCode(`type: 'three'`),
      'old/package.json': JSON.stringify({ name: 'old', type: 'module', main: 'main.js' }),
      'old/main.js': pluginCode(`type: 'four'`),
      'list.mjs': `import four from './old/main.js';\nconst named = (type) => ({ node: { ...four.node, type } });\nexport default [named('five'), named('six')];\n`,
      'common.cjs': `module.exports = require('./old/main.js').default;\nmodule.exports = { node: { ...module.exports.node, type: 'seven' } };\n`,
    });
    const wanted = ['one', '@acme/nodes/two', './my-node', './old', './list.mjs', './common.cjs'];
    expect(await load(wanted)).to.deep.include({ plugins: ['one', 'two', 'three', 'four', 'five', 'six', 'seven'] });
  });

  it('are refused in words, all mistakes of all packages at once', async () => {
    host.write({
      ...aPackage('throws', `throw new Error('no licence\\n for this host');`),
      ...aPackage('broken', 'export default {'),
      ...aPackage('needy', `import 'not-installed';`),
      ...aPackage('throws-nothing', 'throw undefined;'),
      ...aPackage('throws-long', "throw new Error('x'.repeat(501));"),
      ...aPackage('silent', 'export const plugin = 1;'),
      ...aPackage('number', 'export default 7;'),
      ...aPackage('empty', 'export default [];'),
      ...aPackage('sloppy', pluginCode(`type: 'My Node', version: 0.5, title: '', group: 'games', enter: 1`)),
    });
    const mistakes = await load(
      ['nowhere', './nowhere', 'throws', 'broken', 'needy', 'throws-nothing', 'throws-long', 'silent', 'number', 'empty', 'sloppy'],
      ['number', 'nobody'],
    );
    expect(mistakes).to.deep.equal([
      'PLUGINS: nowhere: there is no such package in this folder; is it installed ("npm install nowhere")?',
      'PLUGINS: ./nowhere: there is no such file or folder',
      'PLUGINS: throws: it cannot be loaded: no licence for this host',
      'PLUGINS: broken: it cannot be loaded: Unexpected end of input',
      `PLUGINS: needy: it cannot be loaded: Cannot find package 'not-installed' imported from ${join(host.path, 'node_modules/needy/index.js')}`,
      'PLUGINS: throws-nothing: it cannot be loaded: undefined',
      `PLUGINS: throws-long: it cannot be loaded: ${'x'.repeat(500)}`,
      'PLUGINS: silent: it has no default export',
      'PLUGINS: number: it is not a plugin: use definePlugin({ node })',
      'PLUGINS: empty: the list is empty',
      'PLUGINS: sloppy: node.type must be in kebab-case, but is My Node',
      'PLUGINS: sloppy: node.version must be an integer',
      'PLUGINS: sloppy: node.version must be greater than or equal to 1',
      'PLUGINS: sloppy: node.title is not allowed to be empty',
      'PLUGINS: sloppy: node.group must be one of [messaging, core, intelligence, contact]',
      'PLUGINS: sloppy: node.enter must be of type function',
      'ADAPTERS: number: it is not an adapter: use defineAdapter({ … })',
      'ADAPTERS: nobody: there is no such package in this folder; is it installed ("npm install nobody")?',
    ]);
  });

  it('that are never done with loading are given up', async () => {
    host.write(aPackage('slow', 'await new Promise(() => {});'));
    expect(await load(['slow'], [], 20)).to.deep.equal(['PLUGINS: slow: it did not load within 0.02 s']);
  });

  it('cannot take what is there: a node type of a version, a service, an adapter', async () => {
    const service = (name: string) => `service: { name: '${name}', input: closed({}), call: async () => null }`;
    const adapter = (type: string) =>
      `import whatsapp from '${join(process.cwd(), 'dist/adapters/whatsapp/index.js')}';\nexport default { ...whatsapp, type: '${type}' };`;
    host.write({
      ...aPackage('start-again', pluginCode(`type: 'start'`)),
      ...aPackage('start-anew', pluginCode(`type: 'start', version: 2`)),
      ...aPackage('dice-a', pluginCode('', service('dice'))),
      ...aPackage('dice-b', pluginCode('', service('dice'))),
      ...aPackage('request', pluginCode(`type: 'request'`, service('http-request'))),
      ...aPackage('meta', adapter('whatsapp')),
      ...aPackage('acme-a', adapter('acme')),
      ...aPackage('acme-b', adapter('acme')),
    });
    expect(await load(['start-again', 'start-anew', 'dice-a', 'dice-b', 'request'], ['meta', 'acme-a', 'acme-b'])).to.deep.equal([
      'PLUGINS: start-again: the node type start@1 exists already',
      'PLUGINS: dice-b: the node type dice@1 exists already',
      'PLUGINS: dice-b: the service dice exists already',
      'PLUGINS: request: the service http-request exists already',
      'ADAPTERS: meta: the adapter whatsapp exists already',
      'ADAPTERS: acme-b: the adapter acme exists already',
    ]);
  });

  it('may bring a joi of their own of the same major version; another is refused', async () => {
    const { version } = JSON.parse(readFileSync('node_modules/joi/package.json', 'utf8')) as { readonly version: string };
    const withJoi = (name: string, joiVersion: string) => {
      const own = `node_modules/${name}/node_modules/joi`;
      host.write(aPackage(name, `import Joi from 'joi';\n${pluginCode(`type: '${name}', params: Joi.object({ sides: Joi.number() })`)}`));
      cpSync('node_modules/joi', join(host.path, own), { recursive: true });
      cpSync('node_modules/@hapi', join(host.path, 'node_modules/@hapi'), { recursive: true });
      cpSync('node_modules/@standard-schema', join(host.path, 'node_modules/@standard-schema'), { recursive: true });
      const manifest = JSON.parse(readFileSync(join(host.path, own, 'package.json'), 'utf8')) as object;
      host.write({ [`${own}/package.json`]: JSON.stringify({ ...manifest, version: joiVersion }) });
    };
    withJoi('older', '17.13.3');
    withJoi('later', '18.99.0');
    expect(await load(['older', 'later'])).to.deep.equal([
      `PLUGINS: older: node.params was made by joi 17.13.3, but this host has joi ${version}: import Joi from parley/params`,
    ]);
    const loaded = await loadExtensions({ PLUGINS: ['later'] }, { folder: host.path });
    const [plugin] = 'mistakes' in loaded ? [] : loaded.plugins;
    expect(plugin?.node.params.validate({ sides: 'many' }, { convert: false }).error?.details[0]?.type).to.equal('number.base');
  });

  it('may bring a copy of Parley: what its classes are for is known by their names', () => {
    const copied = (name: string) => Object.assign(new Error('of a copy'), { name });
    expect([copied('UnreadableBody') instanceof UnreadableBody, copied('CallError') instanceof CallError]).to.deep.equal([true, true]);
    expect([copied('Error') instanceof UnreadableBody, { name: 'CallError' } instanceof CallError]).to.deep.equal([false, false]);
  });

  it('that a program hands over by itself are judged as well', async () => {
    const config = loadConfig({ EMULATORS: 'false' });
    if ('mistakes' in config) throw new Error('the defaults are wrong');
    const refused = await createApp({ ...config, DATA_DIR: '' }, { plugins: [{} as never], adapters: [{ parse: 1 } as never] }).catch(
      String,
    );
    expect(refused).to.match(
      /^Error: plugins\[0\]: it is not a plugin: .*; adapters\[0\]: type is required; adapters\[0\]: platform is required/,
    );
  });
});

describe('the settings PLUGINS and ADAPTERS', () => {
  it('are lists of packages and paths', () => {
    expect(loadConfig({ PLUGINS: ' dice, @acme/nodes/weather ,./my-node,', ADAPTERS: '/opt/adapters/acme' })).to.deep.include({
      PLUGINS: ['dice', '@acme/nodes/weather', './my-node'],
      ADAPTERS: ['/opt/adapters/acme'],
    });
    for (const wrong of ['node:fs', 'https://example.org/x.js', 'data:text/javascript,1', 'Dice!', '@acme'])
      expect(loadConfig({ PLUGINS: wrong }), wrong).to.deep.equal({
        mistakes: [`PLUGINS: "${wrong.split(',')[0]}" is neither a package nor a path`],
      });
  });
});
