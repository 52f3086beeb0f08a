import { expect } from 'chai';
import { adapters } from '../../adapters/index.js';
import { silentLog } from '../../src/contract/host/index.js';
import { openChannelBook } from '../../src/published/channel-book.js';
import { bothStores } from '../support/both-stores.js';
import { at } from '../support/builders.js';
import { ACCOUNT } from '../support/small-world.js';

for (const { name, open } of bothStores)
  describe(`the book of channels: ${name}`, () => {
    const channel = (id: string, more: object = {}) => ({
      ...{ id, adapter: 'whatsapp', name: id, config: { ...ACCOUNT, baseUrl: 'http://127.0.0.1:9' }, createdAt: at(0), updatedAt: at(0) },
      ...more,
    });

    it('knows every channel, however many there are, but none without its adapter or with settings that do not fit', async () => {
      const { store, drop } = await open();
      try {
        const ids = Array.from({ length: 401 }, (_, i) => `c${1000 + i}`);
        for (const id of ids) await store.channels.create(channel(id));
        await store.channels.create(channel('bad', { config: {} }));
        await store.channels.create(channel('other', { adapter: 'pigeon' }));
        const book = openChannelBook({ store, adapters: new Map(adapters.map((one) => [one.type, one])), log: silentLog });
        await book.refresh();
        expect(book.all.map((one) => one.channel.id)).to.deep.equal(ids);
        expect([...book.facts().keys()]).to.deep.equal(ids);
        expect([book.get('bad'), book.get('other'), book.get('c1400')?.channel.id]).to.deep.equal([undefined, undefined, 'c1400']);
      } finally {
        await drop();
      }
    });
  });
