import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { WhatsAppEmulator } from '../adapters/whatsapp/emulator/index.js';
import { silentLog } from '../src/contract/host/index.js';
import type { FlowDefinition, InboundEvent } from '../src/contract/index.js';
import type { Store } from '../src/contract/store/index.js';
import { openEmbeddedStore } from '../src/store/embedded/open.js';
import { aFlow } from './support/builders.js';
import { type Crash, CrashingProcess } from './support/crashing-process.js';
import { manualClock } from './support/manual-clock.js';
import { ACCOUNT, putOnline, type SmallHost, startProvider, startSmallHost, until } from './support/small-world.js';

const send = (id: string, text: string) => ({
  id,
  type: 'send-whatsapp-message',
  version: 1,
  params: { action: 'reply', message: { type: 'text', text } },
});
const talk: FlowDefinition = aFlow('talk', {
  triggers: [{ type: 'TriggeredByWhatsApp', match: { keywords: ['hi'] } }],
  nodes: [
    { id: 'start', type: 'start', version: 1, params: {} },
    send('ask', 'Name?'),
    {
      id: 'name',
      type: 'wait-for-response',
      version: 1,
      params: { timeout: { value: 1, unit: 'hours' }, timeoutBranch: true, saveAs: 'name' },
    },
    send('hello', 'Hello {{ name }}'),
    send('sure', 'Sure?'),
    { id: 'sorry', type: 'set-variables', version: 1, params: { set: [{ name: 'sorry', value: true }] } },
    { id: 'wait', type: 'wait-for-response', version: 1, params: { timeout: { value: 1, unit: 'minutes' }, timeoutBranch: true } },
    send('late', 'Too late, {{ name }}'),
    { id: 'end', type: 'end', version: 1, params: {} },
  ],
  edges: [
    { from: 'start', port: 'next', to: 'ask' },
    { from: 'ask', port: 'next', to: 'name' },
    { from: 'name', port: 'replied', to: 'hello' },
    { from: 'hello', port: 'next', to: 'sure' },
    // `sure` waits for the answer of the provider, so its outcome is a turn of its own.
    { from: 'sure', port: 'failed', to: 'sorry' },
    { from: 'sure', port: 'next', to: 'wait' },
    { from: 'wait', port: 'notReplied', to: 'late' },
    { from: 'late', port: 'next', to: 'end' },
  ],
});
const EXPECTED = ['Name?', 'Hello Ada', 'Sure?', 'Too late, Ada'];

/** Rounds of the event loop without a request after which nothing is on its way. */
const QUIET = 150;

/** What came of the conversation, whatever happened on the way. */
interface Outcome {
  readonly texts: readonly string[];
  readonly path: readonly string[];
  readonly runs: number;
  readonly statuses: readonly string[];
  readonly calls: number;
}

describe('a crash', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-crash-'));
  after(() => rmSync(folder, { recursive: true }));
  let whole: Outcome;

  before(async () => {
    whole = await converse(join(folder, 'whole.db'));
  });

  it('the conversation without a crash is the one that is meant', () => {
    expect(whole.texts).to.deep.equal(EXPECTED);
    expect(whole.statuses).to.deep.equal(['sent', 'sent', 'sent', 'sent']);
    expect(whole.calls).to.be.greaterThan(12);
  });

  for (const when of ['before', 'after'] as const) {
    it(`${when} any call to the store changes neither the final state nor the messages`, async () => {
      for (let call = 1; call <= whole.calls; call += 1) {
        const outcome = await converse(join(folder, `${when}-${call}.db`), { crash: { call, when } });
        const what = `dead ${when} call ${call} of ${whole.calls}`;
        expect(distinct(outcome.texts), what).to.deep.equal(EXPECTED);
        expect([outcome.path, outcome.runs, outcome.statuses], what).to.deep.equal([whole.path, whole.runs, whole.statuses]);
        // Sent again only where nobody could know: at most the one that was on its way.
        expect(outcome.texts.length - EXPECTED.length, `${what}: repeats`).to.be.lessThan(2);
      }
    }).timeout(60_000);
  }

  it('a lost answer of the provider is met by its receipt: nothing is sent twice', async () => {
    const outcome = await converse(join(folder, 'lost.db'), { prepare: (emulator) => emulator.next({}, { lost: true }) });
    expect(outcome.texts).to.deep.equal(EXPECTED);
    expect(outcome.path).to.deep.equal(whole.path);
  });

  it('a provider that fails first is tried again, in order', async () => {
    const outcome = await converse(join(folder, 'failing.db'), {
      prepare: (emulator) => emulator.next({ error: 131_000, status: 500 }, { error: 130_429 }),
    });
    expect(outcome.texts).to.deep.equal(EXPECTED);
  });
});

