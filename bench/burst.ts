import { type Child, residentMegabytes, startChild } from './child.js';
import { COUNTING } from './counting-flow.js';
import type { CrowdOrder, CrowdReport } from './crowd-order.js';
import { middleAndWorst, printTable } from './figures.js';
import { type Host, KEY, PHONE_NUMBER_ID, PROBED, parley, SECRET } from './host.js';
import type { LoopDelays } from './host-probe.js';
import { MONGODB_URL, ownDatabase } from './mongo.js';
import { countingProxy } from './mongo-proxy.js';
import type { Options } from './options.js';
import { usageOf, usageSince } from './profile.js';
import { runCrowd } from './run-crowd.js';
import { SHIPPED, SHIPPED_LATER } from './shipped-flow.js';

const STARTS = 100_000;
const WAITS = 50_000;
const MONGO_STARTS = 10_000;
const SIZE = 1_000;
const AT_ONCE = 2;
const PER_SECOND = 10;
/** How many starts show how long it takes to start somebody, and when talking begins before the waits end, in milliseconds. */
const TRIED = 2_000;
const BEFORE = 1_000;
/** For what the last replies take, in seconds. */
const LAST_REPLIES = 2;
/** The memory is read when so many of the people are reached. */
const MEMORY_AT = [0.2, 0.6, 1] as const;
const here = (file: string) => new URL(file, import.meta.url).pathname;

interface Burst {
  readonly name: string;
  readonly count: number;
  readonly seen: CrowdReport;
  /** From the first start, or from the time at which the waits ended, to the last send. In seconds. */
  readonly took: number;
  readonly cpuMicros: number;
  /** The parts of the time in which the host's main thread ran, and in which it was ready to run but had no core. */
  readonly ran: number;
  readonly queued: number;
  /** In megabytes, at `MEMORY_AT`. */
  readonly memory: readonly (number | undefined)[];
  readonly delays: LoopDelays;
  /** Attempts to send that did not send: put off, retried or given up. */
  readonly vain: number;
  readonly givenUp: number;
  readonly operations?: number;
}

/** (h) Measures bursts: many starts in batches, and many waits that end at once, while people write and are answered. */
export async function benchBurst({ starts, waits, limit }: Options): Promise<void> {
  const sqlite = openHost({ SQLITE_SYNCHRONOUS: 'FULL' });
  const bursts: Burst[] = [
    await measure('starts, SQLite', starts ?? STARTS, { open: sqlite, limit, prepare: startAll }),
    await measure('waits that end, SQLite', waits ?? starts ?? WAITS, { open: sqlite, limit, prepare: wakeAll }),
  ];
  if (MONGODB_URL !== '') bursts.push(await onMongo(Math.min(starts ?? MONGO_STARTS, MONGO_STARTS), limit));
  const row = (name: string, text: (burst: Burst) => string) => [name, ...bursts.map(text)];
  printTable(`Bursts, in batches of ${SIZE}, while ${PER_SECOND} messages a second come in; at most ${limit} s each`, [
    ['', ...bursts.map(({ name, count }) => `${name} (${count})`)],
    row('sent', ({ seen }) => `${seen.reached}`),
    row('sent a second', ({ seen, took }) => (seen.reached / took).toFixed(0)),
    row('CPU µs for each', ({ cpuMicros }) => cpuMicros.toFixed(0)),
    row('main thread: ran / had no core, of the time', ({ ran, queued }) =>
      [ran, queued].map((part) => `${(part * 100).toFixed(0)} %`).join(' / '),
    ),
    ...MEMORY_AT.map((part, i) => row(`memory at ${part * 100} %, MB`, ({ memory }) => memory[i]?.toFixed(0) ?? '–')),
    row('event loop late, p50 / p99.9 / max ms (aim: p99.9 < 100)', ({ delays: { p50, p999, max } }) =>
      [p50, p999, max].map((one) => one.toFixed(0)).join(' / '),
    ),
    row('attempts that sent nothing / given up', ({ vain, givenUp }) => `${vain} / ${givenUp}`),
    row('sent twice', ({ seen }) => `${seen.repeated}`),
    row('webhook p50 / p99 ms', ({ seen }) => middleAndWorst(seen.webhooks)),
    row('reply p50 / p99 ms (aim: p99 < 250)', ({ seen }) => middleAndWorst(seen.replies)),
    row('messages answered', ({ seen }) => `${seen.replied} of ${seen.asked}`),
    row('operations on the database for each (aim: at most 6)', ({ operations, seen }) =>
      operations === undefined ? '–' : (operations / Math.max(1, seen.reached)).toFixed(1),
    ),
  ]);
  for (const { name, count, seen } of bursts) {
    if (seen.reached < count) process.stdout.write(`\n${name}: ${count - seen.reached} of ${count} were not sent within ${limit} s.\n`);
    if (seen.failed > 0) process.stdout.write(`\n${name}: ${seen.failed} requests failed, the last one: ${seen.failure}\n`);
  }
  if (MONGODB_URL === '') process.stdout.write('\nNot measured on MongoDB, as MONGODB_URL is not set.\n');
}

