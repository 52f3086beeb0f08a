import type { mongo } from 'mongoose';
import type { Census, Lane } from '../../contract/index.js';
import { reading } from './connection.js';
import type { SessionDocument } from './session-document.js';

/** The server does not count longer for us than so many milliseconds. */
const LONGEST = { maxTimeMS: 30_000 } as const;

/** Counts over the indexes that are there: the server does it, without reading a session. */
export function mongoCensus(sessions: mongo.Collection<SessionDocument>): () => Promise<Census> {
  return () =>
    reading(async () => {
      const [all, forgotten, waiting, lanes] = await Promise.all([
        sessions.countDocuments({}, { ...LONGEST, hint: { _id: 1 } }),
        // Who was forgotten has left a mark, and is no session.
        sessions.countDocuments({ forgotten: { $gt: '' } }, { ...LONGEST, hint: { forgotten: 1 } }),
        // Who waits stands at a node.
        sessions.countDocuments({ positions: { $gt: '' } } as mongo.Filter<SessionDocument>, { ...LONGEST, hint: { positions: 1 } }),
        sessions
          .aggregate<{
            readonly _id: { readonly channel: string; readonly lane: Lane };
            readonly depth: number;
            readonly dueSince: string;
          }>(
            [
              { $match: { dueChannel: { $gt: '' } } },
              { $group: { _id: { channel: '$dueChannel', lane: '$dueLane' }, depth: { $sum: 1 }, dueSince: { $min: '$dueAt' } } },
            ],
            { ...LONGEST, hint: { dueChannel: 1, dueLane: 1, dueAt: 1 } },
          )
          .toArray(),
      ]);
      const outbox = lanes.map(({ _id: { channel, lane }, depth, dueSince }) => ({ channel, lane, depth, dueSince }));
      return { sessions: { waiting, idle: Math.max(0, all - forgotten - waiting) }, outbox };
    });
}
