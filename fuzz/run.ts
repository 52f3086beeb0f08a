// npm run fuzz [-- --runs 2000 --seed N --only flows|webhooks|api --path P]
//
// Damages real flow files, webhook requests and API calls, and feeds them to the check and the engine, the webhooks, and the API. Exits with 1
// if something throws, hangs, is answered 500, or is refused without a pointer. It then prints the smallest such input and how to repeat it.
import { Worker } from 'node:worker_threads';
import { KINDS, type Kind, type Options, readOptions } from './options.js';
import { newNote, watching } from './watch.js';
import type { Result, Task } from './worker.js';

/** After this time a run counts as stuck, in milliseconds. A run that takes more than a second and ends reports that itself. */
const STUCK = 20_000;
const MAX_INPUT = 4_000;

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
  process.stdout.write(typeof result === 'string' ? `${kind}: stuck\n${result}\n` : format(result));
  if (typeof result === 'string' || result.failure) {
    failed = true;
    const path = typeof result === 'string' || !result.failure ? '' : ` --path ${result.failure.path}`;
    process.stdout.write(`again: npm run fuzz -- --only ${kind} --runs ${runs} --seed ${options.seed}${path}\n`);
  }
}
process.exit(failed ? 1 : 0);

/** Runs a kind in a thread of its own, so that it can be ended if it is stuck. Returns the input as a text in that case. */
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
      if (beat % 2 === 1 && Date.now() - since > STUCK) over(watch.recipe.slice(0, MAX_INPUT));
    }, 250);
    const over = (result: Result | string) => {
      clearInterval(look);
      void worker.terminate();
      done(result);
    };
    worker.once('message', over);
    worker.once('error', (error) => over(`${error instanceof Error ? error.stack : String(error)}\n${watch.recipe.slice(0, MAX_INPUT)}`));
  });
}

function format({ kind, runs, seconds, slowest, outcomes, failure }: Result): string {
  const counts = Object.entries(outcomes).sort(([, one], [, other]) => other - one);
  const rate = `${runs} runs in ${seconds.toFixed(1)} s, ${(runs / seconds).toFixed(0)}/s, the slowest ${slowest.toFixed(0)} ms`;
  const line = `${kind}: ${rate}; ${counts.map(([name, count]) => `${name} ${count}`).join(', ')}\n`;
  return failure ? `${line}found: ${failure.error}\nby: ${failure.input.slice(0, MAX_INPUT)}\n` : line;
}
