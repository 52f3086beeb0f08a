import { residentMegabytes, startChild } from './child.js';
import { COUNTING } from './counting-flow.js';
import { printTable } from './figures.js';
import { type Host, PHONE_NUMBER_ID, PROBED, parley, SECRET } from './host.js';
import type { Options } from './options.js';

const MINUTES = 2;
const PHONES = 64;
/** Messages of each phone in a round. */
const EACH = 5;
/** So many groups of phones write in turn, one in each round. */
const GROUPS = 40;
/** For what the last message of a round leaves to do, in milliseconds. */
const SETTLING = 1_000;
const here = (file: string) => new URL(file, import.meta.url).pathname;

/** (j) Shows whether the memory stays as it is under a load that goes on: the heap after a collection, at the begin, in the middle and at the end. */
export async function benchSoak({ minutes = MINUTES }: Options): Promise<void> {
  const phones = startChild(here('./phones.js'));
  const host = await parley({ SQLITE_SYNCHRONOUS: 'FULL', ...PROBED }, COUNTING, `http://127.0.0.1:${await phones.next<number>('port')}`);
  let rounds = 0;
  const round = async () => {
    const order = { webhook: host.webhook, appSecret: SECRET, phoneNumberId: PHONE_NUMBER_ID, phones: PHONES, each: EACH };
    phones.send({ go: { ...order, first: (rounds % GROUPS) * PHONES } });
    await phones.next('done');
    for (const status of ['delivered', 'read']) {
      phones.send({ report: status });
      await phones.next('reported');
    }
    rounds += 1;
  };
  try {
    // Everybody writes once before the begin, so that what is kept of them is there.
    while (rounds < GROUPS) await round();
    const began = performance.now();
    const rows = [await row('begin', host)];
    for (const [name, part] of [
      ['middle', 0.5],
      ['end', 1],
    ] as const) {
      while (performance.now() - began < minutes * part * 60_000) await round();
      rows.push(await row(name, host));
    }
    printTable(`A load of ${minutes} minutes: ${rounds * PHONES * EACH} messages with their receipts`, [
      ['', 'heap after a collection, MB', 'resident, MB'],
      ...rows,
    ]);
  } finally {
    await host.stop();
    await phones.stop('SIGKILL');
  }
}

async function row(name: string, { child, pid }: Host): Promise<readonly string[]> {
  await new Promise((done) => setTimeout(done, SETTLING));
  const heap = child.next<number>('heap');
  child.send({ heap: true });
  return [name, ((await heap) / 1e6).toFixed(1), residentMegabytes(pid).toFixed(0)];
}
