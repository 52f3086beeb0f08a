import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { silentLog } from '../src/contract/host/index.js';
import type { FlowDefinition, InboundEvent } from '../src/contract/index.js';
import type { Store } from '../src/contract/store/index.js';
import { openEmbeddedStore } from '../src/store/embedded/open.js';
import { aFlow } from './support/builders.js';
import { type Crash, CrashingProcess } from './support/crashing-process.js';
import { manualClock } from './support/manual-clock.js';
import { ACCOUNT, putOnline, type SmallHost, startProvider, startSmallHost, until } from './support/small-world.js';

const PHONE = '4915112345678';
const USER = 'US.1349';
const send = (id: string, text: string) => ({
  id,
  type: 'send-whatsapp-message',
  version: 1,
  params: { action: 'reply', message: { type: 'text', text } },
});
/** Asks for an answer; says so where none came within a minute. */
const asking = (code: string, keyword: string): FlowDefinition =>
  aFlow(code, {
    triggers: [{ type: 'TriggeredByWhatsApp', match: { keywords: [keyword] } }],
    nodes: [
      { id: 'start', type: 'start', version: 1, params: {} },
      send('ask', `${code}?`),
      {
        id: 'wait',
        type: 'wait-for-response',
        version: 1,
        params: { timeout: { value: 1, unit: 'minutes' }, timeoutBranch: true, saveAs: 'answer' },
      },
      send('thanks', `${code}: {{ answer }}`),
      send('late', `no ${code}`),
      { id: 'end', type: 'end', version: 1, params: {} },
    ],
    edges: [
      { from: 'start', port: 'next', to: 'ask' },
      { from: 'ask', port: 'next', to: 'wait' },
      { from: 'wait', port: 'replied', to: 'thanks' },
      { from: 'wait', port: 'notReplied', to: 'late' },
      { from: 'thanks', port: 'next', to: 'end' },
      { from: 'late', port: 'next', to: 'end' },
    ],
  });
/** Somebody in `tea` under the number and in `cake` under the user id answers with both: the later question first, then the other one. */
const EXPECTED = ['tea?', 'cake?', 'cake: plum', 'tea?', 'tea: green'];

describe('a merge in the middle of two flows', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-merge-'));
  after(() => rmSync(folder, { recursive: true }));
  let calls = 0;

  it('goes on with the message that told of it', async () => {
    const whole = await converse(join(folder, 'whole.db'));
    expect(whole.texts).to.deep.equal(EXPECTED);
    calls = whole.calls;
  });

  for (const when of ['before', 'after'] as const) {
    it(`killed ${when} any call to the store, comes to the same`, async () => {
      expect(calls).to.be.greaterThan(12);
      for (let call = 1; call <= calls; call += 1) {
        const { texts } = await converse(join(folder, `${when}-${call}.db`), { call, when });
        const what = `dead ${when} call ${call} of ${calls}`;
        // Sent again only where nobody could know: at most the one that was on its way.
        expect(withoutRepeat(texts), what).to.deep.equal(EXPECTED);
      }
    }).timeout(60_000);
  }
});

async function converse(file: string, crash?: Crash): Promise<{ readonly texts: readonly string[]; readonly calls: number }> {
  const clock = manualClock();
  let store = await openEmbeddedStore({ file }, silentLog);
  const emulator = await startProvider(store);
  await putOnline(store, asking('tea', 'tea'));
  await putOnline(store, asking('cake', 'cake'));
  const crashing = new CrashingProcess(undefined);
  let host: SmallHost = await startSmallHost(store, clock);

  const restart = async (around: (store: Store) => Store) => {
    await host.stop();
    await store.close();
    store = await openEmbeddedStore({ file, now: clock.now() }, silentLog);
    host = await startSmallHost(around(store), clock);
  };
  const rise = async () => {
    if (!dying.hasCrashed) return;
    dying.restart();
    await restart((fresh) => dying.wrap(fresh));
  };
  const settle = () =>
    until(async () => {
      await rise();
      await host.look().catch(() => {});
      const left = await waitingEffects(store);
      if (left > 0) clock.advance(1_000);
      return left === 0 && !dying.hasCrashed;
    });
  const persist = async (event: Said) => {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      try {
        await host.inbound.take('wa', event);
        taking = dying.calls;
        break;
      } catch {
        // The message may come again before anybody looks whether a merge is half done.
        await rise();
      }
    }
    await settle();
  };

  let dying = crashing;
  let taking = 0;
  await persist(said(clock.now(), 'm1', 'tea', PHONE));
  clock.advance(1_000);
  await persist(said(clock.now(), 'm2', 'cake', USER));
  clock.advance(30_000);
  // Only the merge is interrupted.
  dying = new CrashingProcess(crash);
  await restart((fresh) => dying.wrap(fresh));
  const answer = said(clock.now(), 'm3', 'plum', USER, PHONE);
  await persist(answer);
  const calls = taking;
  // The provider brings it again, whatever it was answered.
  await persist(answer);
  await persist(said(clock.now(), 'm4', 'green', PHONE));
  clock.advance(120_000);
  await settle();

  const people = (await store.sessions.list({ limit: 9 })).map(({ state }) => state);
  const loser = people.find(({ mergedInto }) => mergedInto !== undefined);
  expect([loser?.runs, loser && (await store.sessions.load(loser.id))?.effects, people.length]).to.deep.equal([[], [], 2]);
  expect(await store.sessions.nextWake('9999-01-01T00:00:00.000Z')).to.equal(undefined);
  const texts = emulator.heard.map(({ text }) => text);
  await host.stop();
  await emulator.close();
  await store.close();
  return { texts, calls };
}

type Said = Exclude<InboundEvent, { type: 'receipt' }>;

function said(sentAt: string, id: string, text: string, ...ids: readonly string[]): Said {
  const identities = ids.flatMap((one) => (one === PHONE ? [`whatsapp:${one}`, `phone:+${one}`] : [`whatsapp:${one}`]));
  const from = { identities, address: ids.includes(PHONE) ? PHONE : USER, name: 'Ada' };
  return {
    account: ACCOUNT.phoneNumberId,
    type: 'message',
    id: `wa:${id}`,
    message: { id, platform: 'whatsapp', from, type: 'text', text, sentAt },
  };
}

async function waitingEffects(store: Store): Promise<number> {
  let waiting = 0;
  for (const { state } of await store.sessions.list({ limit: 9 })) waiting += (await store.sessions.load(state.id))?.effects.length ?? 0;
  return waiting;
}

/** One text that stands twice in a row is once. */
function withoutRepeat(texts: readonly string[]): readonly string[] {
  const at = texts.findIndex((text, i) => text === texts[i + 1]);
  return at < 0 ? texts : texts.toSpliced(at, 1);
}
