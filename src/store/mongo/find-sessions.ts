import type { mongo } from 'mongoose';
import type { SessionState, SessionStore, SessionView } from '../../contract/index.js';
import { type Counted, positionsIn, waitingIn } from '../record-view.js';
import { reading } from './connection.js';
import type { SessionDocument } from './session-document.js';

/** What people look for: sessions by contact, flow and status, and how many wait where. */
export function findSessions(sessions: mongo.Collection<SessionDocument>): Pick<SessionStore, 'list' | 'positions' | 'waiting'> {
  return {
    list: ({ contact, flow, status, after, limit }) =>
      reading(async () => {
        const id = { ...(contact === undefined ? {} : { $eq: contact }), ...(after === undefined ? {} : { $gt: after }) };
        const filter = {
          forgotten: { $exists: false },
          ...(Object.keys(id).length > 0 ? { _id: id } : {}),
          ...(flow === undefined ? {} : { positions: { $elemMatch: positionsOf(flow) } }),
          ...(status === undefined ? {} : { status }),
        };
        const found = await sessions
          .find(filter as mongo.Filter<SessionDocument>, { projection: { state: 1, status: 1, updatedAt: 1 } })
          .sort({ _id: 1 })
          .limit(limit)
          .toArray();
        return found.map(
          (one): SessionView => ({ state: JSON.parse(one.state) as SessionState, status: one.status, updatedAt: one.updatedAt }),
        );
      }),
    positions: (flow) =>
      reading(async () => {
        const those = positionsOf(flow);
        const counted = await count([
          { $match: { positions: { $elemMatch: those } } },
          { $unwind: '$positions' },
          { $match: { positions: those } },
        ]);
        return positionsIn(flow, counted);
      }),
    waiting: () => reading(async () => waitingIn(await count([{ $match: { positions: { $gt: '' } } }, { $unwind: '$positions' }]))),
  };

  async function count(stages: readonly object[]): Promise<readonly Counted[]> {
    const groups = await sessions
      .aggregate<{ readonly _id: string; readonly waiting: number }>([...stages, { $group: { _id: '$positions', waiting: { $sum: 1 } } }])
      .toArray();
    return groups.map(({ _id, waiting }) => [_id, waiting]);
  }
}

/** Every text that begins with `<flow>@`, whatever the caller has put there for a flow's code: `A` is the letter after `@`. */
function positionsOf(flow: string) {
  return { $gte: `${flow}@`, $lt: `${flow}A` };
}
