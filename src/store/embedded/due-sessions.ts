import type { IsoTime } from '../../contract/index.js';
import type { SessionStore } from '../../contract/store/index.js';
import type { SessionWork } from './session-records.js';

export function dueWakes({ sql }: SessionWork, now: IsoTime, limit: number): readonly string[] {
  return sql.dueWakes.all(now, limit).map(({ id }) => String(id));
}

export function postponeWake({ sql, group }: SessionWork, id: string, until: IsoTime): Promise<void> {
  return group.write(() => void sql.postponeWake.run(until, id, until));
}

export function nextDue({ sql }: SessionWork): Awaited<ReturnType<SessionStore['nextDue']>> {
  const [wake, effect] = [sql.nextWake.all()[0]?.['at'], sql.nextEffect.all()[0]?.['at']];
  return { ...(typeof wake === 'string' ? { wake } : {}), ...(typeof effect === 'string' ? { effect } : {}) };
}
