import type { mongo } from 'mongoose';
import { type Census, readQueue } from '../../contract/store/index.js';
import { dueSince } from '../due-of.js';
import { orAway } from './connection.js';
import { queuesBy } from './due-sessions.js';
import type { SessionDocument } from './session-document.js';

/** How long the server may count, in milliseconds. */
const TIME_LIMIT = { maxTimeMS: 30_000 } as const;

/** Counts sessions and waiting sends by the indexes that exist. The server counts without reading a document. */
export function mongoCensus(sessions: mongo.Collection<SessionDocument>): () => Promise<Census> {
  return () =>
    orAway(async () => {
      const [all, forgotten, waiting, outbox] = await Promise.all([
        sessions.countDocuments({}, { ...TIME_LIMIT, hint: { _id: 1 } }),
        // Forgotten people have left tombstones, which are no sessions.
        sessions.countDocuments({ forgotten: { $gt: '' } }, { ...TIME_LIMIT, hint: { forgotten: 1 } }),
        // A session that waits has a position.
        sessions.countDocuments({ positions: { $gt: '' } } as mongo.Filter<SessionDocument>, { ...TIME_LIMIT, hint: { positions: 1 } }),
        countOutbox(sessions),
      ]);
      return { sessions: { waiting, idle: Math.max(0, all - forgotten - waiting) }, outbox };
    });
}

async function countOutbox(sessions: mongo.Collection<SessionDocument>): Promise<Census['outbox']> {
  const counted = await queuesBy(sessions, 'dueKey', TIME_LIMIT);
  return counted.flatMap(({ _id, depth, dueAt }) => {
    const place = readQueue(_id);
    return 'channel' in place ? [{ ...place, depth, dueSince: dueSince(dueAt) }] : [];
  });
}
