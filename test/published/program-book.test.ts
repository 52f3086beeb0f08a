import { expect } from 'chai';
import { plugins } from '../../plugins/all.js';
import { silentLog } from '../../src/contract/host/index.js';
import type { Store } from '../../src/contract/store/index.js';
import { createNodeTypes } from '../../src/flow/node-types.js';
import { openProgramBook, type ProgramBook } from '../../src/published/program-book.js';
import { openStore } from '../../src/store/open-store.js';
import { aFlow, aSession } from '../support/builders.js';

describe('the book of programs', () => {
  const loaded: string[] = [];
  const dropped: string[] = [];
  let store: Store;
  let book: ProgramBook;
  before(async () => {
    store = await openStore({ dataDir: '' }, silentLog);
    const at = '2026-11-24T08:00:00.000Z';
    const definition = aFlow('talk', {
      triggers: [{ type: 'TriggeredManually' }],
      nodes: [
        { id: 'start', type: 'start', version: 1, params: {} },
        { id: 'end', type: 'end', version: 1, params: {} },
      ],
      edges: [{ from: 'start', port: 'next', to: 'end' }],
    });
    await store.flows.create({ definition, at, by: 'admin' });
    for (let i = 0; i < 10; i += 1) await store.flows.publish('talk', { revision: 1, definition, remark: '', by: 'test', at });
    book = openProgramBook({
      store,
      nodeTypes: createNodeTypes(plugins),
      loaded: ({ key }) => loaded.push(key),
      dropped: ({ key }) => dropped.push(key),
      log: silentLog,
      kept: 3,
    });
    await book.refresh();
  });
  after(() => store.close());

  const standing = (version: number) => {
    const frame = { kind: 'flow', flow: 'talk', version, nodeId: 'start', vars: {}, memory: {} } as const;
    const run = { id: 'r', startedBy: 'api', place: 'foreground', startedAt: '', channel: 'wa', lane: 'reply', stack: [frame] } as const;
    return aSession('s', { runs: [run] });
  };

  it('keeps what is ONLINE, and of the other versions only those that were used last', async () => {
    for (let version = 1; version <= 9; version += 1) await book.ensure(standing(version));
    expect(loaded).to.have.length(10);
    expect(dropped).to.include('talk@1').and.not.include('talk@10');
    expect(book.snapshot().get('talk@9')?.version).to.equal(9);
    expect(book.snapshot().get('talk@1')).to.equal(undefined);
    expect(book.snapshot().online('talk')?.version).to.equal(10);
  });

  it('loads a version again that it has let go', async () => {
    expect((await book.ensure(standing(1))).get('talk@1')?.version).to.equal(1);
    expect(loaded.filter((key) => key === 'talk@1')).to.have.length(2);
  });

  it('lets go of nothing that a turn still holds', async () => {
    const snapshot = await book.ensure(standing(2));
    for (let version = 3; version <= 9; version += 1) await book.ensure(standing(version));
    expect(book.snapshot().get('talk@2')).to.equal(undefined);
    expect(snapshot.get('talk@2')?.version).to.equal(2);
  });

  it('is without a version that the store does not have', async () => {
    expect((await book.ensure(standing(99))).get('talk@99')).to.equal(undefined);
  });

  it('loads node types before it makes a program of them, and tries again if they cannot be loaded', async () => {
    const wanted: (readonly string[])[] = [];
    let isBroken = true;
    const types = createNodeTypes([]);
    const later = openProgramBook({
      store,
      nodeTypes: types,
      loadTypes: async (names) => {
        wanted.push(names);
        if (isBroken) throw new Error('no such file');
        for (const plugin of plugins) if (names.includes(plugin.node.type) && !types.get(plugin.node.type)) types.add(plugin);
      },
      loaded: () => {},
      log: silentLog,
    });
    expect(await later.refresh().catch(String)).to.equal('Error: no such file');
    isBroken = false;
    await later.refresh();
    expect(later.snapshot().online('talk')?.version).to.equal(10);
    expect(later.lacking()).to.deep.equal([]);
    expect(wanted).to.deep.equal([
      ['start', 'end'],
      ['start', 'end'],
    ]);
  });
});
