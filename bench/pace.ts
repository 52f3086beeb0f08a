import { batches, talkTo } from './burst.js';
import { startChild } from './child.js';
import { COUNTING } from './counting-flow.js';
import { middleAndWorst, printTable } from './figures.js';
import { parley } from './host.js';
import type { Options } from './options.js';
import { runCrowd } from './run-crowd.js';
import { SHIPPED } from './shipped-flow.js';

/** Messages that the provider allows in any second, in both directions together. */
const ALLOWED = 80;
const STARTS = 2_400;
const PER_SECOND = 10;
const here = (file: string) => new URL(file, import.meta.url).pathname;

/** (i) Measures a channel whose provider refuses what exceeds its rate: a batch of starts, while people write and are answered. */
export async function benchPace({ starts: count = STARTS, limit }: Options): Promise<void> {
  const crowd = startChild(here('./crowd.js'));
  const provider = `http://127.0.0.1:${await crowd.next<number>('port')}`;
  const host = await parley({ SQLITE_SYNCHRONOUS: 'FULL' }, SHIPPED, provider, ALLOWED);
  try {
    await host.publish(COUNTING);
    const order = { starts: { ...batches(host.trigger, 0), count }, talk: talkTo(host, PER_SECOND), allowed: ALLOWED };
    const seen = await runCrowd(crowd, order, ({ reached, seconds }) => reached >= count || seconds > limit);
    const { reached, replied, asked, refused, refusedReplies } = seen;
    const took = reached < count ? seen.seconds : seen.reachedAfter;
    const percent = (part: number, whole: number) => `${((100 * part) / Math.max(1, whole)).toFixed(2)} %`;
    printTable(`A channel of ${ALLOWED} messages a second: ${count} starts, while ${PER_SECOND} messages a second come in`, [
      ['', ''],
      ['sent', `${reached} in ${took.toFixed(0)} s`],
      ['reply p50 / p99 ms (aim: p50 < 50)', middleAndWorst(seen.replies)],
      ['messages answered', `${replied} of ${asked}`],
      ['sends refused for the rate (aim: below 0.1 %)', percent(refused, reached + replied + refused)],
      ['of them replies', `${refusedReplies}`],
      ['sent twice', `${seen.repeated}`],
      ['use of the allowance (aim: at least 90 %)', percent(reached + replied + asked, ALLOWED * took)],
    ]);
    if (reached < count) process.stdout.write(`\n${count - reached} of ${count} were not sent within ${limit} s.\n`);
  } finally {
    await host.stop();
    await crowd.stop('SIGKILL');
  }
}
