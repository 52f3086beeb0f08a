/** Is it the name of a time zone (`Europe/Berlin`)? */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** What the clocks of a zone show at a moment, both in milliseconds, as if that were UTC. */
export function localTime(moment: number, timeZone: string): number {
  return moment + offsetAt(moment, timeZone);
}

const DAY = 86_400_000;

/**
 * The moment at which the clocks of a zone show this: the first one where they show it twice, and as much later as they jump where they
 * jump over it. As in iCalendar and in `Temporal`: https://tc39.es/proposal-temporal/docs/timezone.html ("compatible")
 */
export function momentOf(local: number, timeZone: string): number {
  const [before, after] = [offsetAt(local - DAY, timeZone), offsetAt(local + DAY, timeZone)];
  const [first, second] = [local - before, local - after];
  return before === after || localTime(first, timeZone) === local || localTime(second, timeZone) !== local ? first : second;
}

/** How far a zone's clocks are ahead of UTC at a moment, in milliseconds. */
function offsetAt(moment: number, timeZone: string): number {
  if (timeZone === 'UTC') return 0;
  const parts = new Intl.DateTimeFormat('en', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(new Date(moment));
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return local - Math.floor(moment / 1000) * 1000;
}
