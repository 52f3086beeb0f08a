import { expect } from 'chai';
import { MEDIA_PART, type MediaFile, type Store } from '../../src/contract/store/index.js';
import { at } from '../support/builders.js';

/** What both stores must do with the files that people send. */
export function mediaContract(name: string, open: () => Promise<Store>, close: (store: Store) => Promise<void>): void {
  describe(`the store keeps files: ${name}`, () => {
    let store: Store;
    let serial = 0;
    const fresh = () => `m${name.replace(/\W/g, '').toLowerCase()}${++serial}`;
    before(async () => {
      store = await open();
    });
    after(() => store && close(store));

    const waiting = (session: string, more: Partial<MediaFile> = {}): MediaFile => ({
      id: fresh(),
      session,
      channel: 'wa',
      at: at(1),
      mediaId: '7',
      mimeType: 'image/png',
      state: 'waiting',
      size: 0,
      tries: 0,
      due: at(5),
      ...more,
    });
    /** Adds a file that is kept, of so many bytes. */
    const kept = async (session: string, size: number, second = 1): Promise<MediaFile> => {
      const { due, ...file } = waiting(session, { at: at(second) });
      await store.media.add({ ...file, ...(due === undefined ? {} : { due }) });
      await store.media.putPart(file.id, 0, Buffer.alloc(size, 1));
      expect(await store.media.update({ ...file, state: 'kept', size }, due)).to.equal(true);
      return { ...file, state: 'kept', size };
    };

    it('finds a file as it was added, and adds it once', async () => {
      const file = waiting(fresh());
      await store.media.add(file);
      await store.media.add({ ...file, mediaId: 'other' });
      expect(await store.media.find(file.id)).to.deep.equal(file);
      expect(await store.media.find(fresh())).to.equal(undefined);
    });

    it('lists what is due, the earliest first, and nothing that is kept', async () => {
      const session = fresh();
      const files = [waiting(session, { due: at(9) }), waiting(session, { due: at(7) }), waiting(session, { due: at(11) })];
      for (const file of files) await store.media.add(file);
      await kept(session, 1);
      const due = (await store.media.due(at(10), 100)).filter((one) => one.session === session);
      expect(due.map(({ id }) => id)).to.deep.equal([files[1]?.id, files[0]?.id]);
    });

    it('lets one host take a file', async () => {
      const file = waiting(fresh());
      await store.media.add(file);
      const both = await Promise.all([at(20), at(21)].map((due) => store.media.update({ ...file, due }, file.due)));
      expect(both.filter((one) => one)).to.have.lengthOf(1);
    });

    it('does not change a file that is kept, or unknown', async () => {
      const file = await kept(fresh(), 3);
      expect(await store.media.update({ ...file, state: 'gone' }, undefined)).to.equal(false);
      expect(await store.media.update(waiting(fresh()), at(5))).to.equal(false);
    });

    it('gives back the bytes of every value, part by part', async () => {
      const { id } = waiting(fresh());
      const bytes = Buffer.from(Array.from({ length: MEDIA_PART }, (_, i) => i % 256));
      await store.media.putPart(id, 0, Buffer.from('an earlier attempt'));
      await store.media.putPart(id, 0, bytes);
      await store.media.putPart(id, 1, Buffer.from([0, 255]));
      expect((await store.media.part(id, 0))?.equals(bytes)).to.equal(true);
      expect([...((await store.media.part(id, 1)) ?? [])]).to.deep.equal([0, 255]);
      expect(await store.media.part(id, 2)).to.equal(undefined);
    });

    it('counts what is kept of a person and of all, and finds the oldest', async () => {
      const [one, other] = [fresh(), fresh()];
      const before = await store.media.bytes();
      const second = await kept(one, 20, 3);
      const first = await kept(one, 10, 2);
      await kept(other, 5, 1);
      await store.media.add(waiting(one, { at: at(0) }));
      expect(await store.media.bytes(one)).to.equal(30);
      expect((await store.media.bytes()) - before).to.equal(35);
      expect((await store.media.oldest(one))?.id).to.equal(first.id);
      await store.media.drop(first.id, 'media/no-room');
      expect((await store.media.oldest(one))?.id).to.equal(second.id);
      expect(await store.media.bytes(one)).to.equal(20);
    });

    it('drops the bytes of a file and keeps the reason', async () => {
      const file = await kept(fresh(), 4);
      await store.media.drop(file.id, 'media/no-room');
      expect(await store.media.find(file.id)).to.deep.equal({ ...file, state: 'gone', size: 0, reason: 'media/no-room' });
      expect(await store.media.part(file.id, 0)).to.equal(undefined);
    });

    it('forgets the files of a person, also more than fit into one write', async () => {
      const [one, other] = [fresh(), fresh()];
      const files = [];
      for (let i = 0; i < 45; i += 1) files.push(await kept(one, 1));
      const stays = await kept(other, 2);
      await store.media.forget(one);
      await store.media.forget(one);
      for (const { id } of files) expect([await store.media.find(id), await store.media.part(id, 0)]).to.deep.equal([undefined, undefined]);
      expect(await store.media.find(stays.id)).to.deep.equal(stays);
    });

    it('removes files that are older than retention', async () => {
      const session = fresh();
      const old = await kept(session, 1, -50_000);
      const young = await kept(session, 1, 50_000);
      while (await store.retention.prune('media', at(-40_000)));
      expect(await store.media.find(old.id)).to.equal(undefined);
      expect(await store.media.part(old.id, 0)).to.equal(undefined);
      expect(await store.media.find(young.id)).to.deep.equal(young);
    });
  });
}
