import type { Connection, mongo } from 'mongoose';
import type { ContactFilter } from '../../contract/contact-filter.js';
import type { Log } from '../../contract/host/index.js';
import type { SessionState } from '../../contract/index.js';
import type { ContactIndex, GroupSize, PageQuery, SessionView } from '../../contract/store/index.js';
import { type ContactEntry, contactTest, type EntryFilter, entryFilter } from '../../text/contact-search.js';
import { entryOfState } from '../contact-entry.js';
import { readState } from '../read-stored.js';
import { inOrder, orAway } from './connection.js';
import { inBatches } from './in-batches.js';
import { insertOnce, upsertWhereFit } from './insert-once.js';
import type { SessionDocument } from './session-document.js';
import { VIEWED, viewOf } from './session-view.js';

/** What a contact is found by. A contact that was merged into another one has an empty text and no groups. */
interface EntryDocument {
  readonly _id: string;
  /** The `rev` of the session that the entry was made of. An older write changes nothing. */
  readonly rev: number;
  readonly text: string;
  readonly isCut: boolean;
  readonly groups?: readonly string[];
}
/** An entry to be written. */
export interface Entry {
  readonly id: string;
  readonly rev: number;
  readonly entry: ContactEntry | undefined;
}

/** If more sessions than this wait for their entries, the index cannot keep up, and is not asked. */
const MAX_WAITING = 500;
/** Sessions whose contacts are added at once. */
const SLICE = 500;
/** Greater than every id. */
const ALL = '~';
/** The collection of the entries. */
export const ENTRIES = 'contactEntries';
/** The key in `meta` of the id up to which the contacts of an earlier release were added. */
const ADDED_UP_TO = 'contactsAddedUpTo';

/**
 * What contacts are found by: a short document for each of them in the collection `contactEntries`, in the order of the ids, so that texts are
 * compared without reading sessions. It is written after the session, which has the field `unlisted` from the same write on until the entry is
 * stored. So a search asks the entries, and looks at the sessions that are not listed yet; what a dead host has left is listed by `upgrade`.
 */
export interface MongoContactIndex extends ContactIndex {
  createIndexes(): Promise<void>;
  /** Stores an entry after the write of its session, in the background. */
  list(entry: Entry): void;
  /** Removes the entry of a session that was forgotten. */
  remove(id: string): Promise<void>;
  /** Lists what was left, and the contacts of some sessions of an earlier release. Returns true if there may be more. */
  upgrade(): Promise<boolean>;
  /** Waits for the entries that are being written. */
  flushed(): Promise<void>;
}

interface Work {
  readonly sessions: mongo.Collection<SessionDocument>;
  readonly entries: mongo.Collection<EntryDocument>;
  readonly meta: mongo.Collection<{ readonly _id: string; readonly value: string }>;
}

export function mongoContactIndex(connection: Connection, log: Log): MongoContactIndex {
  const work = {
    sessions: connection.collection('sessions'),
    entries: connection.collection(ENTRIES),
    meta: connection.collection('meta'),
  } as never as Work;
  const store = inBatches((entries: readonly Entry[]) => storeEntries(work, entries));
  const underWay = new Set<Promise<unknown>>();
  let isComplete = false;
  const isAdded = async () => {
    isComplete ||= (await addedUpTo(work)) === ALL;
    return isComplete;
  };
  return {
    async createIndexes() {
      await work.sessions.createIndex({ unlisted: 1 }, { sparse: true });
      await work.entries.createIndex({ groups: 1, _id: 1 });
      await insertOnce(work.meta, { _id: ADDED_UP_TO, value: '' });
    },
    list(entry) {
      const stored = store(entry)
        .catch((error: unknown) => log.warn({ error: String(error) }, 'a contact is not in the index yet: it is added within an hour'))
        .finally(() => underWay.delete(stored));
      underWay.add(stored);
    },
    remove: (id) => orAway(async () => void (await work.entries.deleteOne({ _id: id }))),
    upgrade: () => orAway(async () => (await listLeft(work)) || addSome(work)),
    async flushed() {
      await Promise.all(underWay);
    },
    findContacts: (query) => orAway(async () => ((await isAdded()) ? findContacts(work, query) : undefined)),
    countGroups: (query) => orAway(async () => ((await isAdded()) ? countGroups(work, query) : undefined)),
  };
}

