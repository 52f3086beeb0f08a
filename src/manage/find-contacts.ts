import type { ContactFilter } from '../contract/contact-filter.js';
import type { Contact } from '../contract/index.js';
import type { PageQuery, SessionView, Store } from '../contract/store/index.js';
import { contactTest } from '../text/contact-search.js';
import { readPhone } from '../text/read-phone.js';
import type { Page, PageRequest } from './page.js';

interface FindParts {
  readonly store: {
    readonly sessions: Pick<Store['sessions'], 'list' | 'findContacts'>;
    readonly contacts: Pick<Store['contacts'], 'find'>;
  };
}

/** How many sessions are read in one step, so that nothing else has to wait for long. */
const STEP = 100;
/** How many sessions are read for one page. By the index of contacts, few are read that do not fit. */
const MAX_READ = 5_000;

/**
 * Finds contacts, the oldest first; the one with the phone number that is looked for comes before them. At most `MAX_READ` sessions are read
 * for one page. So while the store cannot answer by its index, a page may have few items or none, and yet a next one.
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
  const step = fits ? Math.min(Math.max(STEP, limit + 1), maxRead) : limit + 1;
  const found: SessionView[] = [];
  let last = after;
  for (let read = 0; ; ) {
    const views = await candidates(store, fits && filter, { limit: step, ...(last === undefined ? {} : { after: last }) });
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

/** Lists sessions of contacts that may fit: by the index if there is a filter and the index is complete, else all. */
async function candidates(
  { sessions }: FindParts['store'],
  filter: ContactFilter | undefined,
  query: PageQuery,
): Promise<readonly SessionView[]> {
  return (filter && (await sessions.findContacts({ ...filter, ...query }))) ?? sessions.list(query);
}

/** Returns whether a contact fits a filter. */
export function isFound(contact: Contact, filter: ContactFilter): boolean {
  return contactTest(filter)?.(contact) ?? true;
}
