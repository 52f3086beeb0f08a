import { BUDGET, type EventOf, type GivenVars, type HandOver, millisOf, type Run } from '../contract/index.js';
import { jsonSize } from '../contract/json/json-size.js';
import type { Program } from '../flow/program.js';
import { noteSender } from './contact-changes.js';
import { currentHandOver } from './hand-over.js';
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
  const handOver = currentHandOver(work);
  if ((running || handOver) && event.onBusy === 'ignore')
    return refuse(work, handOver ? 'an operator has the talk' : 'the contact is in another flow');
  const place = placeOf(event, { running, handOver });
  if (place === 'queued' && jsonSize(event.data) > BUDGET.queuedData)
    return refuse(work, `the data of a queued start may have at most ${BUDGET.queuedData} characters`);
  const request = newRun(work, event, { program, place });
  // A flow that cannot begin interrupts nothing.
  if (running && place === 'foreground' && !refusalOf(work, request)) interrupt(work, running, event.flow);
  const refused = startRun(work, request);
  if (refused) return refuse(work, refused.reason);
  if (place === 'queued')
    conclude(work, 'queued', `${program.key} waits for ${handOver ? 'an operator to give the talk back' : 'the running flow to end'}`);
  else conclude(work, 'started', `${program.key} started by ${event.by}`);
}

/** No start interrupts an operator: it waits until the talk is given back. */
function placeOf(
  { onBusy }: Start,
  { running, handOver }: { readonly running: Run | undefined; readonly handOver: HandOver | undefined },
): Run['place'] {
  if (onBusy === 'background') return 'background';
  return handOver || (running && onBusy === 'queue') ? 'queued' : 'foreground';
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
    inputs: event.data,
    vars: { ...work.input.channels.get(event.channel)?.variables, ...given, ...event.data },
    ...(discardAt === undefined ? {} : { discardAt }),
    chain: event.chain,
  };
}
