import type { FlowEvent, OutboundMessage, Platform } from '../contract/index.js';
import { hearAlsoOn, moveTo } from './answer.js';
import { takeLinked } from './links.js';
import { repeatQuestion } from './repeat-question.js';
import { startBy } from './take-message.js';
import { ask, foreground, type LiveRun, say, topOf, type Work, warn } from './work.js';

type Linked = Extract<FlowEvent, { type: 'linked' }>;

/** Somebody came by a link from the other platform: a flow that listens to that begins, else the run that waits goes on there. */
export function takeLink(work: Work, event: Linked): void {
  const platform = takeLinked(work, event);
  if (platform === undefined) return;
  const running = foreground(work);
  const { best } = ask(work, event, running ? 'busy' : 'idle');
  const hasBegun = best !== undefined && startBy(work, event, best);
  if (running && work.runs.includes(running)) goOnThere(work, running, { event, platform });
  if (!hasBegun) say(work, 'noted', `the contact can be reached on ${platform} as well`);
}

/** An empty chat says nothing of the question that is open: it is said again, unless it was the link itself. */
function goOnThere(work: Work, run: LiveRun, { event, platform }: { readonly event: Linked; readonly platform: Platform }): void {
  const frame = topOf(run);
  const wait = frame?.kind === 'flow' ? frame.wait : undefined;
  const asks = wait?.for === 'message' && (wait.platform === undefined || wait.platform === platform);
  if (!asks) {
    hearAlsoOn(run, event.channel);
    return;
  }
  const question = run.question?.message;
  moveTo(run, event.channel);
  if (!question || JSON.stringify(question).includes(event.token)) return;
  if (!canShow(work, run, question)) {
    warn(work, 'link/not-shown', `${platform} cannot show the question that is open, a message of type "${question.type}"`);
    return;
  }
  repeatQuestion(work, run);
}

function canShow(work: Work, run: LiveRun, { type }: OutboundMessage): boolean {
  const shows = work.input.channels.get(run.channel)?.limits.shows ?? [];
  return type !== 'native' && shows.includes(type);
}
