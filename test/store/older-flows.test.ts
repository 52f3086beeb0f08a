import { expect } from 'chai';
import mongoose from 'mongoose';
import { silentLog } from '../../src/contract/host/index.js';
import type { FlowSort, Store } from '../../src/contract/store/index.js';
import { openStore } from '../../src/store/open-store.js';
import { dropDatabase, ownDatabase } from '../support/both-stores.js';
import { aFlow, at } from '../support/builders.js';

if (process.env['MONGODB_URL'] !== undefined)
  describe('flows that a host of an earlier release writes beside this one', () => {
    const url = ownDatabase();
    let store: Store;
    let connection: mongoose.Connection;
    before(async () => {
      store = await openStore({ mongodbUrl: url, dataDir: '' }, silentLog);
      connection = await mongoose.createConnection(url).asPromise();
    });
    after(async () => {
      await store.close();
      await connection.close();
      await dropDatabase(url);
    });

    /** Writes a flow as releases before December 2026 did, without what lists show and sort by. */
    async function writeOld(code: string, name: string, rev: number): Promise<void> {
      const definition = aFlow(code, { name });
      const draft = { revision: 1, definition, changed: true };
      const flow = { code, name, remark: '', state: 'OFFLINE', logging: true, draft, channels: [], createdAt: at(1), updatedAt: at(rev) };
      const fields = { rev, state: 'OFFLINE', flow: JSON.stringify(flow) };
      await connection.collection('flows').updateOne({ _id: code as never }, { $set: fields }, { upsert: true });
    }
    const list = async (sort: FlowSort) => (await store.flows.list({ limit: 10, sort })).map(({ flow }) => flow.name);

    it('are listed as they are at once, and where they belong after an upgrade', async () => {
      for (const [code, name] of [
        ['a', 'One'],
        ['b', 'Two'],
      ] as const)
        await store.flows.create({ definition: aFlow(code, { name }), at: at(1), by: 'Ada' });
      await writeOld('a', 'Zulu', 2);
      await writeOld('c', 'Alpha', 1);
      expect(await list('code')).to.deep.equal(['Zulu', 'Two', 'Alpha']);
      await store.upgrade();
      expect(await list('name')).to.deep.equal(['Alpha', 'Two', 'Zulu']);
      expect(await list('-updatedAt')).to.deep.equal(['Zulu', 'Alpha', 'Two']);
      expect((await store.flows.get('c'))?.draft).to.deep.include({ at: at(1), by: '' });
    });
  });
