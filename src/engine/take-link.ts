import type { EventOf, Link, OutboundMessage, Platform } from '../contract/index.js';
import { hearAlsoOn, moveTo } from './answer.js';
import { noteSender, noteSubscription } from './contact-changes.js';
import { currentHandOver } from './hand-over.js';
import { ignoreBadLink, isUsable } from './links.js';
import { type LiveRun, topOf } from './live-run.js';
import { repeatQuestion } from './repeat-question.js';
import { startBy } from './take-message.js';
import { conclude, findTrigger, foreground, type Work, warn } from './work.js';

type Linked = EventOf<'linked'>;

/** Takes the news that the person opened a link on the other platform. A flow that listens to that starts, else the run that waits goes on there. */
export function takeLink(work: Work, event: Linked): undefined {
  const platform = work.input.channels.get(event.channel)?.platform;
  if (platform === undefined || !isUsable(work.links, { token: event.token, platform, at: event.at }))
    return ignoreBadLink(work, 'the link was used before, has expired, or does not belong to this contact');
  useLink(work, event);
  const running = foreground(work);
  const best = currentHandOver(work) ? undefined : findTrigger(work, event, running ? 'busy' : 'idle').best;
  const hasStarted = best !== undefined && startBy(work, event, { best });
  if (running && work.runs.includes(running)) goOnThere(work, running, { event, platform });
  if (!hasStarted) conclude(work, 'noted', `the contact can be reached on ${platform} as well`);
}

/** Takes over the address and removes the link. The message that brought it neither answers nor starts anything. */
function useLink(work: Work, { channel, from, token, subscribed, wroteAt }: Linked): void {
  work.links = work.links.filter((link: Link) => link.token !== token);
  noteSender(work, channel, from);
  if (subscribed !== undefined) noteSubscription(work, channel, subscribed);
  if (wroteAt === undefined) return;
  if (work.channels[channel]?.subscribed === false) noteSubscription(work, channel, true);
  const use = work.channels[channel];
  if (use) work.channels = { ...work.channels, [channel]: { ...use, lastInboundAt: wroteAt } };
}

/** Lets the run go on over the new channel. The open question is repeated there, because the chat is empty; not if it was the link itself. */
function goOnThere(work: Work, run: LiveRun, { event, platform }: { readonly event: Linked; readonly platform: Platform }): void {
  const frame = topOf(run);
  const wait = frame?.kind === 'flow' ? frame.wait : undefined;
  const isAsking = wait?.for === 'message' && (wait.platform === undefined || wait.platform === platform);
  if (!isAsking) {
    hearAlsoOn(run, event.channel);
    return;
  }
  const question = run.question?.message;
  moveTo(run, event.channel);
  if (!question || JSON.stringify(question).includes(event.token)) return;
  if (canShow(work, run, question)) repeatQuestion(work, run);
  else
    warn(work, {
      code: 'link/not-shown',
      detail: `${platform} cannot show the question that is open, a message of type "${question.type}"`,
    });
}

function canShow(work: Work, run: LiveRun, { type }: OutboundMessage): boolean {
  const shows = work.input.channels.get(run.channel)?.limits.shows ?? [];
  return type !== 'native' && shows.includes(type);
}
