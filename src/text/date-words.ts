import { compatible } from './fold.js';

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const WEEKDAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');
/** The words for days near today. Where a word means both, as in Hindi, the day to come is meant. */
const DAYS: readonly (readonly [days: number, english: string])[] = [
  [2, 'in 2 days'],
  [1, 'tomorrow'],
  [0, 'today'],
  [-1, 'yesterday'],
];
/** Scripts without spaces between words. */
const UNSPACED = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/**
 * Replaces the names of months and weekdays and the words for today and tomorrow by the English ones, so that dates are found in languages that
 * chrono-node does not read.
 *
 * @example inEnglish('25 ธันวาคม', 'th') // 25 December
 */
export function inEnglish(text: string, language: string): string {
  const names = namesIn(language);
  const words = [...names.keys()]
    .sort((a, b) => b.length - a.length)
    .map((name) => {
      const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      return UNSPACED.test(name) ? escaped : `(?<![\\p{L}\\p{M}])${escaped}(?![\\p{L}\\p{M}])`;
    });
  if (words.length === 0) return text;
  return text
    .replace(new RegExp(words.join('|'), 'giu'), (word) => ` ${names.get(word.toLowerCase()) ?? word} `)
    .replace(/\s+/g, ' ')
    .trim();
}

/** Returns the names that a language has for months and days, in lower case, with the English ones. */
function namesIn(language: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const add = (name: string | undefined, english = '') => {
    const plain = compatible(name ?? '').toLowerCase();
    // A single letter, such as the one for Sunday in Korean, is part of other words.
    if (/\p{L}.|.\p{L}/u.test(plain) && !names.has(plain)) names.set(plain, english);
  };
  if (Intl.DateTimeFormat.supportedLocalesOf(language).length === 0) return names;
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  for (const [days, english] of DAYS) {
    const name = relative.format(days, 'day');
    if (!/\p{N}/u.test(name)) add(name, english);
  }
  for (const style of ['long', 'short'] as const) {
    const weekday = new Intl.DateTimeFormat(language, { weekday: style, timeZone: 'UTC' });
    for (const [i, english] of WEEKDAYS.entries()) add(weekday.format((i + 3) * DAY), english);
    // Some languages decline the month after a day.
    for (const options of [{ month: style }, { month: style, day: 'numeric' }] as const) {
      const format = new Intl.DateTimeFormat(language, { ...options, calendar: 'gregory', timeZone: 'UTC' });
      for (const [i, english] of MONTHS.entries())
        add(format.formatToParts(i * 31 * DAY).find(({ type }) => type === 'month')?.value, english);
    }
  }
  return names;
}

const DAY = 86_400_000;
