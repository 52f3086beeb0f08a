import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { silentLog } from '../src/contract/host/index.js';
import type { InboundEvent, Sender } from '../src/contract/index.js';
import { openEmbeddedStore } from '../src/store/embedded/open.js';
import { aFlow } from './support/builders.js';
import { type Crash, CrashingProcess } from './support/crashing-process.js';
import { manualClock } from './support/manual-clock.js';
import { ACCOUNT, putOnline, type SmallHost, startProvider, startSmallHost } from './support/small-world.js';

const TOKEN = 'crash-token-of-the-viber-bot';
const ADA: Sender = { identities: ['whatsapp:4915112345678', 'phone:+4915112345678'], address: '4915112345678', name: 'Ada' };
const ON_VIBER: Sender = { identities: ['viber:vb:ada=='], address: 'ada==', name: 'Ada there' };
const talk = aFlow('talk', {
  triggers: [{ type: 'TriggeredByWhatsApp' }, { type: 'TriggeredByViber' }],
  nodes: [
    { id: 'start', type: 'start', version: 1, params: {} },
    { id: 'show', type: 'set-variables', version: 1, params: { set: [{ name: 'link', value: 'x{{ link.viber }}' }] } },
    { id: 'wait', type: 'wait-for-response', version: 1, params: { timeout: { value: 1, unit: 'hours' }, saveAs: 'said' } },
    { id: 'end', type: 'end', version: 1, params: {} },
  ],
  edges: [
    { from: 'start', port: 'next', to: 'show' },
    { from: 'show', port: 'next', to: 'wait' },
    { from: 'wait', port: 'replied', to: 'end' },
  ],
});

/** What is left in the end, whatever happened on the way. */
interface Outcome {
  readonly owner: boolean;
  readonly identities: readonly string[];
  readonly linked: number;
  readonly left: number;
  readonly merged: boolean;
  readonly waits: readonly (string | undefined)[];
  readonly calls: number;
}

describe('a crash while two contacts become one by a link', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-link-'));
  after(() => rmSync(folder, { recursive: true }));

  it('at any call to the store leaves one contact with both identities, the link used once, and the run where it was', async () => {
    const whole = await becomeOne(join(folder, 'whole.db'));
    const { calls, ...expected } = whole;
    expect(expected).to.deep.equal({
      owner: true,
      identities: [...ADA.identities, ...ON_VIBER.identities],
      linked: 1,
      left: 0,
      merged: true,
      waits: ['wait'],
    });
    expect(calls).to.be.greaterThan(8);
    for (const when of ['before', 'after'] as const) {
      for (let call = 1; call <= calls; call += 1) {
        const { calls: _, ...outcome } = await becomeOne(join(folder, `${when}-${call}.db`), { call, when });
        expect(outcome, `dead ${when} call ${call} of ${calls}`).to.deep.equal(expected);
      }
    }
  }).timeout(60_000);
});

/** Ada writes on WhatsApp, somebody writes on Viber, and opens Ada's link there: brought again until it is taken, and once more. */
async function becomeOne(file: string, crash?: Crash): Promise<Outcome> {
  const clock = manualClock();
  let store = await openEmbeddedStore({ file }, silentLog);
  const emulator = await startProvider(store);
  const at = clock.now();
  const config = { authToken: TOKEN, senderName: 'Bot', uri: 'bot', baseUrl: 'http://127.0.0.1:9' };
  await store.channels.create({ id: 'vb', adapter: 'viber', name: 'VB', config, createdAt: at, updatedAt: at });
  await putOnline(store, talk, ['wa', 'vb']);
  let host: SmallHost = await startSmallHost(store, clock);
  await host.inbound.take('wa', said('wa:1', 'whatsapp', ADA));
  await host.inbound.take('vb', said('vb:1', 'viber', ON_VIBER));
  const ada = (await store.contacts.find(ADA.identities[0] ?? '')) ?? '';
  const other = (await store.contacts.find(ON_VIBER.identities[0] ?? '')) ?? '';
  const context = (await store.sessions.load(ada))?.state.links?.[0]?.token ?? '';
  await host.stop();

  const crashing = new CrashingProcess(crash);
  host = await startSmallHost(crashing.wrap(store), clock);
  const opened: Exclude<InboundEvent, { type: 'receipt' }> = {
    account: TOKEN,
    type: 'subscription',
    id: 'vb:2',
    from: ON_VIBER,
    change: 'started',
    subscribed: true,
    context,
  };
  for (let taken = 0; taken < 2; ) {
    try {
      await host.inbound.take('vb', opened);
      taken += 1;
    } catch (error) {
      if (!crashing.hasCrashed) throw error;
      await host.stop();
      await store.close();
      store = await openEmbeddedStore({ file, now: clock.now() }, silentLog);
      crashing.restart();
      host = await startSmallHost(crashing.wrap(store), clock);
    }
  }
  const state = (await store.sessions.load(ada))?.state;
  const turns = await store.turns.list(ada, { limit: 100 });
  const outcome: Outcome = {
    owner: (await store.contacts.find(ON_VIBER.identities[0] ?? '')) === ada,
    identities: state?.contact.identities ?? [],
    linked: turns.filter(({ event }) => event.type === 'linked').length,
    left: state?.links?.filter(({ token }) => token === context).length ?? 0,
    merged: (await store.sessions.load(other))?.state.mergedInto === ada,
    waits: state?.runs.flatMap(({ stack }) => stack.map((frame) => (frame.kind === 'flow' ? frame.nodeId : undefined))) ?? [],
    calls: crashing.calls,
  };
  await host.stop();
  await emulator.close();
  await store.close();
  return outcome;
}

function said(id: string, platform: 'whatsapp' | 'viber', from: Sender): Exclude<InboundEvent, { type: 'receipt' }> {
  const account = platform === 'whatsapp' ? ACCOUNT.phoneNumberId : TOKEN;
  return { account, type: 'message', id, message: { id, platform, from, type: 'text', text: 'hi', sentAt: '2026-11-24T09:00:00.000Z' } };
}
