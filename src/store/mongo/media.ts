import type { Connection, mongo } from 'mongoose';
import type { MediaFile, MediaStore } from '../../contract/store/index.js';
import { gone } from '../gone-media.js';
import { orAway } from './connection.js';
import { insertOnce } from './insert-once.js';

interface MediaDocument {
  readonly _id: string;
  readonly session: string;
  readonly at: string;
  readonly due?: string;
  readonly size: number;
  readonly file: string;
}
interface PartDocument {
  readonly _id: string;
  readonly media: string;
  readonly bytes: mongo.Binary;
}

/** Files that are removed at once. */
const MAX_FILES = 20;
const ONLY_ID = { projection: { _id: 1 } } as const;

export interface MongoMedia extends MediaStore {
  createIndexes(): Promise<void>;
  /** Removes files whose messages came before a time, some at once. Returns true if there may be more. */
  prune(before: string): Promise<boolean>;
}

export function mongoMedia(connection: Connection): MongoMedia {
  const files = connection.collection('media') as never as mongo.Collection<MediaDocument>;
  const parts = connection.collection('mediaParts') as never as mongo.Collection<PartDocument>;
  const of = (session: string | undefined) => ({ ...(session === undefined ? {} : { session }), size: { $gt: 0 } });

  async function find(id: string): Promise<MediaFile | undefined> {
    const found = await files.findOne({ _id: id });
    return found ? fileOf(found) : undefined;
  }

  async function removeSome(filter: object, sort: mongo.Sort): Promise<boolean> {
    const found = await files.find(filter, ONLY_ID).sort(sort).limit(MAX_FILES).toArray();
    const ids = found.map(({ _id }) => _id);
    for (const id of ids) await parts.deleteMany({ media: id });
    await files.deleteMany({ _id: { $in: ids } });
    return ids.length === MAX_FILES;
  }

  return {
    async createIndexes() {
      await files.createIndex({ session: 1, at: 1 });
      await files.createIndex({ due: 1 }, { sparse: true });
      await files.createIndex({ at: 1 });
      await parts.createIndex({ media: 1 });
    },
    add: (file) => orAway(async () => void (await insertOnce(files, documentOf(file)))),
    find: (id) => orAway(() => find(id)),
    due: (now, limit) =>
      orAway(async () =>
        (
          await files
            .find({ due: { $lte: now } })
            .sort({ due: 1 })
            .limit(limit)
            .toArray()
        ).map(fileOf),
      ),
    update: (file, due) =>
      orAway(async () => {
        if (due === undefined) return false;
        // Only a file that is waiting has a time.
        return (await files.replaceOne({ _id: file.id, due }, documentOf(file))).matchedCount === 1;
      }),
    putPart: (id, n, bytes) =>
      orAway(async () => void (await parts.replaceOne({ _id: partKey(id, n) }, { media: id, bytes: bytes as never }, { upsert: true }))),
    part: (id, n) =>
      orAway(async () => {
        const found = await parts.findOne({ _id: partKey(id, n) });
        return found ? Buffer.from(found.bytes.buffer) : undefined;
      }),
    bytes: (session) =>
      orAway(async () => {
        const [sum] = await files
          .aggregate<{ bytes: number }>([{ $match: of(session) }, { $group: { _id: null, bytes: { $sum: '$size' } } }])
          .toArray();
        return sum?.bytes ?? 0;
      }),
    oldest: (session) =>
      orAway(async () => {
        const [found] = await files.find(of(session)).sort({ at: 1 }).limit(1).toArray();
        return found && fileOf(found);
      }),
    drop: (id, reason) =>
      orAway(async () => {
        const file = await find(id);
        if (file) await files.replaceOne({ _id: id }, documentOf(gone(file, reason)));
        await parts.deleteMany({ media: id });
      }),
    forget: (session) =>
      orAway(async () => {
        while (await removeSome({ session }, { at: 1 }));
      }),
    prune: (before) => removeSome({ at: { $lt: before } }, { at: 1 }),
  };
}

function documentOf(file: MediaFile): MediaDocument {
  const { id, session, at, due, size } = file;
  return { _id: id, session, at, size, file: JSON.stringify(file), ...(due === undefined ? {} : { due }) };
}

function fileOf({ file }: MediaDocument): MediaFile {
  return JSON.parse(file) as MediaFile;
}

function partKey(id: string, n: number): string {
  return `${id}:${n}`;
}
