import { OperationalError } from '../../src/contract/host/index.js';
import type { Store } from '../../src/contract/store/index.js';

/** `before` the Nth call to the store nothing of it happens; `after` it, it has happened and nobody hears of it. Then the process is dead. */
export interface Death {
  readonly call: number;
  readonly when: 'before' | 'after';
}

/** Counts the calls to a store, and dies at one of them: from then on every call fails, as to a process that is gone. */
export class Life {
  calls = 0;
  /** Calls that are not answered yet. */
  underWay = 0;
  isDead = false;
  #isOver = false;

  constructor(readonly death: Death | undefined) {}

  rise(): void {
    this.isDead = false;
    this.#isOver = true;
  }

  around(store: Store): Store {
    return {
      ...store,
      sessions: this.#wrap(store.sessions),
      contacts: this.#wrap(store.contacts),
      deliveries: this.#wrap(store.deliveries),
      turns: this.#wrap(store.turns),
      starts: this.#wrap(store.starts),
    };
  }

  #wrap<T extends object>(part: T): T {
    return new Proxy(part, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        return typeof member === 'function' ? (...args: unknown[]) => this.#call(() => Reflect.apply(member, target, args)) : member;
      },
    });
  }

  async #call(work: () => unknown): Promise<unknown> {
    if (this.isDead) throw new OperationalError('store/away', 'the process is dead');
    this.calls += 1;
    const isLast = !this.#isOver && this.death?.call === this.calls;
    if (isLast && this.death?.when === 'before') this.#die();
    this.underWay += 1;
    try {
      const result = await work();
      if (isLast) this.#die();
      return result;
    } finally {
      this.underWay -= 1;
    }
  }

  #die(): never {
    this.isDead = true;
    throw new OperationalError('store/away', 'the process dies here');
  }
}
