/** The maximum of names that are looked up, and of known names that each is compared with. */
const MAX_LOOKED_UP = 20;
const MAX_COMPARED = 500;
/** The maximum length of names that are compared. */
const MAX_LENGTH = 64;

/** Other names for known names, squashed by `squashed`: `{ caption: ['text'] }`. */
export type OtherNames = Readonly<Record<string, readonly string[]>>;

/** Returns the only known name that a name can mean, or undefined. */
export type Meant = (name: string) => string | undefined;

/**
 * Returns a function that finds the known name that is clearly meant: it differs only in case and signs, it is called so elsewhere, or it
 * is misspelt in few letters and no other is as near. It stops after 20 names, so that no flow is expensive to check.
 *
 * @example meantAmong(['next', 'failed'], { error: ['failed'] })('Error') // 'failed'
 */
export function meantAmong(names: readonly string[], others: OtherNames = {}): Meant {
  const known = new Map<string, string | undefined>();
  return (name) => {
    if (known.has(name)) return known.get(name);
    if (known.size >= MAX_LOOKED_UP || name.length > MAX_LENGTH) return undefined;
    const found = meant(name, [...new Set(names)], others);
    known.set(name, found);
    return found;
  };
}

/** Returns a name without case and signs: `Send_WhatsApp` is `sendwhatsapp`. Signs alone stay as they are. */
export function squashed(name: string): string {
  const letters = name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
  return letters === '' ? name : letters;
}

function meant(name: string, names: readonly string[], others: OtherNames): string | undefined {
  const squash = squashed(name);
  const same = names.filter((one) => squashed(one) === squash);
  if (same.length > 0) return onlyOf(same);
  const elsewhere = Object.hasOwn(others, squash) ? (others[squash] ?? []).filter((one) => names.includes(one)) : [];
  return elsewhere.length > 0 ? onlyOf(elsewhere) : misspelt(squash, names);
}

function onlyOf(found: readonly string[]): string | undefined {
  return found.length === 1 ? found[0] : undefined;
}

function misspelt(squash: string, names: readonly string[]): string | undefined {
  const limit = squash.length < 3 ? 0 : squash.length < 6 ? 1 : squash.length < 10 ? 2 : 3;
  const near = names.filter((one) => Math.abs(squashed(one).length - squash.length) <= limit).slice(0, MAX_COMPARED);
  const scored = near.map((one) => ({ one, distance: distance(squash, squashed(one)) })).sort((a, b) => a.distance - b.distance);
  const [first, second] = scored;
  if (!first || first.distance > limit) return undefined;
  return second && second.distance === first.distance ? undefined : first.one;
}

/** Returns how many letters have to be added, removed, replaced or exchanged with their neighbour to make one text the other. */
export function distance(a: string, b: string): number {
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const exchanged = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] ?? 0) + 1 : replaced;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, replaced, exchanged));
    }
    [before, row] = [row, next];
  }
  return row.at(-1) ?? 0;
}
