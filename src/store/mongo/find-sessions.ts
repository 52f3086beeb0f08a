import type { mongo } from 'mongoose';
import type { SessionQuery, SessionStore, SessionView } from '../../contract/store/index.js';
import { type Counted, positionsIn, waitingIn } from '../positions.js';
import { orAway } from './connection.js';
import type { SessionDocument } from './session-document.js';
import { VIEWED, viewOf } from './session-view.js';

type Sessions = mongo.Collection<SessionDocument>;

/** Finds sessions by contact, flow and status, and counts how many wait where. */
export function findSessions(sessions: Sessions): Pick<SessionStore, 'list' | 'positions' | 'waiting'> {
  return {
    list: (query) => orAway(() => listSessions(sessions, query)),
    async positions(flow) {
      const own = positionsOf(flow);
      const stages = [{ $match: { positions: { $elemMatch: own } } }, { $unwind: '$positions' }, { $match: { positions: own } }];
      return positionsIn(flow, await orAway(() => countPositions(sessions, stages)));
    },
    async waiting() {
      const stages = [{ $match: { positions: { $gt: '' } } }, { $unwind: '$positions' }];
      return waitingIn(await orAway(() => countPositions(sessions, stages)));
    },
  };
}

async function listSessions(sessions: Sessions, query: SessionQuery): Promise<readonly SessionView[]> {
  const { contact, flow, status, queue, after, limit } = query;
  const isHandedOver = queue !== undefined || status === 'operator';
  if (isHandedOver && status !== undefined && status !== 'operator') return [];
  const id = { ...(contact === undefined ? {} : { $eq: contact }), ...(after === undefined ? {} : { $gt: after }) };
  const filter = {
    forgotten: { $exists: false },
    ...(Object.keys(id).length > 0 ? { _id: id } : {}),
    ...(flow === undefined ? {} : { positions: { $elemMatch: positionsOf(flow) } }),
    ...(isHandedOver ? { queue: queue ?? { $gte: '' } } : status === undefined ? {} : { status, queue: { $exists: false } }),
  };
  // Otherwise a server may take the index of `forgotten`, and sort all sessions for one page.
  const hint = isHandedOver ? { hint: { queue: 1 } } : flow === undefined ? { hint: { _id: 1 } } : {};
  const found = await sessions
    .find(filter as mongo.Filter<SessionDocument>, { projection: VIEWED, ...hint })
    .sort({ _id: 1 })
    .limit(limit)
    .toArray();
  return found.map(viewOf);
}

async function countPositions(sessions: Sessions, stages: readonly object[]): Promise<readonly Counted[]> {
  const groups = await sessions
    .aggregate<{ readonly _id: string; readonly waiting: number }>([...stages, { $group: { _id: '$positions', waiting: { $sum: 1 } } }], {
      // A server without statistics may read the whole collection instead.
      hint: { positions: 1 },
    })
    .toArray();
  return groups.map(({ _id, waiting }) => [_id, waiting]);
}

/** Matches every text that begins with `<flow>@`, whatever characters the caller's flow code has: `A` is the character after `@`. */
function positionsOf(flow: string) {
  return { $gte: `${flow}@`, $lt: `${flow}A` };
}
