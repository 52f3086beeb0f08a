import type { SessionQuery, SessionView, Store } from '../contract/store/index.js';
import type { Caller } from './caller.js';
import type { Outcome } from './outcome.js';
import { type Page, type PageRequest, pageOf } from './page.js';

interface GroupParts {
  readonly store: { readonly sessions: Pick<Store['sessions'], 'list'> };
}

/** A group that somebody is in. */
export interface GroupView {
  readonly code: string;
  /** How many contacts are in it. */
  readonly members: number;
}

/** How many sessions are read in one step, so that nothing else has to wait for long. */
const STEP = 200;

/** Lists the groups that somebody is in, by their codes. Reads all contacts. */
export async function listGroups(
  { store }: GroupParts,
  _caller: Caller,
  { limit, after = '' }: PageRequest,
): Promise<Outcome<Page<GroupView>>> {
  const members = new Map<string, number>();
  for await (const { state } of people(store)) {
    for (const { group } of state.contact.groups) members.set(group, (members.get(group) ?? 0) + 1);
  }
  const found = [...members.keys()].filter((code) => code > after).sort();
  return {
    done: pageOf(
      found.map((code) => ({ code, members: members.get(code) ?? 0 })),
      limit,
      ({ code }) => code,
    ),
  };
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
