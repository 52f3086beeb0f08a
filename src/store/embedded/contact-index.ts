import type { ContactFilter } from '../../contract/contact-filter.js';
import type { ContactIndex, GroupSize, PageQuery, SessionView } from '../../contract/store/index.js';
import { type EntryFilter, entryFilter } from '../../text/contact-search.js';
import { type EntryChange, entryOfState } from '../contact-entry.js';
import { readState } from '../read-stored.js';
import { countRange, STEP } from './count-range.js';
import type { Database } from './database.js';
import type { GroupCommit } from './group-commit.js';
import { inSteps } from './in-steps.js';
import { viewOf } from './session-view.js';
import type { SqlValue } from './sql-values.js';

/** Entries compared in one step, in a few milliseconds. */
const ENTRIES = 5_000;
/** Sessions of an earlier release whose contacts are added in one write. */
const MAX_ROWS = 500;
/** Greater than every id. */
const ALL = '~';

/**
 * What contacts are found by. `contact_texts` has a short row for each contact, in the order of the ids, so that texts are compared without
 * reading sessions. `contact_groups` has a row for each membership.
 */
export interface EmbeddedContactIndex extends ContactIndex {
  /** Call it within the transaction that writes the session. */
  change(id: string, change: EntryChange | undefined): void;
  /** Adds the contacts of some sessions of an earlier release. Returns true if there may be more. */
  upgrade(): Promise<boolean>;
}

export function embeddedContactIndex(db: Database, group: GroupCommit): EmbeddedContactIndex {
  const sql = prepare(db);
  const countMembers = countRange(db, { table: 'contact_groups', by: 'id', where: 'code = ? AND id > ?' }, STEP.entries);
  let isComplete = false;
  const whenComplete = async <T>(steps: () => Generator<void, T>): Promise<T | undefined> => {
    isComplete ||= addedUpTo(sql) === ALL;
    return isComplete ? inSteps(group, steps()) : undefined;
  };
  return {
    change: (id, change) => change && changeEntry(sql, id, change),
    upgrade: () => group.write(() => addSome(sql)),
    findContacts: (query) => whenComplete(() => findContacts(db, query)),
    countGroups: (query) => whenComplete(() => countGroups(sql, countMembers, query)),
  };
}

type ContactSql = ReturnType<typeof prepare>;

function prepare(db: Database) {
  return {
    putText: db.prepare(
      'INSERT INTO contact_texts (id, text, is_cut) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET text = excluded.text, is_cut = excluded.is_cut',
    ),
    removeText: db.prepare('DELETE FROM contact_texts WHERE id = ?'),
    join: db.prepare('INSERT OR IGNORE INTO contact_groups (code, id) VALUES (?, ?)'),
    leave: db.prepare('DELETE FROM contact_groups WHERE code = ? AND id = ?'),
    nextGroup: db.prepare('SELECT code FROM contact_groups WHERE code > ? ORDER BY code LIMIT 1'),
    addedUpTo: db.prepare("SELECT value FROM meta WHERE key = 'contactsAddedUpTo'"),
    setAddedUpTo: db.prepare(
      "INSERT INTO meta (key, value) VALUES ('contactsAddedUpTo', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
    ),
    toAdd: db.prepare('SELECT id, state FROM sessions WHERE id > ? ORDER BY id LIMIT ?'),
  };
}

function changeEntry(sql: ContactSql, id: string, { from, to }: EntryChange): void {
  const [before, after] = [new Set(from?.groups), new Set(to?.groups)];
  for (const code of before) if (!after.has(code)) sql.leave.run(code, id);
  for (const code of after) if (!before.has(code)) sql.join.run(code, id);
  if (to) sql.putText.run(id, to.text, to.isCut ? 1 : 0);
  else sql.removeText.run(id);
}

/** Returns the id up to which the contacts of an earlier release were added. */
function addedUpTo(sql: ContactSql): string {
  return String(sql.addedUpTo.all()[0]?.['value'] ?? '');
}

function addSome(sql: ContactSql): boolean {
  const after = addedUpTo(sql);
  if (after === ALL) return false;
  const rows = sql.toAdd.all(after, MAX_ROWS);
  for (const { id, state } of rows) changeEntry(sql, String(id), { from: undefined, to: entryOfState(readState(String(state))) });
  sql.setAddedUpTo.run(rows.length < MAX_ROWS ? ALL : String(rows.at(-1)?.['id']));
  return rows.length === MAX_ROWS;
}

/** Yields after each `ENTRIES` entries, as all may have to be compared for one page. */
function* findContacts(db: Database, query: ContactFilter & PageQuery): Generator<void, readonly SessionView[]> {
  const { limit, after = '' } = query;
  const { step, find, values } = prepareSearch(db, entryFilter(query));
  const session = db.prepare('SELECT state, status, queue, updated_at FROM sessions WHERE id = ?');
  const found: SessionView[] = [];
  for (let from = after; ; ) {
    const upTo = step.all(...values.step, from)[0]?.['id'];
    const ids = find.all(...values.step, from, upTo ?? ALL, ...values.fits, limit - found.length);
    found.push(...ids.flatMap(({ id }) => session.all(String(id)).map(viewOf)));
    if (typeof upTo !== 'string' || found.length >= limit) return found;
    from = upTo;
    yield;
  }
}

/** Prepares how the end of a step is found, and the entries of a step that fit. Members of a group are found by their memberships. */
function prepareSearch(db: Database, { group, id, anyOf }: EntryFilter) {
  const texts = anyOf.map((parts) => parts.map(() => 'instr(text, ?) > 0').join(' AND ') || 'true');
  const fits = `(${['is_cut', 'contact_texts.id = ?', ...texts].join(' OR ')})`;
  const [table, own] = group === undefined ? ['contact_texts', ''] : ['contact_groups', 'code = ? AND '];
  const from = group === undefined ? table : 'contact_groups CROSS JOIN contact_texts USING (id)';
  const values: { readonly step: readonly SqlValue[]; readonly fits: readonly SqlValue[] } = {
    step: group === undefined ? [] : [group],
    fits: [id ?? '', ...anyOf.flat()],
  };
  const step = db.prepare(`SELECT id FROM ${table} WHERE ${own}id > ? ORDER BY id LIMIT 1 OFFSET ${ENTRIES - 1}`);
  const find = db.prepare(
    `SELECT ${table}.id FROM ${from} WHERE ${own}${table}.id > ? AND ${table}.id <= ? AND ${fits} ORDER BY ${table}.id LIMIT ?`,
  );
  return { step, find, values };
}

function* countGroups(
  sql: ContactSql,
  countMembers: ReturnType<typeof countRange>,
  { after = '', limit }: PageQuery,
): Generator<void, readonly GroupSize[]> {
  const groups: GroupSize[] = [];
  for (let last = after; groups.length < limit; ) {
    const next = sql.nextGroup.all(last)[0]?.['code'];
    if (next === undefined) break;
    last = String(next);
    groups.push({ code: last, members: yield* countMembers([last], ['']) });
    if (groups.length % STEP.positions === 0) yield;
  }
  return groups;
}
