import type { Contact, Json } from '../contract/index.js';
import type { SessionView, Store } from '../contract/store/index.js';
import { fold } from '../text/fold.js';
import { readPhone } from '../text/read-phone.js';
import { searchFor } from '../text/search-for.js';
import type { Page, PageRequest } from './page.js';

/** Which contacts are meant. What is given must all fit. */
export interface ContactFilter {
  /** Words of the name, an identity, the values of fields, or digits of a phone number. */
  readonly text?: string | undefined;
  /** The code of a group that they are in. */
  readonly group?: string | undefined;
  /** Values of fields, by name. */
  readonly fields?: Readonly<Record<string, string>> | undefined;
}

interface FindParts {
  readonly store: { readonly sessions: Pick<Store['sessions'], 'list'>; readonly contacts: Pick<Store['contacts'], 'find'> };
}

/** How many sessions are read in one step, so that nothing else has to wait for long. */
const STEP = 100;
/** How many sessions are read for one page. */
const MAX_READ = 5_000;

/**
 * Finds contacts, the oldest first; the one with the phone number that is looked for comes before them. With a filter, at most `MAX_READ`
 * contacts are looked at for one page; so a page may have few items or none, and yet a next one.
 */
export async function findContacts(
  { store }: FindParts,
  query: PageRequest & ContactFilter,
  maxRead = MAX_READ,
): Promise<Page<SessionView>> {
  const owner = await ownerOf(store, query.text);
  const page = await searchedPage(store, { ...query, ...(query.after === undefined ? {} : { owner }) }, maxRead);
  if (owner === undefined || query.after !== undefined || page.next === undefined) return page;
  return withFirst(page, { limit: query.limit, first: await ownFirst(store, owner, query) });
}

/** Returns who has a phone number, if the whole text is one. */
async function ownerOf({ contacts }: FindParts['store'], text = ''): Promise<string | undefined> {
  const phone = readPhone(text);
  return phone === undefined ? undefined : contacts.find(`phone:${phone}`);
}

async function ownFirst({ sessions }: FindParts['store'], owner: string, filter: ContactFilter): Promise<SessionView | undefined> {
  const [found] = await sessions.list({ contact: owner, limit: 1 });
  return found && isFound(found.state.contact, filter) ? found : undefined;
}

/** Less than every id of a contact. */
const BEFORE_ALL = '0';

/** Puts the owner of a phone number before a page that does not reach to them. Further pages leave them out. */
function withFirst(
  { items, next }: Page<SessionView>,
  { limit, first }: { readonly limit: number; readonly first: SessionView | undefined },
): Page<SessionView> {
  if (!first || items.some(({ state }) => state.id === first.state.id)) return { items, ...(next === undefined ? {} : { next }) };
  const others = items.slice(0, limit - 1);
  const last = others.length < items.length ? (others.at(-1)?.state.id ?? BEFORE_ALL) : next;
  return { items: [first, ...others], ...(last === undefined ? {} : { next: last }) };
}

/** `owner`: a contact who was on the first page. */
type Searched = PageRequest & ContactFilter & { readonly owner?: string | undefined };

async function searchedPage(
  store: FindParts['store'],
  { limit, after, owner, ...filter }: Searched,
  maxRead: number,
): Promise<Page<SessionView>> {
  const fits = contactTest(filter);
  const step = fits ? Math.min(STEP, maxRead) : limit + 1;
  const found: SessionView[] = [];
  let last = after;
  for (let read = 0; ; ) {
    const views = await store.sessions.list({ limit: step, ...(last === undefined ? {} : { after: last }) });
    found.push(...views.filter(({ state }) => state.mergedInto === undefined && state.id !== owner && (!fits || fits(state.contact))));
    read += views.length;
    last = views.at(-1)?.state.id ?? last;
    const isAll = views.length < step;
    if (found.length <= limit && !isAll && read < maxRead) continue;
    const items = found.slice(0, limit);
    const next = found.length > limit ? items.at(-1)?.state.id : isAll ? undefined : last;
    return { items, ...(next === undefined ? {} : { next }) };
  }
}

/** Returns whether a contact fits a filter. */
export function isFound(contact: Contact, filter: ContactFilter): boolean {
  return contactTest(filter)?.(contact) ?? true;
}

type Test = (contact: Contact) => boolean;

/** Returns the test of a filter; undefined if every contact fits. */
function contactTest({ text, group, fields = {} }: ContactFilter): Test | undefined {
  const tests: Test[] = [
    ...(text === undefined ? [] : [textTest(text)]),
    ...(group === undefined ? [] : [({ groups }: Contact) => groups.some((one) => one.group === group)]),
    ...Object.entries(fields).map(([name, value]) => fieldTest(name, value)),
  ];
  return tests.length === 0 ? undefined : (contact) => tests.every((test) => test(contact));
}

function textTest(text: string): Test {
  const isIn = searchFor(text);
  return ({ id, name = '', identities, fields }) =>
    id === text || isIn({ texts: [name, ...Object.values(fields).flatMap(wordsIn)], phones: identities });
}

/** Compares a field as rules do: case and width do not count. */
function fieldTest(name: string, value: string): Test {
  const wanted = fold(value);
  return ({ fields }) => Object.hasOwn(fields, name) && wordsIn(fields[name] ?? null).some((one) => fold(one) === wanted);
}

/** Returns a value of a field as texts; a list has several. */
function wordsIn(value: Json | undefined): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(wordsIn);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [String(value)] : [];
}
