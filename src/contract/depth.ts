/** Levels that JSON from outside, or of a flow's variables, may have: what walks over it later calls itself for each. */
const DEEPEST = 100;

/** Is it nested deeper than anything may be that is kept? Walks no further than that. */
export function isTooDeep(value: unknown, room = DEEPEST): boolean {
  if (value === null || typeof value !== 'object') return false;
  if (room === 0) return true;
  for (const inner of Array.isArray(value) ? (value as readonly unknown[]) : Object.values(value))
    if (isTooDeep(inner, room - 1)) return true;
  return false;
}

/** As JSON.parse, of a text that somebody outside wrote: throws a `SyntaxError` at JSON that is nested too deep, too. */
export function parseBounded(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (isTooDeep(value)) throw new SyntaxError('the JSON is nested too deep');
  return value;
}
