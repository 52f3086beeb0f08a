/** What an adapter hands on as the provider wrote it. */
const FREE: ReadonlySet<string> = new Set(['raw', 'referral', 'form', 'contact']);
const NUMBERS: ReadonlySet<string> = new Set(['latitude', 'longitude', 'retryAfter']);
const YES_OR_NO: ReadonlySet<string> = new Set(['forwarded', 'isChange', 'retryable', 'ok', 'pair', 'subscribed']);
const TIMES: ReadonlySet<string> = new Set(['at', 'sentAt']);
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** The places of an event, or of what was read of an answer, where something stands that is not what the contract says. */
export function oddPlacesIn(told: unknown, place = '', name = ''): readonly string[] {
  if (FREE.has(name)) return [];
  if (told !== null && typeof told === 'object') {
    if (Array.isArray(told)) return told.flatMap((one: unknown, i) => oddPlacesIn(one, `${place}/${i}`, name));
    return Object.entries(told).flatMap(([key, one]) => oddPlacesIn(one, `${place}/${key}`, key));
  }
  return isAsSaid(told, name) ? [] : [`${place}: ${String(told)}`];
}

/** Members are texts without NUL, but for those that are named here. */
function isAsSaid(value: unknown, name: string): boolean {
  if (NUMBERS.has(name)) return Number.isFinite(value);
  if (YES_OR_NO.has(name)) return typeof value === 'boolean';
  return typeof value === 'string' && !value.includes('\0') && (!TIMES.has(name) || TIME.test(value));
}
