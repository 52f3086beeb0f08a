import { parentPort, workerData } from 'node:worker_threads';
import fc from 'fast-check';
import { apiFeed } from './api-feed.js';
import type { Feed } from './feed.js';
import { flowFeed } from './flow-feed.js';
import type { Kind } from './options.js';
import { watched } from './watch.js';
import { webhookFeed } from './webhook-feed.js';

/** The task of a worker. */
export interface Task {
  readonly kind: Kind;
  readonly runs: number;
  readonly seed: number;
  readonly path?: string;
  readonly mongodbUrl?: string;
  readonly note: SharedArrayBuffer;
}
/** The result of a worker. */
export interface Result {
  readonly kind: Kind;
  readonly runs: number;
  readonly seconds: number;
  /** The time of the slowest run, in milliseconds. */
  readonly slowest: number;
  readonly outcomes: Readonly<Record<string, number>>;
  readonly failure?: { readonly path: string; readonly input: string; readonly error: string };
}

/** The maximum time of a run, in milliseconds. */
const HANG = 1_000;

// biome-ignore lint/suspicious/noExplicitAny: feeds of every kind of input; each is given what it makes itself
const FEEDS: Readonly<Record<Kind, (task: Task) => Promise<Feed<any>>>> = {
  flows: flowFeed,
  webhooks: webhookFeed,
  api: apiFeed,
};

if (parentPort) parentPort.postMessage(await run(workerData as Task));

async function run(task: Task): Promise<Result> {
  const { kind, runs, seed, path } = task;
  const feed = await FEEDS[kind](task);
  const note = watched(task.note);
  const outcomes: Record<string, number> = {};
  let slowest = 0;

  const timed = async (input: unknown): Promise<number> => {
    const began = performance.now();
    const outcome = await feed.take(input);
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    return performance.now() - began;
  };
  const property = fc.asyncProperty(feed.input, async (input: unknown) => {
    note.begin(JSON.stringify(input));
    try {
      let took = await timed(input);
      // A busy machine can be slow once. A slow input is slow again.
      if (took > HANG) took = Math.min(took, await timed(input));
      slowest = Math.max(slowest, took);
      if (took > HANG) throw new Error(`it took ${took.toFixed(0)} ms`);
    } finally {
      note.end();
    }
  });
  const began = performance.now();
  const details = await fc.check(property, { numRuns: runs, seed, ...(path === undefined ? {} : { path }) });
  const seconds = (performance.now() - began) / 1_000;
  await feed.close();
  const { failed, counterexample, counterexamplePath, errorInstance, numRuns } = details;
  const error = errorInstance instanceof Error ? (errorInstance.stack ?? errorInstance.message) : String(errorInstance);
  return {
    kind,
    runs: numRuns,
    seconds,
    slowest,
    outcomes,
    ...(failed ? { failure: { path: counterexamplePath ?? '', input: JSON.stringify(counterexample?.[0]), error } } : {}),
  };
}
