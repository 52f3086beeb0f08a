import type { mongo } from 'mongoose';
import type { Lane } from '../../contract/index.js';
import type { Census } from '../../contract/store/index.js';
import { orAway } from './connection.js';
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
  const lanes = await sessions
    .aggregate<{ readonly _id: { readonly channel: string; readonly lane: Lane }; readonly depth: number; readonly dueSince: string }>(
      [
        { $match: { dueChannel: { $gt: '' } } },
        { $group: { _id: { channel: '$dueChannel', lane: '$dueLane' }, depth: { $sum: 1 }, dueSince: { $min: '$dueAt' } } },
      ],
      { ...TIME_LIMIT, hint: { dueChannel: 1, dueLane: 1, dueAt: 1 } },
    )
    .toArray();
  return lanes.map(({ _id: { channel, lane }, depth, dueSince }) => ({ channel, lane, depth, dueSince }));
}
