import type { GroupSize, PageQuery, SessionQuery, SessionView, Store } from '../contract/store/index.js';
import type { Caller } from './caller.js';
import type { Outcome } from './outcome.js';
import { type Page, type PageRequest, pageOf } from './page.js';

interface GroupParts {
  readonly store: { readonly sessions: Pick<Store['sessions'], 'list' | 'countGroups'> };
}

/** How many sessions are read in one step, so that nothing else has to wait for long. */
const STEP = 200;

/** Lists the groups that somebody is in, by their codes. */
export async function listGroups({ store }: GroupParts, _caller: Caller, { limit, after }: PageRequest): Promise<Outcome<Page<GroupSize>>> {
  const query = { limit: limit + 1, ...(after === undefined ? {} : { after }) };
  const found = (await store.sessions.countGroups(query)) ?? (await countMembers(store, query));
  return { done: pageOf(found, limit, ({ code }) => code) };
}

/** Counts the members of all groups by reading all sessions, while the store cannot answer by its index of contacts. */
async function countMembers(store: GroupParts['store'], { after = '', limit }: PageQuery): Promise<readonly GroupSize[]> {
  const members = new Map<string, number>();
  for await (const { state } of people(store)) {
    for (const { group } of state.contact.groups) members.set(group, (members.get(group) ?? 0) + 1);
  }
  const codes = [...members.keys()].filter((code) => code > after).sort();
  return codes.slice(0, limit).map((code) => ({ code, members: members.get(code) ?? 0 }));
}

/** Reads the sessions of all people, without those that were merged into another one. */
async function* people({ sessions }: GroupParts['store']): AsyncGenerator<SessionView> {
  let query: SessionQuery = { limit: STEP };
  for (;;) {
    const views = await sessions.list(query);
    for (const view of views) if (view.state.mergedInto === undefined) yield view;
    const last = views.at(-1);
    if (last === undefined || views.length < STEP) return;
    query = { limit: STEP, after: last.state.id };
  }
}
