/**
 * Runs the work for an event once, however often the provider brings it: a repeat gets what the first one came to, or waits for it.
 * Work that failed is forgotten, so that a repeat tries again. Remembers the newest events of this process.
 */
export class SeenEvents<T> {
  readonly #outcomes = new Map<string, Promise<T>>();
  readonly #most: number;

  constructor(most = 10_000) {
    this.#most = most;
  }

  once(id: string, work: () => Promise<T>): Promise<T> {
    const known = this.#outcomes.get(id);
    if (known) return known;
    const mine = work();
    this.#outcomes.set(id, mine);
    mine.catch(() => this.#outcomes.delete(id));
    const [oldest] = this.#outcomes.keys();
    if (this.#outcomes.size > this.#most && oldest !== undefined) this.#outcomes.delete(oldest);
    return mine;
  }
}
