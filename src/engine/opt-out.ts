import type { EventOf, InboundMessage, IsoTime, OptOut, Platform, Run } from '../contract/index.js';
import { titleBeginning } from '../text/choose-typed.js';
import { foldTitle } from '../text/fold.js';
import { isDoubleTap, readAnswer, tappedChoice } from './answer.js';
import { changeContact } from './change-contact.js';
import { heardAt, isSameTime } from './contact-changes.js';
import { currentHandOver, handingOver, tellOperator } from './hand-over.js';
import { judgeSend } from './judge-send.js';
import type { LiveRun } from './live-run.js';
import { mayAnswerOn } from './may-answer.js';
import { openOffer } from './offer.js';
import { recordEffect } from './record-effect.js';
import { endRun } from './runs.js';
import { conclude, edit, isLeftToOperator, optOutNow, type Work, warn, whereabouts } from './work.js';

/** Types of messages that can be a STOP or START word: what was typed, and a tap on a button with that title. A caption is not. */
const WORDS: ReadonlySet<string> = new Set(['text', 'choice']);

/**
 * Returns whether a message opts its sender out of the platform, or back in. Words that the open offer of the running flow has are an answer to
 * it. START words mean nothing to a person who has not opted out.
 */
export function optOutWord(work: Work, message: InboundMessage, running: LiveRun | undefined): 'stop' | 'start' | undefined {
  const { type, channel, group, platform, text } = message;
  if (group !== undefined || !WORDS.has(type)) return undefined;
  const { wordThen } = work.input;
  if (wordThen !== undefined) return wordThen === 'none' ? undefined : wordThen;
  const rules = work.input.channels.get(channel)?.optOut;
  const isStop = rules?.isStop(text) === true;
  const isStart = !isStop && work.contact.optOut[platform] !== undefined && rules?.isStart(text) === true;
  if (!isStop && !isStart) return undefined;
  const isAnswer = running && !currentHandOver(work) && mayAnswerOn(work, running, channel) && answersOffer(running, message);
  return isAnswer ? undefined : isStop ? 'stop' : 'start';
}

/** Returns whether the open offer has the title that a message says. */
function answersOffer(run: LiveRun, message: InboundMessage): boolean {
  if (isDoubleTap(run, message)) return true;
  const offer = openOffer(run) ?? [];
  const answer = offer.length > 0 ? readAnswer(run, message) : 'stale';
  if (answer === 'stale' || answer.type !== 'choice') return false;
  // The first words of a title are no answer if they are a STOP word.
  if (message.type !== 'choice') return titleBeginning(answer.title ?? '') !== foldTitle(message.text);
  const tapped = tappedChoice(offer, message);
  if (tapped) return tapped.title !== '';
  // The buttons of a template are stored at Meta, so a flow does not know their titles. Those of native JSON are its own.
  return answer !== message || run.question?.message.type !== 'template';
}

/**
 * Takes a STOP word, which answers no run. What waits in the queue is skipped by the commit. Returns whether the word is still to be answered:
 * it is answered once.
 */
export function takeStop(work: Work, { message }: EventOf<'message'>): boolean {
  const { platform, channel } = message;
  const before = work.contact.optOut[platform];
  work.optOutWord = 'stop';
  const handOver = currentHandOver(work);
  if (handOver) {
    tellOperator(work, handOver, message);
    // An operator who talks on the other platform goes on there.
    work.handOver = handOver;
  }
  changeContact(work, { optOut: { [platform]: true } });
  endAllOn(work, platform);
  conclude(work, 'opted-out', `the person wants no more messages on ${platform}: they have written a STOP word of ${channel}`);
  return !before;
}

/** Ends what goes on with the person on a platform: the talk with an operator, all runs, and what was held there. */
export function endAllOn(work: Work, platform: Platform): void {
  endTalk(work, platform);
  work.held = work.held.filter((one) => one.message.platform !== platform);
  endRunsOn(work, platform);
}

function endRunsOn(work: Work, platform: Platform, isChosen: (run: Run) => boolean = () => true): void {
  for (const run of work.runs.filter((one) => isOn(work, platform, one) && isChosen(one)).map((one) => edit(work, one))) {
    warn(work, { code: 'run/opted-out', detail: `the run ${run.id} was ended: the person wants no more messages on ${platform}` });
    endRun(work, run, 'opted-out');
  }
}

/** Takes a START word: messages are wanted again. It is then taken like every other message. */
export function takeStart(work: Work, { message, at }: EventOf<'message'>): void {
  const { platform, sentAt } = message;
  // The provider may deliver an older word later.
  const since = work.contact.optOut[platform]?.since ?? '';
  const heard = heardAt(sentAt, at);
  if (heard < since && !isSameTime(heard, since)) return;
  work.optOutWord = 'start';
  changeContact(work, { optOut: { [platform]: false } });
  warn(work, { code: 'contact/opted-in', detail: `the person wants messages on ${platform} again: "${message.text}" is a START word` });
}

/**
 * Ends the runs that a STOP word would have ended which the person wrote under another address of theirs: those that have heard nothing from
 * them since. An operator who has the talk goes on.
 */
export function endOlderThanOptOut(work: Work): void {
  const { optOut } = work.contact;
  for (const [platform, { since = '' }] of Object.entries(optOut) as [Platform, OptOut][]) {
    const isOlder = (time: IsoTime) => time < since && !isSameTime(time, since);
    work.held = work.held.filter(({ message }) => message.platform !== platform || !isOlder(message.sentAt));
    endRunsOn(work, platform, (run) => isOlder(lastHeardAt(run)) && !handingOver(run));
  }
}

/** Returns when a run has heard from the person last, or began. */
function lastHeardAt({ startedAt, lastMessage }: Run): IsoTime {
  return lastMessage && lastMessage.sentAt > startedAt ? lastMessage.sentAt : startedAt;
}

/** Ends hand-overs on the platform that no run waits for. */
function endTalk(work: Work, platform: Platform): void {
  if (isLeftToOperator(work) && work.handOver && isOn(work, platform, work.handOver)) {
    work.handOver = undefined;
    work.tasks.push({ kind: 'startNext' });
  }
  work.laterHandOvers = work.laterHandOvers.filter((later) => !isOn(work, platform, later));
}

function isOn({ input }: Work, platform: Platform, { channel }: Pick<Run, 'channel'>): boolean {
  return input.channels.get(channel)?.platform === platform;
}

/** Confirms the opt-out with the channel's answer, in the person's language. */
export function answerStop(work: Work, message: InboundMessage): void {
  const { channel, platform, sentAt, type } = message;
  const text = work.input.channels.get(channel)?.optOut?.answer(message.text, work.contact.language) ?? '';
  if (text === '') return;
  const { body, skipped, warnings } = judgeSend(
    { kind: 'send', message: { type: 'text', text } },
    {
      ...whereabouts(work),
      now: work.input.event.at,
      optOut: optOutNow(work),
      answers: { platform, sentAt, type },
      run: { channel, lane: 'reply', lastMessage: { channel } },
    },
  );
  for (const { code, detail } of warnings) warn(work, { code, detail });
  recordEffect(work, { body, ...(skipped ? { skipped } : {}) });
}
