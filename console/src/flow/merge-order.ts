/** The names of members of a list in three states. */
export interface Orders {
  readonly base: readonly string[];
  readonly mine: readonly string[];
  readonly theirs: readonly string[];
}

/**
 * Returns all names of the three states in one order: that of theirs if mine has not changed it, else mine, with what only the others have behind
 * the name that they have it behind.
 */
export function mergedOrder({ base, mine, theirs }: Orders): readonly string[] {
  const [first, second] = isSameOrder(mine, base) ? [theirs, mine] : [mine, theirs];
  return [second, base].reduce(withOthers, first);
}

function isSameOrder(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, i) => name === b[i]);
}

function withOthers(order: readonly string[], others: readonly string[]): readonly string[] {
  const known = new Set(order);
  const behind = new Map<string | undefined, string[]>();
  let last: string | undefined;
  for (const name of others) {
    if (known.has(name)) last = name;
    else behind.set(last, [...(behind.get(last) ?? []), name]);
  }
  return [...(behind.get(undefined) ?? []), ...order.flatMap((name) => [name, ...(behind.get(name) ?? [])])];
}