type OpenHost = (provider: string) => Promise<Host>;

function openHost(env: Readonly<Record<string, string>>): OpenHost {
  return async (provider) => {
    const host = await parley({ ...env, ...PROBED }, SHIPPED, provider);
    await host.publish(COUNTING);
    return host;
  };
}

interface Work {
  readonly crowd: Child;
  readonly host: Host;
  readonly count: number;
  readonly limit: number;
}
/** What is measured: an order, and when the first message of it may be sent, in milliseconds of the wall clock. */
interface Plan {
  readonly order: CrowdOrder;
  readonly from: number;
}
type Prepare = (work: Work) => Promise<Plan>;

async function startAll({ host, count }: Work): Promise<Plan> {
  const starts = { ...batches(host.trigger, 0), count };
  return { order: { starts, talk: talkTo(host, PER_SECOND) }, from: Date.now() };
}

/** Starts everybody in a flow that waits until the same moment. Resolves shortly before it. */
async function wakeAll({ crowd, host, count, limit }: Work): Promise<Plan> {
  const start = (starts: NonNullable<CrowdOrder['starts']>, until: 'answered' | 'reached') =>
    runCrowd(crowd, { starts, talk: talkTo(host, 0) }, (seen) => seen[until] >= starts.count || seen.seconds > limit);
  const { answeredAfter } = await start({ ...batches(host.trigger, count), count: TRIED }, 'reached');
  const millis = (answeredAfter / TRIED) * count * 1_000;
  const from = Date.now() + millis * 1.5 + 5_000;
  const later = await host.publish(SHIPPED_LATER);
  const { answered } = await start({ ...batches(later, 0), count, data: { until: new Date(from).toISOString() } }, 'answered');
  const left = from - BEFORE - Date.now();
  if (answered < count || left < 0) throw new Error(`only ${answered} of ${count} waits had begun when they were to end`);
  await new Promise((done) => setTimeout(done, left));
  return { order: { talk: talkTo(host, PER_SECOND) }, from };
}

export function batches(trigger: string, first: number) {
  return { trigger, key: KEY, size: SIZE, atOnce: AT_ONCE, first, data: {} };
}

export function talkTo({ webhook }: Host, perSecond: number): CrowdOrder['talk'] {
  return { webhook, appSecret: SECRET, phoneNumberId: PHONE_NUMBER_ID, perSecond };
}

async function measure(
  name: string,
  count: number,
  { open, limit, prepare }: { readonly open: OpenHost; readonly limit: number; readonly prepare: Prepare },
): Promise<Burst> {
  const crowd = startChild(here('./crowd.js'));
  const host = await open(`http://127.0.0.1:${await crowd.next<number>('port')}`);
  try {
    const { order, from } = await prepare({ crowd, host, count, limit });
    const delaying = host.child.next('delaying');
    host.child.send({ delays: 'start' });
    await delaying;
    const vain = () => host.metric('parley_sends_total', (labels) => !labels.includes('outcome="sent"'));
    const vainBefore = await vain();
    const before = usageOf(host.pid);
    const memory: (number | undefined)[] = MEMORY_AT.map(() => undefined);
    const began = Date.now();
    const seen = await runCrowd(crowd, order, ({ reached, reachedAfter, seconds }) => {
      for (const [i, part] of MEMORY_AT.entries()) if (reached >= part * count) memory[i] ??= residentMegabytes(host.pid);
      return seconds > limit || (reached === count && seconds > reachedAfter + LAST_REPLIES);
    });
    const { user, system, main, queued } = usageSince(host.pid, before);
    const delays = host.child.next<LoopDelays>('delays');
    host.child.send({ delays: 'stop' });
    process.stderr.write(`burst: ${name}: ${seen.reached} of ${count} sent after ${seen.seconds.toFixed(0)} s\n`);
    return {
      name,
      count,
      seen,
      took: (seen.reached < count ? seen.seconds : seen.reachedAfter) - Math.max(0, from - began) / 1_000,
      cpuMicros: (user + system) / Math.max(1, seen.reached),
      ran: main / 1e6 / seen.seconds,
      queued: queued / 1e6 / seen.seconds,
      memory,
      delays: await delays,
      vain: (await vain()) - vainBefore,
      givenUp: await host.metric('parley_sends_total', (labels) => labels.includes('outcome="failed"')),
    };
  } finally {
    await host.stop();
    await crowd.stop('SIGKILL');
  }
}

async function onMongo(count: number, limit: number): Promise<Burst> {
  const [own, proxy] = [ownDatabase(), await countingProxy()];
  let before = 0;
  try {
    const prepare: Prepare = async (work) => {
      before = proxy.operations();
      return startAll(work);
    };
    const burst = await measure('starts, MongoDB', count, { open: openHost({ MONGODB_URL: proxy.through(own.url) }), limit, prepare });
    return { ...burst, operations: proxy.operations() - before };
  } finally {
    proxy.close();
    await own.drop();
  }
}
