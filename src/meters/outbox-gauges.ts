import type { OutboxUse } from '../contract/host/index.js';
import type { Metrics } from './metrics.js';

/** Shows what the outbox of this host does now. */
export function showOutbox({ roomUsed, pace }: Metrics, { rooms, paces }: OutboxUse): void {
  roomUsed.reset();
  pace.reset();
  for (const { channel, lane, used } of rooms) roomUsed.set({ channel, lane }, used);
  for (const { channel, perSecond } of paces) pace.set({ channel }, perSecond);
}
