// npm run chaos [-- --kills 50 --seed N --hosts N --people 120 --burst 1000 --limit MINUTES]
//
// Runs hosts as real processes under load, kills them with SIGKILL at random, pauses them and sets their clocks, while providers refuse sends,
// are slow, answer nonsense and lose responses, while a language model breaks off, while operators have the talk, while contacts turn out to
// be the same person, and while a burst of people is started in batches. Uses MongoDB if MONGODB_URL is set, or else
// the embedded store. Exits with 1 if an accepted message is lost, a turn is taken twice, the order is broken, a send is repeated without a
// reason, nobody was merged, or nobody was handed over.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog } from '../src/contract/host/index.js';
import { openStore } from '../src/store/open-store.js';
import { startBurst } from './burst.js';
import { count } from './count.js';
import { disturbHosts } from './disturber.js';
import { gatherEvidence } from './evidence.js';
import { freePort, type Host, type HostBook, startHost, urlOf } from './hosts.js';
import { killHosts, type Moment } from './killer.js';
import { startModel } from './model.js';
import { startOperators } from './operators.js';
import { type Options, readOptions } from './options.js';
import { startPeople } from './people.js';
import { startProvider } from './provider.js';
import { createChance } from './random.js';
import { hasPassed, type Outcome, report } from './report.js';
import { asker, databaseOfItsOwn, dropDatabase, isAllSent, KEY, setUp } from './set-up.js';

/** The time for the last sends, in milliseconds: a lease of 25 s and a wait for proof of 20 s, twice if the second attempt fails as well. */
const GRACE = 120_000;
/** A pause longer than a lease and the wait for a proof, in milliseconds. Only in long runs, because it takes most of the time of a short one. */
const LONG_PAUSE = { millis: 46_000, fromKills: 50 };

const options = readOptions(process.argv.slice(2), process.env['MONGODB_URL'] || undefined);
if (typeof options === 'string') {
  process.stderr.write(`chaos: ${options}\n`);
  process.exit(2);
}
const endings: (() => unknown)[] = [];
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end(130));
const limit = setTimeout(() => {
  process.stderr.write(`chaos: timed out after ${options.limit} minutes\n`);
  void end(1);
}, options.limit * 60_000);
try {
  const outcome = await run(options);
  process.stdout.write(report(outcome));
  await end(hasPassed(outcome) ? 0 : 1);
} catch (error) {
  process.stderr.write(`chaos: ${error instanceof Error ? error.stack : String(error)}\n`);
  await end(1);
}

async function run(options: Options): Promise<Outcome> {
  const { kills, seed, hosts: hostCount, people: peopleCount, burst: burstCount, limit: minutes, mongodbUrl } = options;
  const started = Date.now();
  const chance = createChance(seed);
  const folder = mkdtempSync(join(tmpdir(), 'parley-chaos-'));
  endings.unshift(() => rmSync(folder, { recursive: true, force: true }));
  const database = mongodbUrl === undefined ? undefined : databaseOfItsOwn(mongodbUrl);
  if (database !== undefined) endings.unshift(() => dropDatabase(database));
  const book: HostBook = { connections: new Map(), ownEnds: [], lines: new Map(), errors: [] };
  const ports: number[] = [];
  for (let i = 0; i < hostCount; i += 1) ports.push(await freePort());
  const urls = ports.map(urlOf);
  const model = await startModel(chance.stream('model'));
  endings.unshift(() => model.close());
  const operators = await startOperators(urls, { key: KEY, chance: chance.stream('operators') });
  endings.unshift(() => operators.close());
  const outside = { OUTBOUND_ALLOW: model.allow, OPERATOR_WEBHOOK: operators.url };
  const env = { PARLEY_ADMIN_KEY: KEY, DATA_DIR: folder, ...outside, ...(database === undefined ? {} : { MONGODB_URL: database }) };
  const hosts: Host[] = [];
  endings.unshift(() => Promise.all(hosts.map((host) => host.stop())));
  for (const port of ports) hosts.push(startHost({ port, folder, env, book }));
  await Promise.all(hosts.map((host) => host.ready()));
  const provider = await startProvider(urls, {
    chance: chance.stream('provider'),
    processOf: (connection) => book.connections.get(connection),
  });
  endings.unshift(() => provider.close());
  const ask = asker(urls);
  await setUp(ask, { provider, model });

  const people = startPeople({ count: peopleCount, provider, chance: chance.stream('people') });
  const last = started + Math.max(minutes * 30_000, minutes * 60_000 - GRACE);
  const isOver = () => Date.now() > last;
  const burst = startBurst({ count: burstCount, hosts: urls, key: KEY, provider, chance: chance.stream('burst'), isOver });
  let isQuiet = false;
  const disturbing = disturbHosts(hosts, { chance: chance.stream('disturber'), isOver: () => isQuiet });
  const moments: ReadonlyMap<Moment, number> = await killHosts(hosts, { kills, chance: chance.stream('kills'), provider, model, isOver });
  isQuiet = true;
  const disturbances = await disturbing;
  // A single host reads its responses after any pause; of several hosts, another one takes over its work.
  if (hosts.length === 1 && kills >= LONG_PAUSE.fromKills) await hosts[0]?.pause(LONG_PAUSE.millis);
  for (const side of [provider, model, operators]) side.behave();
  const killing = Date.now() - started;
  await Promise.all(hosts.map((host) => host.ready()));
  await Promise.all([people.stop(), burst.ended()]);
  const everybody = [...people.all, ...burst.all];
  const until = Date.now() + GRACE;
  while (everybody.some(({ missing }) => missing > 0) && Date.now() < until) await new Promise((done) => setTimeout(done, 200));
  const heard = Date.now();
  while (!(await isAllSent(urls[0] ?? '', heard)) && Date.now() < until) await new Promise((done) => setTimeout(done, 500));
  await Promise.all(hosts.map((host) => host.stop()));
  const store = await openStore({ dataDir: folder, ...(database === undefined ? {} : { mongodbUrl: database }) }, silentLog);
  endings.unshift(() => store.close());
  const { evidence, waiting } = await gatherEvidence(store, { people: everybody, provider });
  return {
    options,
    totals: count(evidence),
    handedOver: operators.count,
    refused: operators.refused,
    modelCalls: model.requests.length,
    started: burst.all.filter(({ said }) => said.length > 0).length,
    waiting,
    moments,
    disturbances,
    faults: provider.faults,
    book,
    seconds: { killing: killing / 1_000, all: (Date.now() - started) / 1_000 },
  };
}

/** Stops everything that was started, and exits. */
async function end(code: number): Promise<void> {
  clearTimeout(limit);
  for (const ending of endings)
    await Promise.resolve(ending()).catch((error: unknown) => process.stderr.write(`chaos: ${String(error)}\n`));
  process.exit(code);
}
