import { type EventOf, plusMillis } from '../contract/index.js';
import { setAside } from './set-aside.js';
import { conclude, edit, newId, type Work, warn } from './work.js';

/** How long a provider may take to report that the contact and the number's new owner are one person, in milliseconds. */
const MAY_BE_ONE = 600_000;

/** Takes the news that the contact's number belongs to another person: its addresses go, and its runs stand still for a while. */
export function loseNumber(work: Work, event: EventOf<'numberMoved'>): undefined {
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
  work.numberMoved = { id: newId(work, 'm'), until: plusMillis(event.at, MAY_BE_ONE) };
  conclude(work, 'noted', `the number of this contact now belongs to ${heir}`);
}

/** The time is up: the contact and the number's new owner are two people. Runs that wrote to the number end, and queued ones may start. */
export function endRunsAside(work: Work): void {
  for (const run of work.runs.filter(({ aside }) => aside !== undefined))
    warn(work, { code: 'run/number-moved', detail: `the run ${run.id} has ended: the number that it wrote to belongs to another person` });
  work.runs = work.runs.filter(({ aside }) => aside === undefined);
  work.numberMoved = undefined;
  work.tasks.push({ kind: 'startNext' });
  conclude(work, 'noted', 'the runs that wrote to the number have ended: it belongs to another person');
}

/** Lets background runs go on, because the contact and the number's new owner are one person. One of the foreground comes back when that is free. */
export function bringBackRuns(work: Work): void {
  work.numberMoved = undefined;
  for (const run of work.runs.filter(({ aside }) => aside === 'background')) work.tasks.push({ kind: 'comeBack', run: edit(work, run) });
}
