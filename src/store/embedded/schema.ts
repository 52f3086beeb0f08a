import { OperationalError } from '../../contract/host/index.js';
import type { Database } from './database.js';

/** Each step takes the file from one `user_version` to the next. A released step must never change. */
const STEPS: readonly string[] = [
  `CREATE TABLE sessions (
     id TEXT PRIMARY KEY, rev INTEGER NOT NULL, revision INTEGER NOT NULL, state TEXT NOT NULL, rest TEXT NOT NULL,
     wake_at TEXT, due_at TEXT, due_channel TEXT, due_lane TEXT, status TEXT NOT NULL, positions TEXT NOT NULL, updated_at TEXT NOT NULL);
   CREATE INDEX sessions_wake ON sessions (wake_at) WHERE wake_at IS NOT NULL;
   CREATE INDEX sessions_due ON sessions (due_at) WHERE due_at IS NOT NULL;
   CREATE INDEX sessions_waiting ON sessions (positions) WHERE status = 'waiting';
   CREATE TABLE turns (session TEXT NOT NULL, turn INTEGER NOT NULL, event TEXT NOT NULL, record TEXT NOT NULL);
   CREATE UNIQUE INDEX turns_session ON turns (session, turn, event);
   CREATE TABLE deliveries (key TEXT PRIMARY KEY, effect TEXT, status TEXT NOT NULL, at TEXT NOT NULL, error TEXT) WITHOUT ROWID;
   CREATE INDEX deliveries_effect ON deliveries (effect) WHERE effect IS NOT NULL;
   CREATE TABLE identities (identity TEXT PRIMARY KEY, session TEXT NOT NULL) WITHOUT ROWID;
   CREATE INDEX identities_session ON identities (session);
   CREATE TABLE flows (code TEXT PRIMARY KEY, state TEXT NOT NULL, name TEXT NOT NULL, flow TEXT NOT NULL) WITHOUT ROWID;
   CREATE TABLE versions (flow TEXT NOT NULL, version INTEGER NOT NULL, state TEXT NOT NULL, record TEXT NOT NULL, PRIMARY KEY (flow, version)) WITHOUT ROWID;
   CREATE TABLE channels (id TEXT PRIMARY KEY, channel TEXT NOT NULL) WITHOUT ROWID;
   CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;`,
  `CREATE TABLE starts (key TEXT PRIMARY KEY, at TEXT NOT NULL, start TEXT NOT NULL, answer TEXT) WITHOUT ROWID;
   CREATE TABLE keys (id TEXT PRIMARY KEY, hash TEXT NOT NULL UNIQUE, key TEXT NOT NULL, used_at TEXT) WITHOUT ROWID;`,
  `CREATE TABLE audit (id TEXT PRIMARY KEY, target TEXT NOT NULL, entry TEXT NOT NULL) WITHOUT ROWID;
   CREATE INDEX audit_target ON audit (target, id);`,
  `ALTER TABLE deliveries ADD COLUMN dead TEXT;
   ALTER TABLE deliveries ADD COLUMN dead_channel TEXT;
   CREATE INDEX deliveries_dead ON deliveries (dead) WHERE dead IS NOT NULL;
   CREATE INDEX deliveries_dead_channel ON deliveries (dead_channel, dead) WHERE dead IS NOT NULL;`,
  `ALTER TABLE sessions ADD COLUMN merged_into TEXT;
   UPDATE sessions SET merged_into = json_extract(state, '$.mergedInto');
   CREATE INDEX sessions_merged ON sessions (merged_into) WHERE merged_into IS NOT NULL;
   CREATE TABLE forgotten (id TEXT PRIMARY KEY, merged_into TEXT, at TEXT NOT NULL) WITHOUT ROWID;
   CREATE INDEX forgotten_merged ON forgotten (merged_into) WHERE merged_into IS NOT NULL;
   CREATE INDEX forgotten_at ON forgotten (at);
   ALTER TABLE starts ADD COLUMN session TEXT;
   UPDATE starts SET session = json_extract(start, '$.session');
   CREATE INDEX starts_session ON starts (session);`,
  `ALTER TABLE turns ADD COLUMN cut INTEGER;
   ALTER TABLE turns ADD COLUMN cut_at TEXT;
   UPDATE turns SET cut = turn, cut_at = json_extract(record, '$.at') WHERE json_extract(record, '$.before') IS NOT NULL;
   CREATE INDEX turns_cut ON turns (cut_at) WHERE cut_at IS NOT NULL;
   CREATE INDEX deliveries_at ON deliveries (at);
   CREATE INDEX starts_at ON starts (at);`,
  'CREATE TABLE ended (key TEXT PRIMARY KEY) WITHOUT ROWID;',
  // The columns get new contents, see due-keys.ts; upgrade-rows.ts moves what is there. `due_channel` and `due_lane` are no longer used.
  `ALTER TABLE sessions RENAME COLUMN wake_at TO wake_key;
   ALTER TABLE sessions RENAME COLUMN due_at TO due_key;
   CREATE TABLE due_calls (key TEXT NOT NULL, session TEXT NOT NULL, PRIMARY KEY (key, session)) WITHOUT ROWID;`,
  `CREATE TABLE drafts (
     flow TEXT NOT NULL, revision INTEGER NOT NULL, saved_at TEXT NOT NULL, saved_by TEXT NOT NULL, nodes INTEGER NOT NULL, size INTEGER NOT NULL,
     definition TEXT NOT NULL, PRIMARY KEY (flow, revision));`,
  `CREATE TABLE sign_ins (hash TEXT PRIMARY KEY, key TEXT NOT NULL, created_at TEXT NOT NULL, until TEXT NOT NULL) WITHOUT ROWID;
   CREATE INDEX sign_ins_key ON sign_ins (key);
   CREATE INDEX sign_ins_until ON sign_ins (until);`,
  `CREATE TABLE flow_rows (code TEXT PRIMARY KEY, name_key TEXT NOT NULL, updated_key TEXT NOT NULL, summary TEXT NOT NULL) WITHOUT ROWID;
   CREATE UNIQUE INDEX flow_rows_name ON flow_rows (name_key);
   CREATE UNIQUE INDEX flow_rows_updated ON flow_rows (updated_key);`,
  // The turn log, see turn-rows.ts. What the table `turns` holds stays there, see old-turns.ts.
  `CREATE TABLE turn_log (
     n INTEGER PRIMARY KEY, session TEXT NOT NULL, turn INTEGER NOT NULL, record TEXT NOT NULL, cut INTEGER, cut_at TEXT);
   CREATE INDEX turn_log_cut ON turn_log (cut_at) WHERE cut_at IS NOT NULL;
   CREATE TABLE turn_index (session TEXT NOT NULL, last INTEGER NOT NULL, turns TEXT NOT NULL, PRIMARY KEY (session, last)) WITHOUT ROWID;
   ALTER TABLE sessions ADD COLUMN newest_turns TEXT;
   ALTER TABLE forgotten ADD COLUMN newest_turns TEXT;`,
  // The queue of sessions in which an operator has the talk.
  `ALTER TABLE sessions ADD COLUMN queue TEXT;
   CREATE INDEX sessions_queue ON sessions (queue, id) WHERE queue IS NOT NULL;`,
  `CREATE TABLE media (id TEXT PRIMARY KEY, session TEXT NOT NULL, at TEXT NOT NULL, due TEXT, size INTEGER NOT NULL, file TEXT NOT NULL) WITHOUT ROWID;
   CREATE INDEX media_session ON media (session, at, size);
   CREATE INDEX media_due ON media (due) WHERE due IS NOT NULL;
   CREATE INDEX media_at ON media (at, size);
   CREATE TABLE media_parts (media TEXT NOT NULL, n INTEGER NOT NULL, bytes BLOB NOT NULL);
   CREATE UNIQUE INDEX media_parts_n ON media_parts (media, n);`,
  // What contacts are found by, see contact-index.ts.
  `CREATE TABLE contact_texts (id TEXT PRIMARY KEY, text TEXT NOT NULL, is_cut INTEGER NOT NULL) WITHOUT ROWID;
   CREATE TABLE contact_groups (code TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (code, id)) WITHOUT ROWID;`,
];

/**
 * Brings a file, new or of an earlier release, to the current schema, or for tests to an earlier one.
 *
 * @throws OperationalError `store/away` if the file has a newer schema.
 */
export function migrate(db: Database, to = STEPS.length): void {
  const version = Number(db.prepare('PRAGMA user_version').all()[0]?.['user_version'] ?? 0);
  if (version > STEPS.length)
    throw new OperationalError(
      'store/away',
      `the data file was written by a newer release of parley (schema ${version}; this release knows ${STEPS.length})`,
    );
  for (let step = version; step < to; step += 1) {
    db.exec(`BEGIN; ${STEPS[step]} PRAGMA user_version = ${step + 1}; COMMIT;`);
  }
}
