// npm run fuzz [-- --runs 2000 --seed N --only flows|webhooks|api --path P]: real flow files, deliveries and calls, damaged, are fed to the
// check and the engine, to the webhooks and to the API. Ends with 1 when something throws, hangs, is answered 500, or is refused without
// a pointer; then it prints the smallest input that does it, and how to feed it again.
import { Worker } from 'node:worker_threads';
import { KINDS, type Kind, type Options, readOptions } from './options.js';
import { newNote, watching } from './watch.js';
import type { Result, Task } from './worker.js';

/** What is still running after so long is stuck for good, in milliseconds; what ends later than after a second tells so itself. */
const STUCK = 20_000;
const LONGEST_INPUT = 4_000;

const options = readOptions(process.argv.slice(2), process.env['MONGODB_URL'] || undefined);
if (typeof options === 'string') {
  process.stderr.write(`fuzz: ${options}\n`);
  process.exit(2);
}
process.stdout.write(`fuzz: ${options.runs} runs, seed ${options.seed}\n`);
let failed = false;
for (const kind of KINDS) {
  const runs = options.shares[kind];
  if (runs === undefined) continue;
  const result = await feed(options, kind, runs);
  process.stdout.write(typeof result === 'string' ? `${kind}: stuck\n${result}\n` : told(result));
  if (typeof result === 'string' || result.failure) {
    failed = true;
    const path = typeof result === 'string' || !result.failure ? '' : ` --path ${result.failure.path}`;
    process.stdout.write(`again: npm run fuzz -- --only ${kind} --runs ${runs} --seed ${options.seed}${path}\n`);
  }
}
process.exit(failed ? 1 : 0);

/** In a thread of its own, so that one that is stuck can be told of and ended. A text is what it was stuck on. */
function feed({ seed, path, mongodbUrl }: Options, kind: Kind, runs: number): Promise<Result | string> {
  const note = newNote();
  const watch = watching(note);
  const task: Task = {
    kind,
    runs,
    seed,
    note,
    ...(path === undefined ? {} : { path }),
    ...(mongodbUrl === undefined ? {} : { mongodbUrl }),
  };
  const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: task });
  return new Promise((done) => {
    let [beat, since] = [0, Date.now()];
    const look = setInterval(() => {
      if (watch.beat !== beat) [beat, since] = [watch.beat, Date.now()];
      if (beat % 2 === 1 && Date.now() - since > STUCK) over(watch.recipe.slice(0, LONGEST_INPUT));
    }, 250);
    const over = (result: Result | string) => {
      clearInterval(look);
      void worker.terminate();
      done(result);
    };
    worker.once('message', over);
    worker.once('error', (error) =>
      over(`${error instanceof Error ? error.stack : String(error)}\n${watch.recipe.slice(0, LONGEST_INPUT)}`),
    );
  });
}

function told({ kind, runs, seconds, slowest, outcomes, failure }: Result): string {
  const counts = Object.entries(outcomes).sort(([, one], [, other]) => other - one);
  const rate = `${runs} runs in ${seconds.toFixed(1)} s, ${(runs / seconds).toFixed(0)}/s, the slowest ${slowest.toFixed(0)} ms`;
  const line = `${kind}: ${rate}; ${counts.map(([name, count]) => `${name} ${count}`).join(', ')}\n`;
  return failure ? `${line}found: ${failure.error}\nby: ${failure.input.slice(0, LONGEST_INPUT)}\n` : line;
}
