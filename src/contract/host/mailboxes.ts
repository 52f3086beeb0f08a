/**
 * Does the work of each session one after another, and the work of different sessions side by side. This avoids most conflicts within a
 * process; between hosts, the store's compare-and-set decides.
 */
export class Mailboxes {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Does the work after all earlier work of the session, even if that failed. */
  put<T>(session: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(session);
    const mine = before ? before.then(work, work) : work();
    this.#last.set(session, mine);
    const leave = () => {
      if (this.#last.get(session) === mine) this.#last.delete(session);
    };
    mine.then(leave, leave);
    return mine;
  }
}
