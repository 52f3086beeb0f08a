import type { KnownStart, StartStore } from '../../contract/store/index.js';
import type { Database, Statement } from './database.js';
import type { GroupCommit } from './group-commit.js';
import { MAX_ROWS, removeAll } from './remove-rows.js';

export function embeddedStarts(db: Database, group: GroupCommit): StartStore {
  const select = db.prepare('SELECT start, answer FROM starts WHERE key = ?');
  const insert = db.prepare('INSERT OR IGNORE INTO starts (key, at, start, session) VALUES (?, ?, ?, ?)');
  const answer = db.prepare('UPDATE starts SET answer = ?, session = ? WHERE key = ?');
  const remove = db.prepare("DELETE FROM starts WHERE key = ? AND json_extract(start, '$.run') = ?");
  const forget = db.prepare('DELETE FROM starts WHERE key IN (SELECT key FROM starts WHERE session = ? LIMIT ?)');
  return {
    get: async (key) => readStart(select, key),
    putIfAbsent: (start) =>
      group.write(() => {
        const isNew = insert.run(start.key, start.at, JSON.stringify(start), start.session) > 0;
        return { start: isNew ? start : (readStart(select, start.key) ?? start), isNew };
      }),
    answer: (key, value, session) => group.write(() => void answer.run(JSON.stringify(value), session, key)),
    forget: (session) => removeAll(group, () => forget.run(session, MAX_ROWS)),
    remove: (key, run) => group.write(() => void remove.run(key, run)),
  };
}

function readStart(select: Statement, key: string): KnownStart | undefined {
  const row = select.all(key)[0];
  if (!row) return undefined;
  const start = JSON.parse(String(row['start'])) as KnownStart;
  return row['answer'] === null ? start : { ...start, answer: JSON.parse(String(row['answer'])) };
}
