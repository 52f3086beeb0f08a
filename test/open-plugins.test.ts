import { expect } from 'chai';
import { plugins as byType } from '../plugins/index.js';
import setVariables from '../plugins/set-variables/index.js';
import type { Plugin } from '../src/contract/index.js';
import { openPlugins } from '../src/open-plugins.js';

const clock = { now: () => '2026-11-24T09:00:00.000Z' };
const own: Plugin = { node: { ...setVariables.node, type: 'own-node' } };
const opened = (onDemand = byType) => openPlugins({ onDemand, plugins: [own], config: {}, clock });
const typesOf = ({ nodeTypes }: ReturnType<typeof opened>) => nodeTypes.all.map(({ type }) => type);

describe('the plugins of a host', () => {
  it('are loaded when they are needed, each once, in the order of the table', async () => {
    const plugins = opened();
    expect(typesOf(plugins)).to.deep.equal(['own-node']);
    await Promise.all([plugins.load(['end', 'end', 'constructor', 'no-such-node']), plugins.load(['start', 'end'])]);
    expect(typesOf(plugins)).to.deep.equal(['start', 'end', 'own-node']);
    expect(plugins.nodeTypes.get('end')?.type).to.equal('end');
    await Promise.all([plugins.loadAll(), plugins.loadAll()]);
    expect(typesOf(plugins)).to.deep.equal([...Object.keys(byType), 'own-node']);
  });

  it('are loaded for a service that an earlier process has called', async () => {
    const plugins = opened();
    expect((await plugins.services.get('chat-completions'))?.name).to.equal('chat-completions');
    expect(await plugins.services.get('no-such-service')).to.equal(undefined);
  });

  it('are loaded again if they could not be loaded', async () => {
    let isBroken = true;
    const end = async () => {
      if (isBroken) throw new Error('no such file');
      return import('../plugins/end/index.js');
    };
    const plugins = opened({ ...byType, end });
    const failures = await Promise.allSettled([
      plugins.load(['start', 'end']),
      plugins.loadAll(),
      plugins.services.get('chat-completions'),
    ]);
    expect(failures.map(({ status }) => status)).to.deep.equal(Array(3).fill('rejected'));
    isBroken = false;
    await plugins.load(['end']);
    expect(typesOf(plugins)).to.include('end');
  });
});
