import { BUDGET, type EventOf, type GivenVars, millisOf, type Run } from '../contract/index.js';
import { jsonSize } from '../contract/json/json-size.js';
import type { Program } from '../flow/program.js';
import { noteSender } from './contact-changes.js';
import { interrupt, type NewRun, refusalOf, startRun } from './runs.js';
import { customer } from './take-message.js';
import { conclude, foreground, type Work, warn } from './work.js';

type Start = EventOf<'start'>;

/** Starts a flow for a system. If the contact is in another flow, `onBusy` says what becomes of the start. */
export function takeStart(work: Work, event: Start): undefined {
  noteSender(work, event.channel, event.from);
  for (const { code, detail } of event.warnings ?? []) warn(work, { code, detail });
  const program = work.input.programs.get(`${event.flow}@${event.version}`);
  if (!program) return refuse(work, `${event.flow}@${event.version} is not loaded`);
  if (event.discardAt !== undefined && event.discardAt <= event.at) {
    conclude(work, 'discarded', `it was to start before ${event.discardAt}`);
    return;
  }
  const platform = work.input.channels.get(event.channel)?.platform;
  if (platform !== undefined && work.contact.optOut[platform]) {
    const reason = `the contact has opted out of ${platform}`;
    warn(work, { code: 'start/opted-out', detail: reason });
    return refuse(work, reason);
  }
  const running = foreground(work);
  if (running && event.onBusy === 'ignore') return refuse(work, 'the contact is in another flow');
  const place = event.onBusy === 'background' ? 'background' : running && event.onBusy === 'queue' ? 'queued' : 'foreground';
  if (place === 'queued' && jsonSize(event.data) > BUDGET.queuedData)
    return refuse(work, `the data of a queued start may have at most ${BUDGET.queuedData} characters`);
  const request = newRun(work, event, { program, place });
  // A flow that cannot begin interrupts nothing.
  if (running && place === 'foreground' && !refusalOf(work, request)) interrupt(work, running, event.flow);
  const refused = startRun(work, request);
  if (refused) return refuse(work, refused.reason);
  if (place === 'queued') conclude(work, 'queued', `${program.key} waits for the running flow to end`);
  else conclude(work, 'started', `${program.key} started by ${event.by}`);
}

function refuse(work: Work, reason: string): undefined {
  conclude(work, 'refused', reason);
}

function newRun(work: Work, event: Start, { program, place }: { readonly program: Program; readonly place: Run['place'] }): NewRun {
  const { uuid, outId, claimedAt, discardAt } = event;
  const given: GivenVars = {
    ...customer(event.from, work.contact),
    channelId: event.channel,
    ...(uuid === undefined ? {} : { uuid }),
    ...(outId === undefined ? {} : { outId }),
    ...(claimedAt === undefined ? {} : { claimTimeMillis: millisOf(claimedAt) }),
  };
  return {
    program,
    place,
    id: event.run,
    startedBy: event.by,
    channel: event.channel,
    lane: event.lane,
    vars: { ...work.input.channels.get(event.channel)?.variables, ...given, ...event.data },
    ...(discardAt === undefined ? {} : { discardAt }),
  };
}
