import type { Effect, Lane } from '../effect.js';
import type { ChannelId } from '../message.js';
import type { IsoTime } from '../time.js';

/**
 * A queue of the outbox: the sends of a channel in one lane, the calls of a service, or the notices of a channel. Each session is in at most one queue of sends and in
 * one of calls, with what is due next.
 *
 * @example 'reply|wa', 'campaign|wa', 'call|http', 'call|operators|wa'
 */
export type Queue = `${Lane}|${ChannelId}` | `call|${string}`;

/** A queue that is not empty. */
export interface QueueState {
  readonly queue: Queue;
  /** When the first of it was or will be due; a time long ago if it waits for nothing. What is under way is due again when its lease ends. */
  readonly dueAt: IsoTime;
}

/** Returns true for a queue of calls. */
export function isCallQueue(queue: Queue): boolean {
  return queue.startsWith('call|');
}

/** Returns the channel and lane of a queue of sends, or the service of a queue of calls. */
export function readQueue(queue: Queue): { readonly channel: ChannelId; readonly lane: Lane } | { readonly service: string } {
  const bar = queue.indexOf('|');
  const [kind, name] = [queue.slice(0, bar) as Lane | 'call', queue.slice(bar + 1)];
  return kind === 'call' ? { service: name } : { channel: name, lane: kind };
}

/** Returns the queue that an effect waits in. */
export function queueOf({ body }: Pick<Effect, 'body'>): Queue {
  if (body.kind !== 'call') return `${body.lane}|${body.channel}`;
  // A receiver of notices that is slow holds up only those of its channel.
  return body.notice ? `call|${body.service}|${body.notice.channel}` : `call|${body.service}`;
}
