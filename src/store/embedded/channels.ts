import type { Channel } from '../../contract/index.js';
import type { ChannelStore } from '../../contract/store/index.js';
import type { Database } from './database.js';
import type { GroupCommit } from './group-commit.js';
import type { Counter } from './meta.js';

export function embeddedChannels(db: Database, group: GroupCommit, counter: Counter): ChannelStore {
  const insert = db.prepare('INSERT OR IGNORE INTO channels (id, channel) VALUES (?, ?)');
  const select = db.prepare('SELECT channel FROM channels WHERE id = ?');
  const page = db.prepare('SELECT channel FROM channels WHERE id > ? ORDER BY id LIMIT ?');
  const update = db.prepare('UPDATE channels SET channel = ? WHERE id = ?');
  const remove = db.prepare('DELETE FROM channels WHERE id = ?');
  const changed = (count: number) => {
    if (count > 0) counter.raise();
    return count > 0;
  };
  return {
    create: (channel) => group.write(() => (changed(insert.run(channel.id, JSON.stringify(channel))) ? 'created' : 'taken')),
    async get(id) {
      const row = select.all(id)[0];
      return row && (JSON.parse(String(row['channel'])) as Channel);
    },
    async list({ after = '', limit }) {
      return page.all(after, limit).map((row) => JSON.parse(String(row['channel'])) as Channel);
    },
    update: (channel) => group.write(() => changed(update.run(JSON.stringify(channel), channel.id))),
    remove: (id) => group.write(() => changed(remove.run(id))),
    revision: async () => counter.value(),
  };
}
