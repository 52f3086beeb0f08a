import { durationMillis, type IsoTime, type NodeProblem, type NodeScope, type NodeType, plusMillis } from '../../src/contract/index.js';
import { isLiteral } from '../../src/params/message-files.js';
import { dateOf, isTimeZone } from '../../src/text/date.js';
import { nextTime } from './next-time.js';
import { params, type TimeOfDay, type WaitParams } from './params.js';

/** The clock shows each time again within a day, in milliseconds. */
const A_DAY = 86_400_000 - 1;

/** Lets time pass: so long, until a time of day, or until a date. */
export const node: NodeType<WaitParams> = {
  type: 'wait',
  version: 1,
  title: 'Wait',
  group: 'core',
  params,
  ports: () => ['next'],
  waitsFor: () => 'time',
  longestWait: ({ for: length, until }) => (length ? durationMillis(length) : until && !until.days ? A_DAY : Number.POSITIVE_INFINITY),
  check: ({ until, untilDate }) => [...zoneProblems(until), ...dateProblems(untilDate)],
  enter(scope) {
    const until = endOf(scope);
    return until === undefined || until <= scope.now ? { then: { exit: 'next' } } : { then: { wait: { for: 'time', until } } };
  },
  resume: () => ({ then: { exit: 'next' } }),
};

function endOf(scope: NodeScope<WaitParams>): IsoTime | undefined {
  const { for: length, until, untilDate, offset } = scope.params;
  if (length) return scope.after(length);
  if (until) return new Date(nextTime(until, Date.parse(scope.now), zoneOf(until, scope))).toISOString();
  const date = dateOf(scope.value(untilDate ?? ''), { zone: scope.timeZone });
  if (date === undefined) {
    scope.warn('wait/no-date', 'what it is to wait for is no date; it does not wait');
    return undefined;
  }
  return plusMillis(new Date(date).toISOString(), offset ? durationMillis(offset) : 0);
}

function zoneOf({ zone }: TimeOfDay, { contact, timeZone, warn }: NodeScope<WaitParams>): string {
  if (zone === 'flow') return timeZone;
  if (zone !== 'contact') return zone;
  if (contact.timeZone === undefined || contact.timeZone === '') return timeZone;
  if (isTimeZone(contact.timeZone)) return contact.timeZone;
  warn('wait/no-zone', "the contact's time zone is none; that of the flow is taken");
  return timeZone;
}

function zoneProblems(until: WaitParams['until']): readonly NodeProblem[] {
  if (until === undefined || ['contact', 'flow'].includes(until.zone) || isTimeZone(until.zone)) return [];
  const hint = 'Use "contact", "flow", or a name such as Europe/Berlin.';
  return [{ pointer: '/until/zone', code: 'flow/unknown-zone', message: `there is no time zone "${until.zone}"`, hint }];
}

/** A date that stands in the file; what a template gives is read when the wait begins. */
function dateProblems(date: string | undefined): readonly NodeProblem[] {
  if (date === undefined || !isLiteral(date) || dateOf(date, { zone: 'UTC' }) !== undefined) return [];
  const hint = 'Write a date such as 2026-12-24 or 2026-12-24T18:30, or a template that gives one.';
  return [{ pointer: '/untilDate', code: 'wait/no-date', message: `"${date}" is not a date, so it would not wait`, hint }];
}
