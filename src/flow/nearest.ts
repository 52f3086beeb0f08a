import { distance } from '../text/meant-name.js';

/** The maximum of suggestions for one flow, and of names compared for each of them. */
const MAX_SUGGESTIONS = 20;
const MAX_COMPARED = 500;
/** The maximum length of ids and names of variables. */
const MAX_LENGTH = 64;

/** Returns at most three names that are similar to the given one, the most similar first. */
export type Nearest = (name: string) => readonly string[];

/** Returns a function that finds similar names among `names`. It stops after 20 suggestions, so that no flow is expensive to check. */
export function nearestAmong(names: readonly string[]): Nearest {
  const known = new Map<string, readonly string[]>();
  return (name) => {
    const before = known.get(name);
    if (before) return before;
    if (known.size >= MAX_SUGGESTIONS || name.length > MAX_LENGTH) return [];
    const found = nearest(name, names);
    known.set(name, found);
    return found;
  };
}

/** Returns a hint that suggests similar names, or another hint if there are none. A name that is clearly meant is suggested alone. */
export function didYouMean(names: readonly string[] | string, otherwise: string): string {
  if (typeof names === 'string') return `Did you mean "${names}"?`;
  return names.length > 0 ? `Did you mean ${names.map((one) => `"${one}"`).join(' or ')}?` : otherwise;
}

function nearest(name: string, names: readonly string[]): readonly string[] {
  const limit = Math.max(2, name.length / 2);
  const scored = names
    .filter((other) => Math.abs(other.length - name.length) <= limit)
    .slice(0, MAX_COMPARED)
    .map((other) => ({ other, distance: distance(name.toLowerCase(), other.toLowerCase()) }))
    .filter((one) => one.distance <= limit);
  return scored
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ other }) => other);
}
