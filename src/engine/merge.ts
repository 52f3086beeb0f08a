import type { Contact, FlowEvent, IsoTime, Run, SessionState } from '../contract/index.js';
import { releaseHeld } from './held.js';
import { takeLinks } from './links.js';
import { startNextOfAll } from './number-moved.js';
import { goOn } from './runs.js';
import { setAside } from './set-aside.js';
import { foreground, type LiveRun, liveRun, type Work, warn } from './work.js';

type MergeEvent = Extract<FlowEvent, { type: 'merge' }>;

/** Takes over all that another contact had, who turned out to be the same person. This one is the older: what it knows stays. */
export function takeOver(work: Work, event: MergeEvent): void {
  const { contact, channels, links, runs = [], held = [], effectCount = 0, toldOn } = event;
  work.contact = mergedContact(work.contact, contact);
  work.channels = mergedChannels(work.channels, channels);
  // Effects of both are in one queue from now on, so the next one comes after all of them.
  work.effectCount = Math.max(work.effectCount, effectCount);
  work.held = [...work.held, ...held].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  takeLinks(work, links);
  takeRuns(work, runs, toldOn);
  startNextOfAll(work);
  work.agenda.push(() => goOn(work));
}

/** All runs stay, whatever the budgets say; at most one of them can be in the foreground. */
function takeRuns(work: Work, runs: readonly Run[], toldOn: string | undefined): void {
  const mine = foreground(work);
  const others = runs.map(liveRun);
  const theirs = others.find(({ place }) => place === 'foreground');
  const queued = [...work.runs, ...others].filter(({ place }) => place === 'queued').sort(inOrder);
  work.runs = [...[...work.runs, ...others].filter(({ place }) => place !== 'queued'), ...queued];
  if (!mine || !theirs) return;
  if (isSameTalk(mine, theirs)) endAsMerged(work, mine.startedAt <= theirs.startedAt ? mine : theirs);
  else setAside(work, sentLast(mine, theirs, toldOn) === mine ? theirs : mine);
}

/** What was begun comes back before anything else begins. */
function inOrder(a: LiveRun, b: LiveRun): number {
  if ((a.aside === undefined) !== (b.aside === undefined)) return a.aside === undefined ? 1 : -1;
  return a.startedAt < b.startedAt ? -1 : a.startedAt > b.startedAt ? 1 : 0;
}

/** The person has begun the same flow under both addresses: one talk of it is enough. */
function isSameTalk(a: LiveRun, b: LiveRun): boolean {
  const [first, second] = [a.stack[0], b.stack[0]];
  if (first?.kind !== 'flow' || second?.kind !== 'flow' || first.flow !== second.flow) return false;
  return a.startedBy.startsWith('message:') && b.startedBy.startsWith('message:');
}

function endAsMerged(work: Work, run: LiveRun): void {
  warn(work, 'run/merged', `the run ${run.id} has ended: the person is in a later run of the same flow`);
  work.runs = work.runs.filter((one) => one !== run);
  releaseHeld(work, run);
}

/** The run to which the person has most likely answered: the last one to send on the channel in question, else on any. */
function sentLast(mine: LiveRun, theirs: LiveRun, channel: string | undefined): LiveRun {
  const there = (run: LiveRun): IsoTime => (channel === undefined ? undefined : run.sentAt?.[channel]) ?? '';
  const anywhere = (run: LiveRun): IsoTime => [run.startedAt, ...Object.values(run.sentAt ?? {})].sort().at(-1) ?? '';
  if (there(mine) !== there(theirs)) return there(mine) > there(theirs) ? mine : theirs;
  return anywhere(mine) >= anywhere(theirs) ? mine : theirs;
}

function mergedContact(mine: Contact, other: Contact): Contact {
  return {
    ...other,
    ...mine,
    createdAt: [mine.createdAt, other.createdAt].sort()[0] ?? mine.createdAt,
    identities: [...new Set([...mine.identities, ...other.identities])],
    ...(mine.userIds || other.userIds ? { userIds: { ...other.userIds, ...mine.userIds } } : {}),
    fields: { ...other.fields, ...mine.fields },
    groups: [...new Set([...mine.groups, ...other.groups])],
    optOut: stricter(mine.optOut, other.optOut),
  };
}

/** Nobody knows which was said later, so who wants to hear nothing under one address hears nothing. */
function stricter(mine: Contact['optOut'], other: Contact['optOut']): Contact['optOut'] {
  const refused = Object.entries(other).filter(([, isOut]) => isOut);
  return { ...other, ...mine, ...Object.fromEntries(refused) };
}

function mergedChannels(mine: SessionState['channels'], others: SessionState['channels']): SessionState['channels'] {
  const all = { ...mine };
  for (const [id, use] of Object.entries(others)) {
    const known = all[id];
    if (!known || (known.lastInboundAt ?? '') < (use.lastInboundAt ?? '')) all[id] = use;
  }
  return all;
}
