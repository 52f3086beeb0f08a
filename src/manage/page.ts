/** The part of a list to return: at most `limit` items after `after`, which is `next` of the previous page. */
export interface PageRequest {
  readonly limit: number;
  readonly after?: string;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** `after` of the next page; absent on the last page. */
  readonly next?: string;
}

/** Makes a page of what was found when asking for one item more than `limit`: that one shows whether there is a next page. */
export function pageOf<T>(found: readonly T[], limit: number, key: (item: T) => string): Page<T> {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, ...(found.length > limit && last !== undefined ? { next: key(last) } : {}) };
}

/** Shows the items of a page in another form. */
export function mapPage<T, V>({ items, next }: Page<T>, show: (item: T) => V): Page<V> {
  return { items: items.map(show), ...(next === undefined ? {} : { next }) };
}
