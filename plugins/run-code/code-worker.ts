import { Worker } from 'node:worker_threads';
import type { CodeFailure, CodeResult, CodeRun } from './code-run.js';

/** A worker thread that runs code, one run at a time. */
export interface CodeWorker {
  /** True if the thread has ended, or is to be ended because its code did not stop. */
  readonly isOver: boolean;
  /** Never rejects. */
  run(run: CodeRun): Promise<CodeResult>;
  end(): Promise<void>;
}

/** How long a thread may take until it begins a run, in milliseconds: it may have to be started, on a busy machine. */
const START = 10_000;
/** How much longer than its time limit a run may take before its thread is ended. The engine asks for the time at every few steps. */
const GRACE = 250;
/** For the thread beside the engine, whose memory has a limit of its own. */
const LIMITS = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 };

const LATE = (millis: number): CodeFailure => ({ failed: 'code/timeout', reason: `the code took longer than ${millis} ms` });
const CRASHED: CodeFailure = { failed: 'code/engine', reason: 'the engine that runs code could not be started, or has crashed' };

/** Starts a thread. It keeps the process alive only while it runs code. */
export function startCodeWorker(): CodeWorker {
  const thread = new Worker(new URL('./worker.js', import.meta.url), { execArgv: [], env: {}, resourceLimits: LIMITS });
  thread.unref();
  let isOver = false;
  let heard: (message: CodeResult | 'begun') => void = () => {};
  thread.on('message', (message: CodeResult | 'begun') => heard(message));
  // Without a listener, an error of the thread would end the process; the exit follows.
  thread.on('error', () => {});
  thread.on('exit', () => {
    isOver = true;
    heard(CRASHED);
  });
  const end = async (): Promise<void> => {
    isOver = true;
    await thread.terminate();
  };
  return {
    get isOver() {
      return isOver;
    },
    end,
    run: (run) =>
      new Promise((done) => {
        let cancel = whenLate(START, () => void end());
        heard = (message) => {
          cancel();
          if (message === 'begun') {
            cancel = whenLate(run.timeoutMillis + GRACE, () => {
              heard(LATE(run.timeoutMillis));
              void end();
            });
            return;
          }
          heard = () => {};
          thread.unref();
          done(message);
        };
        thread.ref();
        thread.postMessage(run);
      }),
  };
}

/** Calls a function after some milliseconds. If the event loop was held up, what has come meanwhile is heard first. */
function whenLate(millis: number, late: () => void): () => void {
  let isCancelled = false;
  const timer = setTimeout(() => setImmediate(() => isCancelled || late()), millis);
  return () => {
    isCancelled = true;
    clearTimeout(timer);
  };
}