/** Stores entries, each over an older one alone, and marks their sessions as listed. Returns a value for each. */
async function storeEntries(work: Work, given: readonly Entry[]): Promise<readonly true[]> {
  const { sessions, entries } = work;
  const ordered = inOrder(given, ({ id }) => id);
  const writes = ordered.map(({ id, rev, entry }) => {
    const { groups = [], text = '', isCut = false } = entry ?? {};
    const some = groups.length > 0 ? { $set: { rev, text, isCut, groups } } : { $set: { rev, text, isCut }, $unset: { groups: '' } };
    return { updateOne: { filter: { _id: id, rev: { $lt: rev } }, update: some, upsert: true } };
  });
  // A newer entry stays.
  await upsertWhereFit(() => entries.bulkWrite(writes as never, { ordered: false }));
  const marks = ordered.map(({ id, rev }) => ({ updateOne: { filter: { _id: id, unlisted: rev }, update: { $unset: { unlisted: '' } } } }));
  const { matchedCount } = await sessions.bulkWrite(marks as never, { ordered: false });
  if (matchedCount < ordered.length) await removeForgotten(work, ordered);
  return given.map(() => true);
}

/** Removes entries of people who were forgotten before these were stored. */
async function removeForgotten({ sessions, entries }: Work, stored: readonly Pick<Entry, 'id'>[]): Promise<void> {
  const filter = { _id: { $in: stored.map(({ id }) => id) }, forgotten: { $exists: true } };
  const gone = await sessions.find(filter as mongo.Filter<SessionDocument>, { projection: { _id: 1 } }).toArray();
  if (gone.length > 0) await entries.deleteMany({ _id: { $in: gone.map(({ _id }) => _id) } });
}

type Kept = Pick<SessionDocument, '_id' | 'rev' | 'state' | 'unlisted'>;
const KEPT = { rev: 1, state: 1, unlisted: 1 } as const;

function entryIn({ _id, rev, state, unlisted = rev }: Kept): Entry {
  return { id: _id, rev: unlisted, entry: entryOfState(readState(state)) };
}

/** Lists sessions whose entries a host has not stored. */
async function listLeft(work: Work): Promise<boolean> {
  const left = await work.sessions.find<Kept>({ unlisted: { $gt: 0 } }, { projection: KEPT, limit: SLICE }).toArray();
  if (left.length > 0) await storeEntries(work, left.map(entryIn));
  return left.length === SLICE;
}

async function addedUpTo({ meta }: Work): Promise<string> {
  return (await meta.findOne({ _id: ADDED_UP_TO }))?.value ?? '';
}

async function addSome(work: Work): Promise<boolean> {
  const after = await addedUpTo(work);
  if (after === ALL) return false;
  const page = await work.sessions
    .find<Kept & Pick<SessionDocument, 'forgotten'>>({ _id: { $gt: after } }, { projection: { ...KEPT, forgotten: 1 }, hint: { _id: 1 } })
    .sort({ _id: 1 })
    .limit(SLICE)
    .toArray();
  const living = page.filter(({ forgotten }) => forgotten === undefined);
  if (living.length > 0) await storeEntries(work, living.map(entryIn));
  const value = page.length < SLICE ? ALL : (page.at(-1)?._id ?? ALL);
  // Another host may be further already.
  await work.meta.updateOne({ _id: ADDED_UP_TO }, { $max: { value } });
  return value !== ALL;
}

