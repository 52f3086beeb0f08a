import type { ChannelId } from '../contract/index.js';
import type { LiveRun } from './live-run.js';
import type { Work } from './work.js';

/**
 * May what a person says on this channel answer what the run asks? On its own channel, where its flow is bound, over which it has sent,
 * or which its link has joined; a flow without a binding hears everywhere where the person is known. A demo and a real channel never
 * answer for each other: whoever plays with the demo can say that they are anybody.
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
