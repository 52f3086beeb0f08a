/** Members that an adapter passes on as the provider wrote them. */
const FREE: ReadonlySet<string> = new Set(['raw', 'referral', 'form', 'contact']);
const NUMBERS: ReadonlySet<string> = new Set(['latitude', 'longitude', 'retryAfter', 'quantity', 'price']);
const BOOLEANS: ReadonlySet<string> = new Set(['forwarded', 'isChange', 'ok', 'pair', 'retryable', 'subscribed']);
const TIMES: ReadonlySet<string> = new Set(['at', 'sentAt']);
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Returns the places of an event, or of what was read of a reply, at which a value has another type than the contract says. */
export function oddPlacesIn(value: unknown, place = '', name = ''): readonly string[] {
  if (FREE.has(name)) return [];
  if (value !== null && typeof value === 'object') {
    if (Array.isArray(value)) return value.flatMap((element: unknown, i) => oddPlacesIn(element, `${place}/${i}`, name));
    return Object.entries(value).flatMap(([key, member]) => oddPlacesIn(member, `${place}/${key}`, key));
  }
  return isOfItsType(value, name) ? [] : [`${place}: ${String(value)}`];
}

/** Members that are not named above are texts without NUL characters. */
function isOfItsType(value: unknown, name: string): boolean {
  if (NUMBERS.has(name)) return Number.isFinite(value);
  if (BOOLEANS.has(name)) return typeof value === 'boolean';
  return typeof value === 'string' && !value.includes('\0') && (!TIMES.has(name) || TIME.test(value));
}
