import { isDeepStrictEqual } from 'node:util';
import type { Clock, Json } from '../contract/index.js';
import type { AuditEntry, Store } from '../contract/store/index.js';
import { newAuditId } from '../people/new-id.js';
import type { Caller } from './caller.js';
import type { Change } from './change.js';
import type { Outcome } from './outcome.js';
import { type Page, type PageRequest, pageOf } from './page.js';

export interface AuditParts {
  readonly store: Pick<Store, 'audit'>;
}

/** Stores a change in the audit log; a change that left everything as it was is not stored. To be called before the caller is answered. */
export async function recordChange(
  { store, clock }: AuditParts & { readonly clock: Pick<Clock, 'now'> },
  caller: Caller,
  change: Change | undefined,
): Promise<void> {
  if (!change || !isRealChange(change)) return;
  const { action, target, before, after } = change;
  const at = clock.now();
  const { id, name, role } = caller;
  await store.audit.add({
    id: newAuditId(at),
    at,
    by: { id, name, role },
    action,
    target,
    ...(before === undefined ? {} : { before: asJson(before) }),
    ...(after === undefined ? {} : { after: asJson(after) }),
  });
}

function isRealChange({ before, after }: Change): boolean {
  return before === undefined || after === undefined || !isDeepStrictEqual(before, after);
}

function asJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}

/** Lists changes, the newest first: all of them, or those of one target. */
export async function listChanges(
  { store }: AuditParts,
  _caller: Caller,
  { target, ...page }: PageRequest & { readonly target?: string },
): Promise<Outcome<Page<AuditEntry>>> {
  const found = await store.audit.list({ ...page, ...(target === undefined ? {} : { target }), limit: page.limit + 1 });
  return { done: pageOf(found, page.limit, ({ id }) => id) };
}
