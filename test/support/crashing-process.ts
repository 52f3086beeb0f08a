import { OperationalError } from '../../src/contract/host/index.js';
import type { Store } from '../../src/contract/store/index.js';

/** When a process crashes: `before` its Nth call to the store has any effect, or `after` it, before anybody gets the answer. */
export interface Crash {
  readonly call: number;
  readonly when: 'before' | 'after';
}

/** A process that crashes at one of its calls to the store. From then on every call fails, until it is restarted. */
export class CrashingProcess {
  calls = 0;
  pendingCalls = 0;
  hasCrashed = false;
  #isRestarted = false;

  /** Without a crash, only the calls are counted. */
  constructor(readonly crash: Crash | undefined) {}

  /** Makes it work again. It crashes only once. */
  restart(): void {
    this.hasCrashed = false;
    this.#isRestarted = true;
  }

  /** Returns the store as this process sees it. */
  wrap(store: Store): Store {
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
    if (this.hasCrashed) throw new OperationalError('store/away', 'the process has crashed');
    this.calls += 1;
    const isLast = !this.#isRestarted && this.crash?.call === this.calls;
    if (isLast && this.crash?.when === 'before') this.#crash();
    this.pendingCalls += 1;
    try {
      const result = await work();
      if (isLast) this.#crash();
      return result;
    } finally {
      this.pendingCalls -= 1;
    }
  }

  #crash(): never {
    this.hasCrashed = true;
    throw new OperationalError('store/away', 'the process crashes here');
  }
}
