/**
 * One mailbox a session: work for one person in this process is taken one after another, other people's beside it. Spares
 * conflicts; what keeps two hosts apart is the store.
 */
export class Mailboxes {
  readonly #last = new Map<string, Promise<unknown>>();

  /** How many sessions are being worked for. */
  get busy(): number {
    return this.#last.size;
  }

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
