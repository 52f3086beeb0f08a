import { localTime, momentOf } from '../../src/params/time-zone.js';
import { DAYS, type TimeOfDay } from './params.js';

const DAY = 86_400_000;

/**
 * The next moment at which the clocks of a zone show a time, on one of the days; `now` itself between `time` and `to`. In
 * milliseconds. With `to` before `time` the span goes over midnight.
 */
export function nextTime({ time, to, days }: Omit<TimeOfDay, 'zone'>, now: number, timeZone: string): number {
  const today = Math.floor(localTime(now, timeZone) / DAY) * DAY;
  // Yesterday's span may still last; in a week every day has come, and one more where today's time has just passed.
  for (let day = today - DAY; day <= today + 8 * DAY; day += DAY) {
    const name = DAYS[new Date(day).getUTCDay()];
    if (days && (name === undefined || !days.includes(name))) continue;
    const begin = momentOf(day + millisOf(time), timeZone);
    if (begin > now) return begin;
    if (to !== undefined && now < momentOf(day + millisOf(to) + (to <= time ? DAY : 0), timeZone)) return now;
  }
  return now;
}

function millisOf(time: string): number {
  return (Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) * 60_000;
}
