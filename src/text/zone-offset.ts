import { loadTemporal } from './load-later.js';

type OffsetAt = (moment: number, zone: string) => number;

const DAY = 86_400_000;
/** The maximum of time zones that are kept, and of days for each. */
const MAX_KEPT = 100;

/**
 * Returns how far the clocks of a time zone are ahead of UTC at a moment, both in milliseconds. The zone is an IANA name or an offset such
 * as `+05:30`. Throws a RangeError for any other.
 */
export const zoneOffsetAt: OffsetAt = keepingDays(
  (moment, zone) => loadTemporal().Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(zone).offsetNanoseconds / 1_000_000,
);

/** Keeps the offsets of days on which the clocks do not change, because to ask takes fifty times as long. No zone changes twice on a day. */
function keepingDays(ask: OffsetAt): OffsetAt {
  const zones = new Map<string, Map<number, number>>();
  return (moment, zone) => {
    const day = Math.floor(moment / DAY);
    const known = zones.get(zone)?.get(day);
    if (known !== undefined) return known;
    const offset = ask(moment, zone);
    const begin = day * DAY;
    if (ask(begin, zone) === offset && ask(begin + DAY - 1, zone) === offset) {
      const days = kept(zones, zone, () => new Map<number, number>());
      kept(days, day, () => offset);
    }
    return offset;
  };
}

/** Returns the value of a key, which is made if it is missing. A full map is emptied first. */
function kept<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  if (map.size >= MAX_KEPT) map.clear();
  const made = make();
  map.set(key, made);
  return made;
}
