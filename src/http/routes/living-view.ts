import type { SessionView, Store } from '../../contract/index.js';
import { livingSession } from '../../people/living-session.js';

/** A session as lists show it; of a contact that was merged into another one, the session of that one. */
export async function livingView(store: Store, id: string): Promise<SessionView | undefined> {
  const living = await livingSession(store, id);
  const [found] = living ? await store.sessions.list({ contact: living.state.id, limit: 1 }) : [];
  return found;
}
