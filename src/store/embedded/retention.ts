import type { IsoTime } from '../../contract/index.js';
import type { RetentionStore, Store } from '../../contract/store/index.js';
import { farthestCuts } from '../cut-of.js';
import { pruneResults, type ResultKeys } from '../prune-results.js';
import { removeTraces } from '../remove-traces.js';
import type { Database } from './database.js';
import type { GroupCommit } from './group-commit.js';
import type { EmbeddedMedia } from './media.js';
import { MAX_ROWS } from './remove-rows.js';
import type { EmbeddedTurns } from './turns.js';

/** Most sessions that one write looks at. */
const MAX_SESSIONS = 100;

export function embeddedRetention(
  db: Database,
  group: GroupCommit,
  stores: Traces & { readonly turns: EmbeddedTurns; readonly media: EmbeddedMedia },
): RetentionStore {
  const work: Work = { sql: prepare(db), group, stores };
  return {
    prune(what, before) {
      if (what === 'forgotten') return pruneForgotten(work, before);
      if (what === 'media') return stores.media.prune(before);
      if (what === 'results') return pruneResults(resultKeys(work), before, MAX_ROWS);
      if (what === 'turns') return group.write(() => pruneTurns(stores.turns.cuts, before));
      return group.write(() => work.sql[what].run(before, MAX_ROWS) === MAX_ROWS);
    },
  };
}

interface Work {
  readonly sql: ReturnType<typeof prepare>;
  readonly group: GroupCommit;
  readonly stores: Traces;
}
type Traces = Pick<Store, 'contacts' | 'turns' | 'deliveries' | 'starts' | 'media'>;

function prepare(db: Database) {
  return {
    deliveries: db.prepare('DELETE FROM deliveries WHERE key IN (SELECT key FROM deliveries WHERE at < ? ORDER BY at LIMIT ?)'),
    starts: db.prepare('DELETE FROM starts WHERE key IN (SELECT key FROM starts WHERE at < ? ORDER BY at LIMIT ?)'),
    signIns: db.prepare('DELETE FROM sign_ins WHERE hash IN (SELECT hash FROM sign_ins WHERE until < ? ORDER BY until LIMIT ?)'),
    nextEnded: db.prepare('SELECT key FROM ended WHERE key > ? ORDER BY key LIMIT 1'),
    removeEnded: db.prepare('DELETE FROM ended WHERE key IN (SELECT key FROM ended WHERE key > ? AND key < ? ORDER BY key LIMIT ?)'),
    forgotten: db.prepare('SELECT id FROM forgotten WHERE at < ? ORDER BY at LIMIT ?'),
    removeForgotten: db.prepare('DELETE FROM forgotten WHERE id = ?'),
  };
}

function pruneTurns(cuts: EmbeddedTurns['cuts'], before: IsoTime): boolean {
  const marks = cuts.marked(before, MAX_SESSIONS);
  let left = MAX_ROWS;
  for (const [session, cut] of farthestCuts(marks)) {
    left -= cuts.cut(session, cut, left);
    if (left === 0) return true;
    cuts.unmark(session, cut);
  }
  return marks.length === MAX_SESSIONS;
}

function resultKeys({ sql, group }: Work): ResultKeys {
  return {
    async firstAbove(key) {
      const found = sql.nextEnded.all(key)[0]?.['key'];
      return found === undefined ? undefined : String(found);
    },
    remove: ({ above, below }, limit) => group.write(() => sql.removeEnded.run(above, below, limit)),
  };
}

async function pruneForgotten({ sql, group, stores }: Work, before: IsoTime): Promise<boolean> {
  const ids = sql.forgotten.all(before, MAX_SESSIONS).map(({ id }) => String(id));
  for (const id of ids) {
    await removeTraces(stores, id);
    await group.write(() => sql.removeForgotten.run(id));
  }
  return ids.length === MAX_SESSIONS;
}
