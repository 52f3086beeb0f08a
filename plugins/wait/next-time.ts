import { dateOf, dayAt } from '../../src/text/date.js';
import { DAYS, type TimeOfDay } from './params.js';

/**
 * Returns the next moment at which the clocks of a zone show a time, on one of the days; `now` itself between `time` and `to`. In
 * milliseconds since 1970. With `to` before `time` the span goes over midnight.
 */
export function nextTime({ time, to, days }: Omit<TimeOfDay, 'zone'>, now: number, zone: string): number {
  const momentOn = (days: number, clock: string) => dateOf(`${dayAt(now, zone, days).date}T${clock}`, { zone }) ?? now;
  // Yesterday's span may still last; in a week every day has come, and one more where today's time has just passed.
  for (let day = -1; day <= 8; day += 1) {
    const name = DAYS[dayAt(now, zone, day).weekday];
    if (days && (name === undefined || !days.includes(name))) continue;
    const begin = momentOn(day, time);
    if (begin > now) return begin;
    if (to !== undefined && now < momentOn(to <= time ? day + 1 : day, to)) return now;
  }
  return now;
}
