import type { ChannelId } from '../contract/index.js';
import type { LiveRun } from './live-run.js';
import type { Work } from './work.js';

/**
 * Returns whether a message on this channel may answer the run. It may on the run's own channel, on channels that the run has sent on or
 * joined by a link, and on channels that its flows are bound to; if they are bound to none, on every channel where the person is known.
 * A message on a demo channel never answers a run on a real one, or the other way round: in a demo, anybody can pretend to be anybody.
 */
export function mayAnswerOn(work: Work, run: LiveRun, channel: ChannelId): boolean {
  if (isDemo(work, channel) !== isDemo(work, run.channel)) return false;
  if (channel === run.channel || run.alsoOn?.includes(channel) || run.sentAt?.[channel] !== undefined) return true;
  const flows = run.stack.flatMap((frame) => (frame.kind === 'flow' ? [frame.flow] : []));
  const bound = flows.flatMap((flow) => work.input.links?.channelsOf(flow) ?? []);
  return bound.length > 0 ? bound.includes(channel) : work.input.session.channels[channel] !== undefined;
}

function isDemo(work: Work, channel: ChannelId): boolean {
  return work.input.channels.get(channel)?.demo === true;
}
