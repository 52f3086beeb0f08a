import type { IsoTime, RetentionStore, Store } from '../../contract/index.js';
import { type CutMark, farthestCuts } from '../cut-of.js';
import type { Database } from './database.js';
import type { GroupCommit } from './group-commit.js';
import { MOST_ROWS } from './remove-rows.js';

/** How many sessions one write looks at. */
const MOST_SESSIONS = 100;

export function embeddedRetention(
  db: Database,
  group: GroupCommit,
  parts: Pick<Store, 'contacts' | 'turns' | 'deliveries' | 'starts'>,
): RetentionStore {
  const marked = db.prepare('SELECT session, turn, cut FROM turns WHERE cut_at < ? ORDER BY cut_at LIMIT ?');
  const cutTurns = db.prepare(
    'DELETE FROM turns WHERE rowid IN (SELECT rowid FROM turns WHERE session = ? AND turn < ? ORDER BY turn LIMIT ?)',
  );
  // Only a mark that asks for no more than what has gone.
  const unmark = db.prepare('UPDATE turns SET cut = NULL, cut_at = NULL WHERE session = ? AND turn = ? AND cut = turn');
  const deliveries = db.prepare('DELETE FROM deliveries WHERE key IN (SELECT key FROM deliveries WHERE at < ? ORDER BY at LIMIT ?)');
  const starts = db.prepare('DELETE FROM starts WHERE key IN (SELECT key FROM starts WHERE at < ? ORDER BY at LIMIT ?)');
  const nextEnded = db.prepare('SELECT key FROM ended WHERE key > ? ORDER BY key LIMIT 1');
  const cutEnded = db.prepare('DELETE FROM ended WHERE key IN (SELECT key FROM ended WHERE key > ? AND key < ? ORDER BY key LIMIT ?)');
  const forgotten = db.prepare('SELECT id FROM forgotten WHERE at < ? ORDER BY at LIMIT ?');
  const letGo = db.prepare('DELETE FROM forgotten WHERE id = ?');

  function pruneTurns(before: IsoTime): boolean {
    const marks = marked.all(before, MOST_SESSIONS) as unknown as readonly CutMark[];
    let left = MOST_ROWS;
    for (const [session, cut] of farthestCuts(marks)) {
      left -= cutTurns.run(session, cut, left);
      if (left === 0) return true;
      unmark.run(session, cut);
    }
    return marks.length === MOST_SESSIONS;
  }

  /** The keys begin with the flow, so each flow's old ones stand together: one flow after another. */
  function pruneResults(before: IsoTime): boolean {
    let [flow, left] = ['', MOST_ROWS];
    for (;;) {
      const next = nextEnded.all(`${flow}0`)[0]?.['key'];
      if (next === undefined) return false;
      [flow = ''] = String(next).split('/');
      left -= cutEnded.run(`${flow}/`, `${flow}/${before}`, left);
      if (left === 0) return true;
    }
  }

  async function pruneForgotten(before: IsoTime): Promise<boolean> {
    const ids = forgotten.all(before, MOST_SESSIONS).map(({ id }) => String(id));
    for (const id of ids) {
      await Promise.all([parts.contacts.forget(id), parts.turns.forget(id), parts.deliveries.forget(id), parts.starts.forget(id)]);
      await group.write(() => letGo.run(id));
    }
    return ids.length === MOST_SESSIONS;
  }

  return {
    prune(what, before) {
      if (what === 'forgotten') return pruneForgotten(before);
      if (what === 'turns') return group.write(() => pruneTurns(before));
      if (what === 'results') return group.write(() => pruneResults(before));
      const old = what === 'starts' ? starts : deliveries;
      return group.write(() => old.run(before, MOST_ROWS) === MOST_ROWS);
    },
  };
}
