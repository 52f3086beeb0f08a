import type { mongo } from 'mongoose';
import type { IsoTime } from '../../contract/index.js';
import type { SessionStore } from '../../contract/store/index.js';
import { orAway } from './connection.js';
import type { SessionDocument } from './session-document.js';
import type { SessionWork } from './session-records.js';

export async function dueWakes({ sessions }: SessionWork, now: IsoTime, limit: number): Promise<readonly string[]> {
  const due = await orAway(() =>
    sessions
      .find({ wakeAt: { $lte: now } }, { projection: { _id: 1 } })
      .sort({ wakeAt: 1 })
      .limit(limit)
      .toArray(),
  );
  return due.map(({ _id }) => _id);
}

export async function postponeWake({ sessions }: SessionWork, id: string, until: IsoTime): Promise<void> {
  await orAway(() => sessions.updateOne({ _id: id, wakeAt: { $lt: until } }, { $set: { wakeAt: until } }));
}

export async function nextDue({ sessions }: SessionWork): ReturnType<SessionStore['nextDue']> {
  const [wake, effect] = await orAway(() => Promise.all([earliest(sessions, 'wakeAt'), earliest(sessions, 'dueAt')]));
  return { ...(wake === undefined ? {} : { wake }), ...(effect === undefined ? {} : { effect }) };
}

async function earliest(sessions: SessionWork['sessions'], field: 'wakeAt' | 'dueAt'): Promise<IsoTime | undefined> {
  const [first] = await sessions
    .find({ [field]: { $gt: '' } } as mongo.Filter<SessionDocument>, { projection: { [field]: 1 } })
    .sort({ [field]: 1 })
    .limit(1)
    .toArray();
  return first?.[field];
}
