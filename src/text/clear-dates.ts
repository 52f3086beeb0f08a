import { dayAt } from './date.js';
import { compatible } from './fold.js';

/** Days that chrono-node mistakes for tomorrow or yesterday in some languages, as in "pasado mañana". */
const FAR_DAYS: readonly number[] = [2, -2];
/** The words for the half of the day, after a time. */
const LATE =
  "(?:de|por) la (?:tarde|noche)|da (?:tarde|noite)|de l['’]apr[eè]s-midi|du soir|di sera|del pomeriggio|nachmittags|abends|['’]s (?:middags|avonds)";
const EARLY =
  "(?:de|por) la (?:ma[nñ]ana|madrugada)|da (?:manh[aã]|madrugada)|du matin|d[ie]l? mattin[ao]|morgens|vormittags|['’]s (?:ochtends|morgens)";
const WITH_HALF = new RegExp(
  String.raw`(?<!\d|[:.])(\d{1,2})(?:\s?[:.h]\s?(\d\d))?\s*(?:h|horas?|heures?|uhr|uur|ore)?\s+(?:(${LATE})|${EARLY})(?!\p{L})`,
  'giu',
);
/** In Hindi, the half of the day is before the time: शाम 5 बजे. */
const HINDI = /(?:(सुबह|दोपहर|शाम|रात)\s+(?:को\s+)?)?(\d{1,2})(?::(\d\d))?\s*बजे/gu;
const HINDI_LATE: readonly string[] = ['दोपहर', 'शाम', 'रात'];
const PORTUGUESE = /(?<!\p{L})(?:às|as)\s+(\d{1,2})\s?h(?:oras?)?(\d\d)?(?!\p{L})/giu;

/** The moment at which a text was written. */
interface Written {
  readonly now: number;
  readonly zone: string;
}

/**
 * Replaces what chrono-node would misread: days after tomorrow by ISO dates, and times with the half of the day in words by times in 24 hours.
 *
 * @example clearDates('pasado mañana a las 5 de la tarde', 'es', written) // 2026-11-26 a las 17:00
 */
export function clearDates(text: string, language: string, written: Written): string {
  return withFarDays(text, language, written)
    .replace(WITH_HALF, (_, hour: string, minute: string | undefined, late: string | undefined) => clock(hour, minute, late !== undefined))
    .replace(HINDI, (_, half: string | undefined, hour: string, minute: string | undefined) =>
      clock(hour, minute, half !== undefined && HINDI_LATE.includes(half)),
    )
    .replace(PORTUGUESE, (_, hour: string, minute: string | undefined) => clock(hour, minute, false));
}

function withFarDays(text: string, language: string, { now, zone }: Written): string {
  if (Intl.RelativeTimeFormat.supportedLocalesOf(language).length === 0) return text;
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  return FAR_DAYS.reduce((left, days) => {
    const name = compatible(relative.format(days, 'day')).toLowerCase();
    const at = /\p{N}/u.test(name) ? -1 : left.toLowerCase().indexOf(name);
    return at < 0 ? left : `${left.slice(0, at)} ${dayAt(now, zone, days).date} ${left.slice(at + name.length)}`;
  }, text);
}

/** Returns a time in 24 hours. At twelve, the half of the day does not count. */
function clock(hour: string, minute = '00', isLate = false): string {
  const hours = Number(hour) + (isLate && Number(hour) < 12 ? 12 : 0);
  return `${String(hours).padStart(2, '0')}:${minute}`;
}
