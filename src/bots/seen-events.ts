/**
 * Runs the work for an event once, however often the provider delivers it: a repeat gets the same outcome, or waits for it. Work that failed
 * is forgotten, so that a repeat tries again. Remembers the newest events of this process, by default 10,000.
 */
export class SeenEvents<T> {
  readonly #outcomes = new Map<string, Promise<T>>();
  readonly #max: number;

  constructor(max = 10_000) {
    this.#max = max;
  }

  once(id: string, work: () => Promise<T>): Promise<T> {
    const known = this.#outcomes.get(id);
    if (known) return known;
    const outcome = work();
    this.#outcomes.set(id, outcome);
    outcome.catch(() => this.#outcomes.delete(id));
    const [oldest] = this.#outcomes.keys();
    if (this.#outcomes.size > this.#max && oldest !== undefined) this.#outcomes.delete(oldest);
    return outcome;
  }
}
