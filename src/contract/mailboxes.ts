/**
 * One mailbox a session: work for one person in this process is done one after another, other people's beside it. Spares conflicts;
 * what keeps two hosts apart is the store's compare-and-set.
 */
export class Mailboxes {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Does the work after all that was put for this session before it; a failure of that does not matter here. */
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
