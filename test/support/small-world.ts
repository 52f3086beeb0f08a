import { adapters } from '../../adapters/index.js';
import { type EmulatorSettings, startWhatsAppEmulator, type WhatsAppEmulator } from '../../adapters/whatsapp/emulator/index.js';
import { plugins } from '../../plugins/all.js';
import { silentLog, type TakeTurn } from '../../src/contract/host/index.js';
import type { FlowDefinition, Plugin } from '../../src/contract/index.js';
import type { Store } from '../../src/contract/store/index.js';
import { createNodeTypes } from '../../src/flow/node-types.js';
import { type BotHost, createBotHost } from '../../src/host/bot-host.js';
import { openJobs } from '../../src/jobs/open-jobs.js';
import { createOutbox } from '../../src/outbox/outbox.js';
import { createLearner } from '../../src/people/learn-identities.js';
import { type ChannelBook, openChannelBook } from '../../src/published/channel-book.js';
import { openProgramBook, type ProgramBook } from '../../src/published/program-book.js';
import { createInbound, type Inbound } from '../../src/turn/inbound.js';
import { createTurnTaker } from '../../src/turn/take-turn.js';
import { wakeSessions } from '../../src/turn/wake-sessions.js';
import type { ManualClock } from './manual-clock.js';

export const ACCOUNT = {
  phoneNumberId: '106540352242922',
  businessAccountId: '102290129340398',
  displayPhoneNumber: '+15550783881',
  accessToken: 'token',
  appSecret: 'secret',
  verifyToken: 'verify',
};

/** A host without its HTTP side. All parts are real, except for the clock and perhaps the store. */
export interface SmallHost {
  readonly inbound: Inbound;
  readonly takeTurn: TakeTurn;
  readonly programs: ProgramBook;
  readonly channels: ChannelBook;
  readonly bot: BotHost;
  /** Takes what is due now: waits that have ended, and effects. */
  look(): Promise<void>;
  stop(): Promise<void>;
}

export async function startSmallHost(store: Store, clock: ManualClock, more: readonly Plugin[] = []): Promise<SmallHost> {
  const log = silentLog;
  const jobs = openJobs(clock, log);
  const bot = createBotHost({ log });
  const channels = openChannelBook({ store, adapters: new Map(adapters.map((one) => [one.type, one])), log });
  const programs = openProgramBook({
    store,
    nodeTypes: createNodeTypes([...plugins, ...more]),
    loaded: (program) => bot.registry.add(program),
    log,
  });
  const takeTurn: TakeTurn = createTurnTaker({
    store,
    programs,
    channels,
    decide: bot.decide,
    clock,
    log,
    // Nobody has to guess it in a test.
    seal: () => 'abcdefghijklmnop',
    stored: (claims) => outbox.dispatch(claims),
  });
  const outbox = createOutbox({ store, channels, takeTurn, services: new Map(), clock, jobs, log, learn: (recipient) => learn(recipient) });
  const inbound = createInbound({ store, channels, takeTurn, prove: (session, effectId) => outbox.prove(session, effectId), clock, log });
  const learn = createLearner({ store, channels, inbound, log });
  await Promise.all([channels.refresh(), programs.refresh()]);
  return {
    inbound,
    takeTurn,
    programs,
    channels,
    bot,
    async look() {
      await wakeSessions({ store, takeTurn, clock, jobs, log });
      await outbox.sweep();
    },
    async stop() {
      await jobs.stop();
      await outbox.stop(1);
    },
  };
}

/** Starts a provider, and puts its channel `wa` into the store. */
export async function startProvider(store: Store, more: Pick<EmulatorSettings, 'recipient'> = {}): Promise<WhatsAppEmulator> {
  const emulator = await startWhatsAppEmulator({ ...ACCOUNT, webhookUrl: 'http://127.0.0.1:9/', ...more });
  await putChannel(store, emulator.url);
  return emulator;
}

async function putChannel(store: Store, baseUrl: string): Promise<void> {
  const at = '2026-11-24T08:00:00.000Z';
  await store.channels.create({
    id: 'wa',
    adapter: 'whatsapp',
    name: 'WA',
    config: { ...ACCOUNT, baseUrl, throughput: 0 },
    createdAt: at,
    updatedAt: at,
  });
}

/** Puts a flow online, by default on the channel `wa`. */
export async function putOnline(store: Store, definition: FlowDefinition, channels: readonly string[] = ['wa']): Promise<void> {
  const at = '2026-11-24T08:00:00.000Z';
  await store.flows.create({ definition, at, by: 'admin' });
  await store.flows.bind(definition.code, channels, at);
  await store.flows.publish(definition.code, { revision: 1, definition, remark: '', by: 'test', at });
}

/** How long a condition may take to become true, in milliseconds of the machine: far more than a busy one needs. */
const LONGEST = 10_000;

/**
 * Waits until a condition holds, checking it in each turn of the event loop. It does not depend on the test's clock. It is bounded by real
 * time, because what happens over real sockets takes real time, however quickly the event loop turns.
 */
export async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + LONGEST;
  while (performance.now() < end) {
    if (await isTrue()) return;
    await new Promise((next) => setImmediate(next));
  }
  throw new Error('the condition never became true');
}
