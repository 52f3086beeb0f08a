/**
 * What a work gives, if it takes no longer than so many seconds. Generous: it tells what is bounded from what takes minutes, on a busy
 * machine too, and measures no speed.
 */
export function withinSeconds<T>(seconds: number, work: () => T, what = 'it'): T {
  const began = performance.now();
  const made = work();
  const took = (performance.now() - began) / 1_000;
  if (took > seconds) throw new Error(`${what} took ${took.toFixed(1)} s`);
  return made;
}