async function converse(
  file: string,
  how: { readonly crash?: Crash; readonly prepare?: (emulator: WhatsAppEmulator) => void } = {},
): Promise<Outcome> {
  const clock = manualClock();
  let store = await openEmbeddedStore({ file }, silentLog);
  const emulator = await startProvider(store);
  await putOnline(store, talk);
  how.prepare?.(emulator);
  const crashing = new CrashingProcess(how.crash);
  let host: SmallHost = await startSmallHost(crashing.wrap(store), clock);
  let reported = 0;

  const restart = async () => {
    await host.stop();
    await store.close();
    store = await openEmbeddedStore({ file, now: clock.now() }, silentLog);
    crashing.restart();
    host = await startSmallHost(crashing.wrap(store), clock);
  };
  /** Until it is taken, as a provider does. */
  const persist = async (work: () => Promise<unknown>) => {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      try {
        await work();
        return;
      } catch {
        if (crashing.hasCrashed) await restart();
      }
    }
    throw new Error('it was never taken');
  };
  /** Everything that is on its way arrives; time passes as long as something waits for it. */
  const settle = async (texts: number) => {
    let quiet = 0;
    let requests = emulator.requests;
    await until(async () => {
      if (crashing.hasCrashed) await restart();
      for (; reported < emulator.heard.length; reported += 1) await persist(() => receiptOf(host, emulator, reported));
      await host.look().catch(() => {});
      const pending = await pendingEffects(store);
      if (!pending && distinct(emulator.heard.map(({ text }) => text)).length >= texts) return true;
      // Real requests take real time: the clock is turned only when nothing is on its way any more.
      quiet = emulator.requests === requests ? quiet + 1 : 0;
      requests = emulator.requests;
      if (quiet % QUIET === QUIET - 1) clock.advance(5_000);
      return false;
    });
  };

  await persist(() => host.inbound.take('wa', said('m1', 'hi')));
  await settle(1);
  await persist(() => host.inbound.take('wa', said('m2', 'Ada')));
  // The provider brings it again, whatever it was answered.
  await persist(() => host.inbound.take('wa', said('m2', 'Ada')));
  await settle(3);
  clock.advance(61_000);
  await settle(4);

  const [session] = await store.sessions.list({ limit: 2 });
  if (!session) throw new Error('nobody was there');
  const turns = await store.turns.list(session.state.id, { limit: 100 });
  const sends = turns.flatMap(({ effects }) => effects.map(({ id }) => id));
  const deliveries = await store.deliveries.of(sends);
  const outcome: Outcome = {
    texts: emulator.heard.map(({ text }) => text),
    path: turns.flatMap(({ path }) => path.map(({ node, port }) => `${node}.${port ?? ''}`)),
    runs: session.state.runs.length,
    statuses: sends.map((id) => deliveries.get(id)?.status ?? 'none'),
    calls: crashing.calls,
  };
  await host.stop();
  await emulator.close();
  await store.close();
  return outcome;
}

function said(id: string, text: string): Exclude<InboundEvent, { type: 'receipt' }> {
  const from = { identities: ['whatsapp:US.1', 'whatsapp:4915112345678', 'phone:+4915112345678'], address: '4915112345678', name: 'Ada' };
  return {
    account: ACCOUNT.phoneNumberId,
    type: 'message',
    id: `wa:${id}`,
    message: { id, platform: 'whatsapp', from, type: 'text', text, sentAt: '2026-11-24T09:00:00.000Z' },
  };
}

async function receiptOf(host: SmallHost, emulator: WhatsAppEmulator, index: number): Promise<void> {
  const heard = emulator.heard[index];
  if (heard)
    await host.inbound.takeReceipt('wa', {
      providerId: heard.id,
      effectId: String(heard.body['biz_opaque_callback_data']),
      status: 'sent',
      at: '2026-11-24T09:00:01.000Z',
    });
}

async function pendingEffects(store: Store): Promise<boolean> {
  const [session] = await store.sessions.list({ limit: 1 });
  return session !== undefined && ((await store.sessions.load(session.state.id))?.effects.length ?? 0) > 0;
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
