import { type FlowEvent, plusMillis } from '../contract/index.js';
import { goOn } from './runs.js';
import { comeBack, setAside } from './set-aside.js';
import { newId, say, type Work, warn } from './work.js';

/** How long the provider may take to tell that the person and the new owner of the number are one, in milliseconds. */
const MAY_BE_TOLD = 600_000;

/** Another person has the contact's number now: its addresses go, and its runs stand still for a while. */
export function loseNumber(work: Work, event: Extract<FlowEvent, { type: 'numberMoved' }>): void {
  const { identities, addresses, instead, heir } = event;
  const { contact, channels } = work;
  work.contact = { ...contact, identities: contact.identities.filter((one) => !identities.includes(one)) };
  work.channels = Object.fromEntries(
    Object.entries(channels).flatMap(([id, use]) => {
      if (!addresses.includes(use.address)) return [[id, use]];
      return instead === undefined ? [] : [[id, { ...use, address: instead }]];
    }),
  );
  for (const run of work.runs.filter(({ place }) => place !== 'queued')) setAside(work, run);
  work.numberMoved = { id: newId(work, 'm'), until: plusMillis(event.at, MAY_BE_TOLD) };
  say(work, 'noted', `the number of this contact is now that of ${heir}`);
}

/** Nobody has told that they are one: what waited for an answer to that number ends, and what was to begin begins. */
export function endWhatStoodStill(work: Work): void {
  for (const run of work.runs.filter(({ aside }) => aside !== undefined))
    warn(work, 'run/number-moved', `the run ${run.id} has ended: the number that it wrote to is another person's`);
  work.runs = work.runs.filter(({ aside }) => aside === undefined);
  delete work.numberMoved;
  work.agenda.push(() => goOn(work));
  say(work, 'noted', 'the runs have ended that wrote to a number which is another person’s');
}

/** They are one person after all: background runs go on at once, what was in the foreground when it is free. */
export function startNextOfAll(work: Work): void {
  delete work.numberMoved;
  for (const run of work.runs.filter(({ aside }) => aside === 'background')) work.agenda.push(() => comeBack(work, run));
}
