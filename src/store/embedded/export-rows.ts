import type { IsoTime } from '../../contract/index.js';
import type { SessionRecord } from '../session-record.js';
import type { Database } from './database.js';
import { recordOf } from './session-row.js';
import type { Row } from './sql-values.js';

/** A page of a data file, for MongoDB: rows with the field names of a collection, or records of sessions. */
export type Exported =
  | { readonly collection: string; readonly rows: readonly Row[] }
  | { readonly collection: 'sessions'; readonly records: readonly { readonly id: string; readonly record: SessionRecord }[] }
  | { readonly collection: 'forgotten'; readonly rows: readonly ForgottenRow[] };
interface ForgottenRow {
  readonly id: string;
  readonly mergedInto?: string;
  readonly at: IsoTime;
}

/** Rows read at once. */
const PAGE = 500;
/** Parts of files, of which each has up to 256 kB. */
const PARTS = 20;

/** One SELECT for each collection. NULLs are left out of the document. Counters, the last ping, sign-ins and what contacts are found by are not exported. */
const SELECTS: Readonly<Record<string, string>> = {
  meta: "SELECT key AS _id, value FROM meta WHERE key NOT LIKE 'counter:%' AND key NOT IN ('lastPing', 'contactsAddedUpTo')",
  channels: 'SELECT id AS _id, channel FROM channels',
  flows: 'SELECT code AS _id, 1 AS rev, state, flow FROM flows',
  versions: "SELECT flow || '@' || version AS _id, flow, version, state = 'DELETED' AS isDeleted, record FROM versions",
  drafts: `SELECT flow || '@' || revision AS _id, flow, revision, saved_at AS at, saved_by AS "by", nodes, size, definition FROM drafts`,
  keys: 'SELECT id AS _id, hash, key, used_at AS usedAt FROM keys',
  audit: 'SELECT id AS _id, target, entry FROM audit',
  identities: 'SELECT identity AS _id, session FROM identities',
  starts: 'SELECT key AS _id, at, start, session, answer FROM starts',
  deliveries: 'SELECT key AS _id, effect, status, at, error, dead, dead_channel AS deadChannel FROM deliveries',
  ended:
    "SELECT key AS _id, substr(rest, 1, instr(rest, '/') - 1) AS session FROM (SELECT key, substr(key, instr(key, 'Z/') + 2) AS rest FROM ended)",
  media: 'SELECT id AS _id, session, at, due, size, file FROM media',
  mediaParts: "SELECT media || ':' || n AS _id, media, bytes FROM media_parts",
  turns: `SELECT session || '.' || turn AS _id, session, turn, event, record, cut, cut_at AS cutAt FROM turns UNION ALL
    SELECT session || '.' || turn, session, turn, json_extract(record, '$.event.id'), record, cut, cut_at FROM turn_log`,
};

/** Reads a whole data file page by page: configuration and flows first, then people. */
export function* exportRows(db: Database): Generator<Exported> {
  for (const [collection, select] of Object.entries(SELECTS))
    for (const rows of pagesOf(db, select, collection === 'mediaParts' ? PARTS : PAGE)) yield { collection, rows: rows.map(withoutNulls) };
  for (const rows of pagesOf(db, 'SELECT id, merged_into AS mergedInto, at FROM forgotten'))
    yield { collection: 'forgotten', rows: rows.map((row) => withoutNulls(row) as never) };
  for (const rows of pagesOf(db, 'SELECT id, rev, revision, state, rest, updated_at FROM sessions'))
    yield { collection: 'sessions', records: rows.map((row) => ({ id: String(row['id']), record: recordOf(String(row['id']), row) })) };
}

function* pagesOf(db: Database, select: string, size = PAGE): Generator<readonly Row[]> {
  const page = db.prepare(`SELECT * FROM (${select}) LIMIT ? OFFSET ?`);
  for (let offset = 0; ; offset += size) {
    const rows = page.all(size, offset);
    if (rows.length > 0) yield rows;
    if (rows.length < size) return;
  }
}

function withoutNulls(row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
}
