import { durationMillis, type IsoTime, isoTimeAt, millisOf, type NodeScope, type NodeType, plusMillis } from '../../src/contract/index.js';
import { dateOf, isTimeZone } from '../../src/text/date.js';
import { zoneOfPhone } from '../../src/text/zone-of-phone.js';
import { problemsIn } from './check.js';
import { nextTime } from './next-time.js';
import { params, type TimeOfDay, type WaitParams } from './params.js';

/** The longest wait for a time of day, in milliseconds. */
const A_DAY = 86_400_000 - 1;

/** Waits for a length of time, until a time of day, or until a date. */
export const node: NodeType<WaitParams> = {
  type: 'wait',
  version: 1,
  title: 'Wait',
  sentence: 'Waits for some time, or until a time of day or a date.',
  words: ['delay', 'pause', 'sleep', 'timer', 'schedule', 'business hours', 'reminder'],
  icon: 'clock',
  group: 'core',
  params,
  blank: { for: { value: 1, unit: 'hours' } },
  summary: ['/for', '/until', '/untilDate', '/offset'],
  ports: [{ name: 'next' }],
  waitsFor: () => 'time',
  longestWait: ({ for: length, until }) => (length ? durationMillis(length) : until && !until.days ? A_DAY : Number.POSITIVE_INFINITY),
  check: problemsIn,
  enter(scope) {
    const until = endOf(scope);
    return until === undefined || until <= scope.now ? { then: { exit: 'next' } } : { then: { wait: { for: 'time', until } } };
  },
  on: { timeout: () => ({ then: { exit: 'next' } }) },
};

function endOf(scope: NodeScope<WaitParams>): IsoTime | undefined {
  const { for: length, until, untilDate, offset } = scope.params;
  if (length) return scope.after(length);
  if (until) return isoTimeAt(nextTime(until, millisOf(scope.now), zoneOf(until, scope)));
  const date = dateOf(scope.value(untilDate ?? ''), { zone: scope.timeZone });
  if (date === undefined) {
    scope.warn('wait/no-date', 'the date to wait for is invalid; the flow goes on');
    return undefined;
  }
  return plusMillis(isoTimeAt(date), offset ? durationMillis(offset) : 0);
}

function zoneOf({ zone }: TimeOfDay, scope: NodeScope<WaitParams>): string {
  const { contact, timeZone } = scope;
  if (zone === 'flow') return timeZone;
  if (zone !== 'contact') return zone;
  const own = contact.timeZone ?? '';
  if (isTimeZone(own)) return own;
  const byPhone = zoneOfContact(contact.identities);
  if (own !== '') scope.warn('wait/no-zone', `"${own}" is not a time zone; ${byPhone ?? timeZone} is taken instead`);
  return byPhone ?? timeZone;
}

/** Returns the time zone of the country of a contact's phone number. A WhatsApp id is a phone number, too. */
function zoneOfContact(identities: readonly string[]): string | undefined {
  const phones = identities.flatMap((identity) => /^(?:phone|whatsapp):(\+?\d+)$/.exec(identity)?.[1] ?? []);
  return phones.map(zoneOfPhone).find((zone) => zone !== undefined);
}
