import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type { CodeResult, CodeRun } from './code-run.js';
import { type CodeWorker, startCodeWorker } from './code-worker.js';
import { createFairQueue } from './fair-queue.js';

/** A few worker threads that run the code of all flows. They are started when there is work, and ended when there is none for a while. */
export interface Pool {
  /** Never rejects. */
  run(run: CodeRun): Promise<CodeResult>;
  close(): Promise<void>;
}

export interface PoolOptions {
  /** How many threads; by default one fewer than the machine has processors, 2 to 4. */
  readonly size?: number;
  readonly start?: () => CodeWorker;
  /** Milliseconds without work after which the threads are ended. */
  readonly idle?: number;
  /** How long slow code may wait for a thread, in milliseconds. */
  readonly slowWait?: number;
}

interface Waiting {
  readonly run: CodeRun;
  /** The hash of the code. */
  readonly key: string;
  readonly done: (result: CodeResult) => void;
  readonly timer: NodeJS.Timeout;
}

/** How long a run may wait for a thread, in milliseconds; shorter for code that was ended lately because it took too long. */
const MAX_WAIT = 5_000;
const SLOW_WAIT = 1_000;
/** For how many milliseconds code counts as slow after it has taken too long. */
const SLOW_FOR = 30_000;
const IDLE = 30_000;

export function createPool(options: PoolOptions = {}): Pool {
  const {
    size = Math.min(4, Math.max(2, availableParallelism() - 1)),
    start = startCodeWorker,
    idle = IDLE,
    slowWait = SLOW_WAIT,
  } = options;
  const queue = createFairQueue<Waiting>(() => performance.now());
  const slowUntil = new Map<string, number>();
  const free: CodeWorker[] = [];
  const busy = new Map<CodeWorker, Waiting>();
  let isClosed = false;
  let idleTimer: NodeJS.Timeout | undefined;

  const isSlow = (key: string): boolean => (slowUntil.get(key) ?? 0) > performance.now();
  /** Slow code leaves one thread to the others. */
  const mayBegin = ({ key }: Waiting): boolean => {
    return !isSlow(key) || [...busy.values()].filter((one) => isSlow(one.key)).length < size - 1;
  };

  function begin(): void {
    while (!isClosed && busy.size < size) {
      const next = queue.take(mayBegin);
      if (!next) return;
      clearTimeout(next.timer);
      void runOn(free.pop() ?? start(), next);
    }
  }

  async function runOn(worker: CodeWorker, waiting: Waiting): Promise<void> {
    const { run, key, done } = waiting;
    clearTimeout(idleTimer);
    busy.set(worker, waiting);
    const began = performance.now();
    const result = await worker.run(run);
    busy.delete(worker);
    queue.charge(key, performance.now() - began);
    if ('failed' in result && result.failed === 'code/timeout') noteSlow(key);
    if (!worker.isOver) free.push(worker);
    done(result);
    begin();
    if (busy.size === 0) idleTimer = setTimeout(endFree, idle).unref();
  }

  function noteSlow(key: string): void {
    for (const [one, until] of slowUntil) if (until < performance.now()) slowUntil.delete(one);
    slowUntil.set(key, performance.now() + SLOW_FOR);
  }

  function endFree(): Promise<unknown> {
    return Promise.all(free.splice(0).map((worker) => worker.end()));
  }

  return {
    run: (run) =>
      new Promise((done) => {
        if (isClosed) return done({ failed: 'code/busy', reason: 'the host is stopping' });
        const key = createHash('sha256').update(run.code).digest('base64');
        const giveUp = () => {
          queue.remove(waiting);
          done({ failed: 'code/busy', reason: 'too much other code was running' });
        };
        const timer = setTimeout(giveUp, isSlow(key) ? slowWait : MAX_WAIT).unref();
        const waiting: Waiting = { run, key, done, timer };
        queue.add(waiting);
        begin();
      }),
    async close() {
      isClosed = true;
      clearTimeout(idleTimer);
      await Promise.all([endFree(), ...[...busy.keys()].map((worker) => worker.end())]);
    },
  };
}
