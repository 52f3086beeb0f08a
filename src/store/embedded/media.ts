import type { MediaFile, MediaStore } from '../../contract/store/index.js';
import { gone } from '../gone-media.js';
import type { Database } from './database.js';
import type { GroupCommit } from './group-commit.js';
import type { Row } from './sql-values.js';

/** Parts that one write removes: what is deleted is overwritten with zeros, so more would hold up turns. */
const MAX_PARTS = 8;
/** Files that one write removes. */
const MAX_FILES = 20;

export interface EmbeddedMedia extends MediaStore {
  /** Removes files whose messages came before a time, some at once. Returns true if there may be more. */
  prune(before: string): Promise<boolean>;
}

export function embeddedMedia(db: Database, group: GroupCommit): EmbeddedMedia {
  const sql = prepare(db);

  /** Removes the bytes of a file, in several writes. */
  async function removeParts(id: string): Promise<void> {
    while ((await group.write(() => sql.removeParts.run(id, MAX_PARTS))) === MAX_PARTS);
  }

  async function removeFiles(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      await removeParts(id);
      await group.write(() => void sql.remove.run(id));
    }
  }

  const find = (id: string): MediaFile | undefined => sql.find.all(id).map(fileOf)[0];
  return {
    add: (file) => group.write(() => void sql.add.run(...columnsOf(file))),
    find: async (id) => find(id),
    due: async (now, limit) => sql.due.all(now, limit).map(fileOf),
    update: (file, due) =>
      group.write(() => {
        const now = find(file.id);
        if (now?.state !== 'waiting' || now.due !== due) return false;
        sql.update.run(...columnsOf(file));
        return true;
      }),
    putPart: (id, n, bytes) => group.write(() => void sql.putPart.run(id, n, bytes)),
    part: async (id, n) => bytesOf(sql.part.all(id, n)[0]),
    bytes: async (session) => Number((session === undefined ? sql.allBytes.all() : sql.bytes.all(session))[0]?.['bytes'] ?? 0),
    oldest: async (session) => (session === undefined ? sql.oldest.all() : sql.oldestOf.all(session)).map(fileOf)[0],
    async drop(id, reason) {
      await group.write(() => {
        const file = find(id);
        if (file) sql.update.run(...columnsOf(gone(file, reason)));
      });
      await removeParts(id);
    },
    async forget(session) {
      for (;;) {
        const ids = sql.idsOf.all(session, MAX_FILES).map(idOf);
        await removeFiles(ids);
        if (ids.length < MAX_FILES) return;
      }
    },
    async prune(before) {
      const ids = sql.idsBefore.all(before, MAX_FILES).map(idOf);
      await removeFiles(ids);
      return ids.length === MAX_FILES;
    },
  };
}

function prepare(db: Database) {
  return {
    add: db.prepare('INSERT INTO media (file, session, at, due, size, id) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING'),
    update: db.prepare('UPDATE media SET file = ?, session = ?, at = ?, due = ?, size = ? WHERE id = ?'),
    find: db.prepare('SELECT file FROM media WHERE id = ?'),
    due: db.prepare('SELECT file FROM media WHERE due <= ? ORDER BY due LIMIT ?'),
    bytes: db.prepare('SELECT sum(size) AS bytes FROM media WHERE session = ? AND size > 0'),
    allBytes: db.prepare('SELECT sum(size) AS bytes FROM media WHERE size > 0'),
    oldest: db.prepare('SELECT file FROM media WHERE size > 0 ORDER BY at LIMIT 1'),
    oldestOf: db.prepare('SELECT file FROM media WHERE session = ? AND size > 0 ORDER BY at LIMIT 1'),
    idsOf: db.prepare('SELECT id FROM media WHERE session = ? LIMIT ?'),
    idsBefore: db.prepare('SELECT id FROM media WHERE at < ? ORDER BY at LIMIT ?'),
    remove: db.prepare('DELETE FROM media WHERE id = ?'),
    putPart: db.prepare(
      'INSERT INTO media_parts (media, n, bytes) VALUES (?, ?, ?) ON CONFLICT (media, n) DO UPDATE SET bytes = excluded.bytes',
    ),
    part: db.prepare('SELECT bytes FROM media_parts WHERE media = ? AND n = ?'),
    removeParts: db.prepare('DELETE FROM media_parts WHERE rowid IN (SELECT rowid FROM media_parts WHERE media = ? LIMIT ?)'),
  };
}

function columnsOf(file: MediaFile): readonly [file: string, session: string, at: string, due: string | null, size: number, id: string] {
  return [JSON.stringify(file), file.session, file.at, file.due ?? null, file.size, file.id];
}

function fileOf(row: Row): MediaFile {
  return JSON.parse(String(row['file'])) as MediaFile;
}

function idOf(row: Row): string {
  return String(row['id']);
}

function bytesOf(row: Row | undefined): Buffer | undefined {
  const bytes = row?.['bytes'];
  return Buffer.isBuffer(bytes) ? bytes : undefined;
}
