const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Reads a duration as people type it, `90s`, `10m`, `12h`, `7d` or `+10m`, in milliseconds; undefined if it is not one. */
export function millisOf(text: string): number | undefined {
  const [, count, unit = ''] = /^\+?(\d{1,6})([smhd])$/.exec(text.trim()) ?? [];
  const size = UNITS[unit];
  return count === undefined || size === undefined ? undefined : Number(count) * size;
}
