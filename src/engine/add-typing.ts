import type { Effect, Skipped } from '../contract/index.js';
import type { LiveRun } from './live-run.js';
import { type NewEffect, recordEffect } from './record-effect.js';
import type { Work } from './work.js';

/**
 * Adds an indicator that an answer is being written, which marks the run's last message as read. It is skipped if that is not on the run's
 * channel, or the channel has no indicator: without a warning, because a flow for both platforms is right to ask for it.
 */
export function addTyping(work: Work, run: LiveRun, source: Pick<NewEffect, 'run' | 'flow' | 'version' | 'node'>): Effect {
  const { channel, lastMessage: last } = run;
  const address = work.channels[channel]?.address ?? '';
  const skipped = whySkipped(work, run, address);
  const body = { kind: 'typing', channel, address, lane: run.lane, messageId: last?.id ?? '' } as const;
  return recordEffect(work, { body, ...source, ...(skipped ? { skipped } : {}) });
}

function whySkipped({ input }: Work, { lastMessage: last, channel }: LiveRun, address: string): Skipped | undefined {
  if (!input.channels.get(channel)?.showsTyping) return { code: 'send/no-typing', reason: 'the channel has no typing indicator' };
  if (last?.channel === channel && address !== '') return undefined;
  return {
    code: 'send/no-typing',
    reason: 'the person has not written to this run on the channel, so there is no message to mark as read',
  };
}