/** Returns the sessions that are not listed yet, after an id; undefined if they are many. */
async function unlisted({ sessions }: Work, after: string): Promise<readonly SessionView[] | undefined> {
  const filter = { unlisted: { $gt: 0 }, _id: { $gt: after } };
  const found = await sessions
    .find(filter, { projection: VIEWED, hint: { unlisted: 1 } })
    .limit(MAX_WAITING + 1)
    .toArray();
  return found.length > MAX_WAITING ? undefined : found.map(viewOf);
}

async function findContacts(work: Work, query: ContactFilter & PageQuery): Promise<readonly SessionView[] | undefined> {
  const { limit, after = '' } = query;
  // First: what is listed meanwhile is found by its entry.
  const waiting = await unlisted(work, after);
  if (!waiting) return undefined;
  const { filter, hint } = searchOf(entryFilter(query), after);
  const listed = await work.entries
    .find(filter, { projection: { _id: 1 }, hint })
    .sort({ _id: 1 })
    .limit(limit)
    .toArray();
  const ids = listed.map(({ _id }) => _id);
  // Those after the last entry of a full page come with the next one.
  const last = ids.length < limit ? ALL : (ids.at(-1) ?? ALL);
  const own = waiting.filter(({ state }) => state.id <= last && fits(state, query));
  const others = await viewsOf(work, without(ids, waiting));
  const views = inOrder([...own, ...others], ({ state }) => state.id).slice(0, limit);
  if (ids.length < limit || views.length === limit) return views;
  // Some entries of the page were old.
  const more = await findContacts(work, { ...query, after: last, limit: limit - views.length });
  return more && [...views, ...more];
}

/** Returns whether a session that is not listed yet is of a contact that fits. */
function fits({ contact, mergedInto }: SessionState, filter: ContactFilter): boolean {
  return mergedInto === undefined && (contactTest(filter)?.(contact) ?? true);
}

function without(ids: readonly string[], views: readonly SessionView[]): readonly string[] {
  const known = new Set(views.map(({ state }) => state.id));
  return ids.filter((id) => !known.has(id));
}

async function viewsOf({ sessions }: Work, ids: readonly string[]): Promise<readonly SessionView[]> {
  if (ids.length === 0) return [];
  const filter = { _id: { $in: ids }, forgotten: { $exists: false } };
  return (await sessions.find(filter, { projection: VIEWED }).toArray()).map(viewOf);
}

function searchOf({ group, id, anyOf }: EntryFilter, after: string) {
  const texts = anyOf.map((parts) => ({ $and: parts.map((part) => ({ text: { $regex: escaped(part) } })) }));
  const all = { _id: { $gt: after }, ...(group === undefined ? {} : { groups: group }) };
  const isAny = anyOf.some((parts) => parts.length === 0);
  const either = { $or: [{ isCut: true }, ...(id === undefined ? [] : [{ _id: id }]), ...texts] };
  const filter = (isAny ? all : { ...all, ...either }) as mongo.Filter<EntryDocument>;
  return { filter, hint: group === undefined ? { _id: 1 } : { groups: 1, _id: 1 } };
}

/** Returns a regular expression that matches a text as it is. */
function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

async function countGroups(work: Work, { after = '', limit }: PageQuery): Promise<readonly GroupSize[] | undefined> {
  const waiting = await unlisted(work, '');
  if (!waiting) return undefined;
  const groups = { $gt: after };
  const counted = await work.entries
    .aggregate<{ readonly _id: string; readonly members: number }>(
      [
        { $match: { groups, _id: { $nin: waiting.map(({ state }) => state.id) } } },
        { $unwind: '$groups' },
        { $match: { groups } },
        { $group: { _id: '$groups', members: { $sum: 1 } } },
      ],
      { hint: { groups: 1, _id: 1 } },
    )
    .toArray();
  const members = new Map(counted.map((one) => [one._id, one.members]));
  for (const { state } of waiting)
    for (const code of entryOfState(state)?.groups ?? []) if (code > after) members.set(code, (members.get(code) ?? 0) + 1);
  const codes = [...members.keys()].sort().slice(0, limit);
  return codes.map((code) => ({ code, members: members.get(code) ?? 0 }));
}
