import type { Profiler } from 'node:inspector/promises';
import { silentLog } from '../src/contract/host/index.js';
import { openStore } from '../src/store/open-store.js';
import { startChild } from './child.js';
import { COUNTING } from './counting-flow.js';
import { printTable } from './figures.js';
import { GROUPS } from './groups.js';
import { type Host, PHONE_NUMBER_ID, PROBED, parley, SECRET } from './host.js';
import { microsByGroup, startProfile, type Usage, usageOf, usageSince } from './profile.js';
import { openPureWorld, openTurnWorld } from './turn-world.js';

const PHONES = 64;
const EACH = 150;
const TURNS = 25_600;
/** For what the last message leaves to do, in milliseconds. */
const SETTLING = 300;
const here = (file: string) => new URL(file, import.meta.url).pathname;

/** Some work, measured twice: with a profile, and without what a profile costs. */
interface Budget {
  readonly name: string;
  /** The number of messages, receipts or turns in each. */
  readonly count: number;
  readonly profile: Profiler.Profile;
  readonly profiled: Usage;
  readonly plain: Usage;
}

/** (g) Shows where the CPU goes: of a message and a receipt in the host's process, and of a turn in this one. */
export async function benchBudget(): Promise<void> {
  const budgets = [...(await inHost()), await pureTurns(), await storedTurns()];
  const each = (budget: Budget, micros: number) => (micros / budget.count).toFixed(1);
  const row = (name: string, micros: (budget: Budget) => number) => [name, ...budgets.map((one) => each(one, micros(one)))];
  const names = budgets.map(({ name, count }) => `${name} (${count})`);
  const groups = new Map(budgets.map((one) => [one, microsByGroup(one.profile)]));
  const inGroup = (one: Budget, group: string) =>
    [...(groups.get(one) ?? [])].reduce((sum, [name, micros]) => sum + (name === group ? micros : 0), 0);
  const busy = (one: Budget) => GROUPS.filter((group) => group !== '(idle)').reduce((sum, group) => sum + inGroup(one, group), 0);
  printTable('Where the time of the main thread goes: sampled µs each', [
    ['', ...names],
    ...GROUPS.map((group) => row(group, (one) => inGroup(one, group))),
  ]);
  const threads = ({ profiled: { user, system, main } }: Budget) => user + system - main;
  const cpu = ({ profiled: { user, system } }: Budget) => user + system;
  printTable('Sampled time against the CPU that the kernel has counted: µs each', [
    ['', ...names],
    row('sum of the groups, without (idle)', busy),
    row('less the time without a core', (one) => -one.profiled.queued),
    row('and other threads', threads),
    row('= CPU by the profile', (one) => busy(one) - one.profiled.queued + threads(one)),
    row('CPU of the process', cpu),
    ['difference', ...budgets.map((one) => `${(((busy(one) - one.profiled.queued + threads(one)) / cpu(one) - 1) * 100).toFixed(1)} %`)],
  ]);
  printTable('Without a profile: µs and bytes each', [
    ['', ...names],
    row('user', ({ plain }) => plain.user),
    row('system', ({ plain }) => plain.system),
    row('user and system', ({ plain }) => plain.user + plain.system),
    row('bytes written to the disk', ({ plain }) => plain.written),
  ]);
}

/** Runs some work twice, plain and profiled. */
async function twice(
  name: string,
  pid: number,
  profileWhile: (work: () => Promise<unknown>) => Promise<Profiler.Profile>,
  work: () => Promise<number>,
): Promise<Budget> {
  const before = usageOf(pid);
  const count = await work();
  const plain = usageSince(pid, before);
  let profiled = plain;
  const profile = await profileWhile(async () => {
    const begun = usageOf(pid);
    await work();
    profiled = usageSince(pid, begun);
  });
  return { name, count, profile, profiled, plain };
}

async function inHost(): Promise<readonly Budget[]> {
  const phones = startChild(here('./phones.js'));
  const host = await parley({ SQLITE_SYNCHRONOUS: 'FULL', ...PROBED }, COUNTING, `http://127.0.0.1:${await phones.next<number>('port')}`);
  let first = 0;
  const say = async (each: number) => {
    first += 1_000;
    phones.send({ go: { webhook: host.webhook, appSecret: SECRET, phoneNumberId: PHONE_NUMBER_ID, phones: PHONES, each, first } });
    await phones.next('done');
    await settled();
    return PHONES * each;
  };
  const report = (status: string) => async () => {
    phones.send({ report: status });
    const count = await phones.next<number>('reported');
    await settled();
    return count;
  };
  const measure = (name: string, work: () => Promise<number>) => twice(name, host.pid, (run) => profileHost(host, run), work);
  try {
    await say(40);
    await report('sent')();
    const message = await measure('message', () => say(EACH));
    const moving = await measureMoving();
    return [message, moving, await measure('receipt that moves nothing', report('delivered'))];
  } finally {
    await host.stop();
    await phones.stop('SIGKILL');
  }

  /** Each time with another status, so that both move every message. */
  function measureMoving(): Promise<Budget> {
    const statuses = ['delivered', 'read'];
    return measure('receipt that moves', () => report(statuses.shift() ?? '')());
  }
}

function settled(): Promise<void> {
  return new Promise((done) => setTimeout(done, SETTLING));
}

async function profileHost({ child }: Host, work: () => Promise<unknown>): Promise<Profiler.Profile> {
  const began = child.next('profiling');
  child.send({ profile: 'start' });
  await began;
  await work();
  const profile = child.next<Profiler.Profile>('profile');
  child.send({ profile: 'stop' });
  return profile;
}

async function profileHere(work: () => Promise<unknown>): Promise<Profiler.Profile> {
  const stop = await startProfile();
  await work();
  return stop();
}

function pureTurns(): Promise<Budget> {
  const world = openPureWorld(COUNTING);
  let said = 0;
  const say = async () => {
    const until = said + TURNS;
    for (; said < until; said += 1) world.say(`p${said % PHONES}`, said);
    return TURNS;
  };
  return say().then(() => twice('turn, no store', process.pid, profileHere, say));
}

async function storedTurns(): Promise<Budget> {
  const store = await openStore({ dataDir: '' }, silentLog);
  const world = await openTurnWorld(store, COUNTING);
  let said = 0;
  const say = async () => {
    const until = said + TURNS;
    for (; said < until; said += PHONES) await Promise.all(Array.from({ length: PHONES }, (_, k) => world.say(`p${k}`, said + k)));
    await world.settled();
    return TURNS;
  };
  await say();
  const budget = await twice('turn, SQLite in memory', process.pid, profileHere, say);
  await store.close();
  return budget;
}
