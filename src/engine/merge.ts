import type { Contact, EventOf, IsoTime, Platform, Run, SessionState } from '../contract/index.js';
import { handingOver } from './hand-over.js';
import { releaseHeld } from './held.js';
import { addLinks } from './links.js';
import { type LiveRun, liveRun } from './live-run.js';
import { bringBackRuns } from './number-moved.js';
import { endOlderThanOptOut } from './opt-out.js';
import { setAside } from './set-aside.js';
import { conclude, foreground, isLeftToOperator, type Work, warn } from './work.js';

/** Takes over everything from another contact who turned out to be the same person. This contact is the older one: what it knows stays. */
export function takeOver(work: Work, event: EventOf<'merge'>): undefined {
  const { contact, channels, links, runs = [], held = [], handOvers = [], effectCount = 0, toldOn } = event;
  work.contact = mergedContact(work.contact, contact);
  work.channels = mergedChannels(work.channels, channels);
  // The effects of both are in one queue from now on, so the next effect comes after all of them.
  work.effectCount = Math.max(work.effectCount, effectCount);
  work.held = [...work.held, ...held].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  work.laterHandOvers = [...work.laterHandOvers, ...handOvers];
  addLinks(work, links);
  takeRuns(work, runs, toldOn);
  bringBackRuns(work);
  endOlderThanOptOut(work);
  work.tasks.push({ kind: 'startNext' });
  conclude(work, 'noted', `the contact ${event.loser} is the same person`);
}

/** Marks this contact as merged into another one. Once everything it had is there, nothing is left here. */
export function becomeMerged(work: Work, { winner, isDone }: EventOf<'merged'>): undefined {
  work.mergedInto = winner;
  conclude(work, 'noted', `this contact is the same person as ${winner}`);
  if (!isDone) return;
  work.runs = [];
  work.held = [];
  work.links = [];
  work.handOver = undefined;
  work.laterHandOvers = [];
  work.channels = {};
  work.contact = { ...work.contact, identities: [] };
}

/** Adds the other contact's runs, whatever the budgets say. If both contacts have one in the foreground, only one of the two stays there. */
function takeRuns(work: Work, runs: readonly Run[], toldOn: string | undefined): void {
  const mine = foreground(work);
  const others = runs.map(liveRun);
  const theirs = others.find(({ place }) => place === 'foreground');
  const queued = [...work.runs, ...others].filter(({ place }) => place === 'queued').sort(inOrder);
  work.runs = [...[...work.runs, ...others].filter(({ place }) => place !== 'queued'), ...queued];
  // Another operator gets the talk later, and so does a run of the foreground while one has it.
  if (theirs && isLeftToOperator(work)) setAside(work, theirs);
  if (!mine || !theirs) return;
  const isWithOperator = [mine, theirs].find(handingOver);
  if (isWithOperator) setAside(work, isWithOperator === mine ? theirs : mine);
  else if (isSameConversation(mine, theirs)) endAsMerged(work, mine.startedAt <= theirs.startedAt ? mine : theirs);
  else setAside(work, sentLast([mine, theirs], toldOn) === mine ? theirs : mine);
}

/** Orders queued runs: those that were set aside come back before others start. */
function inOrder(a: Run, b: Run): number {
  if ((a.aside === undefined) !== (b.aside === undefined)) return a.aside === undefined ? 1 : -1;
  return a.startedAt < b.startedAt ? -1 : a.startedAt > b.startedAt ? 1 : 0;
}

/** Returns whether the person has started the same flow under both addresses; one conversation is enough then. */
function isSameConversation(a: LiveRun, b: LiveRun): boolean {
  const [first, second] = [a.stack[0], b.stack[0]];
  if (first?.kind !== 'flow' || second?.kind !== 'flow' || first.flow !== second.flow) return false;
  return a.startedBy.startsWith('message:') && b.startedBy.startsWith('message:');
}

function endAsMerged(work: Work, run: LiveRun): void {
  warn(work, { code: 'run/merged', detail: `the run ${run.id} has ended: the person is in a later run of the same flow` });
  work.runs = work.runs.filter((one) => one !== run);
  releaseHeld(work, run);
}

/** Returns the run that the person has most likely answered: the last one to send on this channel, else on any. */
function sentLast([mine, theirs]: readonly [LiveRun, LiveRun], channel: string | undefined): LiveRun {
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
    groups: mergedGroups(mine.groups, other.groups),
    optOut: stricter(mine.optOut, other.optOut),
  };
}

/** A person who is in a group under both addresses has been in it since they first joined. */
function mergedGroups(mine: Contact['groups'], others: Contact['groups']): Contact['groups'] {
  const joined = new Map(mine.map(({ group, since }) => [group, since]));
  for (const { group, since } of others) {
    const known = joined.get(group);
    if (known === undefined || since < known) joined.set(group, since);
  }
  return [...joined].map(([group, since]) => ({ group, since }));
}

/** A person who opted out under one address has opted out, and the last time counts: nobody knows whether they came back later. */
function stricter(mine: Contact['optOut'], others: Contact['optOut']): Contact['optOut'] {
  const later = Object.entries(others).filter(([platform, { since = '' }]) => (mine[platform as Platform]?.since ?? '') <= since);
  return { ...mine, ...Object.fromEntries(later) };
}

function mergedChannels(mine: SessionState['channels'], others: SessionState['channels']): SessionState['channels'] {
  const all = { ...mine };
  for (const [id, use] of Object.entries(others)) {
    const known = all[id];
    if (!known || (known.lastInboundAt ?? '') < (use.lastInboundAt ?? '')) all[id] = use;
  }
  return all;
}
