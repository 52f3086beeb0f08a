const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A length of time as people type it (`90s`, `10m`, `12h`, `7d`, with or without `+`) in milliseconds; undefined where it is none. */
export function millisOf(text: string): number | undefined {
  const [, count, unit = ''] = /^\+?(\d{1,6})([smhd])$/.exec(text.trim()) ?? [];
  const size = UNITS[unit];
  return count === undefined || size === undefined ? undefined : Number(count) * size;
}
