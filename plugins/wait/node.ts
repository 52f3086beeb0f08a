import { durationMillis, type IsoTime, isoTimeAt, millisOf, type NodeScope, type NodeType, plusMillis } from '../../src/contract/index.js';
import { zoneOf } from '../../src/params/contact-zone.js';
import { type Hours, nextMoment } from '../../src/params/hours.js';
import { dateOf } from '../../src/text/date.js';
import { problemsIn } from './check.js';
import { params, type WaitParams } from './params.js';

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
  summary: ['/for', '/until', '/businessHours', '/untilDate', '/offset'],
  ports: [{ name: 'next' }],
  waitsFor: () => 'time',
  longestWait({ for: length, until, businessHours }) {
    if (length) return durationMillis(length);
    const spans = [until ?? businessHours ?? []].flat();
    return spans.some(({ days }) => !days) ? A_DAY : Number.POSITIVE_INFINITY;
  },
  check: problemsIn,
  enter(scope) {
    const until = endOf(scope);
    return until === undefined || until <= scope.now ? { then: { exit: 'next' } } : { then: { wait: { for: 'time', until } } };
  },
  on: { timeout: () => ({ then: { exit: 'next' } }) },
};

function endOf(scope: NodeScope<WaitParams>): IsoTime | undefined {
  const { for: length, until, businessHours, untilDate, offset } = scope.params;
  if (length) return scope.after(length);
  if (until) return isoTimeAt(nextIn({ ...until, from: until.time }, scope));
  if (businessHours) return isoTimeAt(Math.min(...[businessHours].flat().map((span) => nextIn(span, scope))));
  const date = dateOf(scope.value(untilDate ?? ''), { zone: scope.timeZone });
  if (date === undefined) {
    scope.warn('wait/no-date', 'the date to wait for is invalid; the flow goes on');
    return undefined;
  }
  return plusMillis(isoTimeAt(date), offset ? durationMillis(offset) : 0);
}

/** Returns when a time of day comes next, in milliseconds since 1970; now if it is within the span. */
function nextIn(span: Pick<Hours, 'days' | 'from' | 'zone'> & { readonly to?: string }, scope: NodeScope<WaitParams>): number {
  return nextMoment(span, millisOf(scope.now), zoneOf(span.zone, scope));
}
