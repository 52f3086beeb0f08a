// A process with a system that starts a flow in batches, people who write at a steady rate, and the provider that takes what the host sends.
// Orders over IPC: { run: CrowdOrder } → { state: CrowdState } five times a second, until { end: true } → { report: CrowdReport }.
import { Pool } from 'undici';
import type { CrowdOrder, CrowdState } from './crowd-order.js';
import { createWebhook, type Sent, startProvider, textFrom } from './meta.js';

const FIRST_RECIPIENT = 4_916_000_000_000;
const FIRST_TALKER = 4_917_000_000_000;
/** So many people write in turn, so that everybody writes every ten seconds if there are ten messages a second. */
const TALKERS = 100;
const STATE_EVERY = 200;

const seen = {
  answered: 0,
  answeredAfter: 0,
  reached: 0,
  reachedAfter: 0,
  repeated: 0,
  refused: 0,
  refusedReplies: 0,
  asked: 0,
  replied: 0,
  failed: 0,
};
let failure = '';
const webhooks: number[] = [];
const replies: number[] = [];
/** The times at which each person has written and was not answered yet, oldest first. */
const open = new Map<string, number[]>();
let recipients = new Set<string>();
let order: CrowdOrder | undefined;
let batch = 0;
let begun = 0;
let ticking: NodeJS.Timeout[] = [];
/** The times of the messages that the provider has counted in the last second, in either direction. */
let counted: number[] = [];

startProvider(take);
process.on('disconnect', () => process.exit(0));
process.on('message', (message: { readonly run?: CrowdOrder; readonly end?: true }) => {
  if (message.run) run(message.run);
  if (message.end) end();
});

function run(next: CrowdOrder): void {
  order = next;
  for (const key of Object.keys(seen) as (keyof typeof seen)[]) seen[key] = 0;
  webhooks.length = 0;
  replies.length = 0;
  open.clear();
  recipients = new Set();
  batch = 0;
  begun = performance.now();
  const { starts, talk } = next;
  ticking = [setInterval(report, STATE_EVERY)];
  if (talk.perSecond > 0) {
    const deliver = createWebhook(talk);
    ticking.push(setInterval(() => say(deliver), 1_000 / talk.perSecond));
  }
  if (!starts) return;
  const pool = new Pool(new URL(starts.trigger).origin, { connections: starts.atOnce, headersTimeout: 0 });
  for (let i = 0; i < starts.atOnce; i += 1) void start(pool, starts);
}

function end(): void {
  for (const timer of ticking) clearInterval(timer);
  process.send?.({ report: { ...state(), webhooks, replies } });
}

function report(): void {
  process.send?.({ state: state() });
}

function state(): CrowdState {
  return { ...seen, failure, seconds: seconds() };
}

function seconds(): number {
  return (performance.now() - begun) / 1_000;
}

/** Sends one batch after another until none is left. */
async function start(pool: Pool, starts: NonNullable<CrowdOrder['starts']>): Promise<void> {
  const { count: all, size } = starts;
  while (batch * size < all) {
    const from = batch * size;
    batch += 1;
    await postBatch(pool, starts, { from, count: Math.min(size, all - from) }).catch(note);
  }
}

async function postBatch(
  pool: Pool,
  { trigger, key, first, data }: NonNullable<CrowdOrder['starts']>,
  { from, count }: { readonly from: number; readonly count: number },
): Promise<void> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` };
  const starts = Array.from({ length: count }, (_, i) => startOf(first + from + i, data));
  const answer = await pool.request({ path: new URL(trigger).pathname, method: 'POST', headers, body: JSON.stringify({ starts }) });
  if (answer.statusCode !== 202) throw new Error(`a batch was answered ${answer.statusCode}: ${await answer.body.text()}`);
  const { results } = (await answer.body.json()) as { readonly results: readonly { readonly status: unknown }[] };
  const refused = results.find(({ status }) => status !== 'started');
  if (refused || results.length !== count) throw new Error(`a start was answered ${JSON.stringify(refused)}`);
  seen.answered += count;
  seen.answeredAfter = seconds();
}

function startOf(i: number, data: object): object {
  return {
    contact: { identity: `whatsapp:${FIRST_RECIPIENT + i}`, name: 'Ada' },
    data: { order: `A-${i}`, ...data },
    uuid: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
    outId: `crm-${i}`,
  };
}

/** Lets the next person write, whether or not they were answered. */
function say(deliver: (content: object) => Promise<void>): void {
  const number = String(FIRST_TALKER + (seen.asked % TALKERS));
  seen.asked += 1;
  const asked = performance.now();
  const waiting = open.get(number);
  if (waiting) waiting.push(asked);
  else open.set(number, [asked]);
  noteCounted(asked);
  deliver(textFrom(number, `${begun}.${seen.asked}`, `message ${seen.asked}`)).then(() => webhooks.push(performance.now() - asked), note);
}

/** Notes a request that the host has not answered as it should. */
function note(error: unknown): void {
  seen.failed += 1;
  failure = String(error);
}

function take({ to }: Sent): boolean {
  const isReply = Number(to) >= FIRST_TALKER;
  if (!isAllowed()) {
    seen.refused += 1;
    if (isReply) seen.refusedReplies += 1;
    return false;
  }
  noteCounted(performance.now());
  if (isReply) heard(to);
  else if (recipients.has(to)) seen.repeated += 1;
  else {
    recipients.add(to);
    seen.reached = recipients.size;
    seen.reachedAfter = seconds();
  }
  return true;
}

function heard(number: string): void {
  const asked = open.get(number)?.shift();
  if (asked === undefined) seen.repeated += 1;
  else {
    seen.replied += 1;
    replies.push(performance.now() - asked);
  }
}

/** Returns whether the provider allows one more message in the second that ends now. */
function isAllowed(): boolean {
  if (order?.allowed === undefined) return true;
  const since = performance.now() - 1_000;
  counted = counted.filter((at) => at > since);
  return counted.length < order.allowed;
}

function noteCounted(at: number): void {
  if (order?.allowed !== undefined) counted.push(at);
}
