import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { startWhatsAppEmulator, type WhatsAppEmulator } from '../../adapters/whatsapp/emulator/index.js';
import whatsapp from '../../adapters/whatsapp/index.js';
import { plugins } from '../../plugins/all.js';
import type { LogFields, TakeTurn } from '../../src/contract/host/index.js';
import type { AllowRule, FlowDefinition, FlowNode, JsonObject, Plugin, Receipt } from '../../src/contract/index.js';
import type { Store, WaitingEffect } from '../../src/contract/store/index.js';
import { createNodeTypes } from '../../src/flow/node-types.js';
import { type BotHost, createBotHost } from '../../src/host/bot-host.js';
import { openInProcessJobs } from '../../src/jobs/in-process/open.js';
import { watchWallClock } from '../../src/jobs/watch-wall-clock.js';
import { openServices } from '../../src/open-services.js';
import { createOutbox, type Outbox } from '../../src/outbox/outbox.js';
import { type ChannelBook, openChannelBook } from '../../src/published/channel-book.js';
import { openProgramBook, type ProgramBook } from '../../src/published/program-book.js';
import { openEmbeddedStore } from '../../src/store/embedded/open.js';
import { createInbound } from '../../src/turn/inbound.js';
import { createTurnTaker } from '../../src/turn/take-turn.js';
import type { WakeParts } from '../../src/turn/wake-sessions.js';
import { CrashingProcess } from '../support/crashing-process.js';
import { type ManualClock, manualClock } from '../support/manual-clock.js';

const ACCOUNT = {
  phoneNumberId: '106540352242922',
  businessAccountId: '102290129340398',
  accessToken: 'the-access-token',
  appSecret: 'the-app-secret',
  verifyToken: 'the-verify-token',
};

/** How long to wait for a condition, in milliseconds of the machine's time, which the host does not see. */
const LONGEST = 10_000;

/** After so many turns of the event loop without a request, nothing more will happen. */
const QUIET = 10;

/** A host without HTTP. Everything from an event to the provider is real, except for the clock. */
export interface World {
  readonly store: Store;
  readonly clock: ManualClock;
  readonly emulator: WhatsAppEmulator;
  readonly outbox: Outbox;
  readonly host: BotHost;
  /** Every line logged, as JSON. */
  readonly lines: readonly string[];
  /** For `wakeSessions`. */
  readonly waking: WakeParts;
  readonly takeTurn: TakeTurn;
  readonly channels: ChannelBook;
  readonly programs: ProgramBook;
  says(text: string, from?: string): Promise<void>;
  receipt(effectId: string | undefined, providerId: string, status: Receipt['status']): Promise<void>;
  /** A receipt of Meta that a message could not be delivered. */
  failed(effectId: string | undefined, providerId: string): Promise<void>;
  /** The waiting effects of a person. */
  waiting(from?: string): Promise<readonly WaitingEffect[]>;
  session(from?: string): Promise<string>;
  configure(config: JsonObject): Promise<void>;
  /** Waits until a condition holds, while the clock stands still. */
  until(isTrue: () => boolean | Promise<boolean>): Promise<void>;
  /** Advances the clock second by second, and each time waits until the host waits neither for the store nor for the provider. */
  pass(seconds: number): Promise<void>;
  close(): Promise<void>;
}

export interface WorldParts {
  readonly nodes: readonly FlowNode[];
  readonly edges?: FlowDefinition['edges'];
  readonly plugins?: readonly Plugin[];
  /** Published besides the flow `test`. */
  readonly others?: readonly FlowDefinition[];
  readonly config?: JsonObject;
  readonly secrets?: Readonly<Record<string, string>>;
  /** Where hand-overs are told. */
  readonly operators?: (channel: string) => { readonly url: string; readonly secret?: string } | undefined;
  /** Private addresses that services may call. */
  readonly outboundAllow?: readonly AllowRule[];
  /** Settings of the host, for services. */
  readonly settings?: object;
}

export function aReply(id: string, text: string): FlowNode {
  return { id, type: 'send-whatsapp-message', version: 1, params: { action: 'reply', message: { type: 'text', text } } };
}

export async function openWorld(parts: WorldParts): Promise<World> {
  const lines: string[] = [];
  const note = (fields: LogFields, words: string) => void lines.push(JSON.stringify({ ...fields, words }));
  const log = { debug: note, info: note, warn: note, error: note };
  const clock = manualClock();
  const watch = watchRequests();
  const crashing = new CrashingProcess(undefined);
  const store = crashing.wrap(await openEmbeddedStore({ file: ':memory:' }, log));
  const busy = () => watch.underWay() + crashing.pendingCalls;
  const emulator = await startWhatsAppEmulator({ ...ACCOUNT, displayPhoneNumber: '+15550783881', webhookUrl: 'http://127.0.0.1:9/' });
  // Enough for what a test sends while the clock stands still.
  const config = { ...ACCOUNT, baseUrl: emulator.url, throughput: 1_000, ...parts.config };
  const channel = { id: 'wa', adapter: 'whatsapp', name: 'wa', config, createdAt: clock.now(), updatedAt: clock.now() };
  await store.channels.create(channel);
  await publish(store, parts, clock.now());

  const all = [...plugins, ...(parts.plugins ?? [])];
  const opened = openServices({ plugins: all, config: parts.settings ?? {}, clock });
  const host = createBotHost({ log, clock });
  const channels = openChannelBook({ store, adapters: new Map([['whatsapp', whatsapp]]), log });
  const programs = openProgramBook({ store, nodeTypes: createNodeTypes(all), loaded: (program) => host.registry.add(program), log });
  await Promise.all([channels.refresh(), programs.refresh()]);
  const jobs = openInProcessJobs(clock, log);
  const takeTurn = createTurnTaker({
    store,
    programs,
    channels,
    decide: host.decide,
    clock,
    log,
    hasRoom: (effect) => outbox.hasRoom(effect),
    stored: (claims) => outbox.dispatch(claims),
  });
  const outbox = createOutbox({
    store,
    channels,
    takeTurn,
    services: opened.services,
    clock,
    steadyFor: watchWallClock(clock, log),
    jobs,
    log,
    outboundAllow: parts.outboundAllow ?? [],
    ...(parts.secrets ? { secrets: parts.secrets } : {}),
    ...(parts.operators ? { operators: parts.operators } : {}),
  });
  jobs.look('effects', 1_000, () => outbox.sweep());
  const inbound = createInbound({ store, channels, takeTurn, prove: outbox.prove, heard: outbox.heard, clock, log });
  let said = 0;

  const world: World = {
    store,
    clock,
    emulator,
    outbox,
    host,
    lines,
    takeTurn,
    channels,
    programs,
    waking: { store, takeTurn, clock, jobs, log },
    async says(text, from = '491701') {
      said += 1;
      const sender = { identities: [`whatsapp:${from}`], address: from, name: 'Ada' };
      const message = { id: `wamid.${said}`, platform: 'whatsapp', from: sender, type: 'text', text, sentAt: clock.now() } as const;
      await inbound.take('wa', { account: ACCOUNT.phoneNumberId, type: 'message', id: `wa:wamid.${said}`, message });
    },
    receipt: (effectId, providerId, status) =>
      inbound.takeReceipt('wa', { providerId, status, at: clock.now(), ...(effectId === undefined ? {} : { effectId }) }),
    failed: (effectId, providerId) =>
      inbound.takeReceipt('wa', {
        providerId,
        status: 'failed',
        at: clock.now(),
        error: { kind: 'rejected', code: '131026', message: 'Message undeliverable' },
        ...(effectId === undefined ? {} : { effectId }),
      }),
    async session(from = '491701') {
      return (await store.contacts.find(`whatsapp:${from}`)) ?? '';
    },
    async waiting(from) {
      return (await store.sessions.load(await world.session(from)))?.effects ?? [];
    },
    async configure(change) {
      await store.channels.update({ ...channel, config: { ...config, ...change }, updatedAt: clock.now() });
      await channels.refresh();
    },
    async until(isTrue) {
      const limit = performance.now() + LONGEST;
      while (performance.now() < limit) {
        if (await isTrue()) return;
        await nextRound();
      }
      throw new Error('it never became true');
    },
    async pass(seconds) {
      for (let i = 0; i < seconds; i += 1) {
        clock.advance(1_000);
        await idle(busy);
      }
    },
    async close() {
      watch.stop();
      await jobs.stop();
      const stopped = outbox.stop(5_000);
      clock.advance(10_000);
      await stopped;
      await opened.close();
      await emulator.close();
      await store.close();
    },
  };
  return world;
}

/** Returns the texts that the provider has accepted, in order. */
export function texts({ heard }: WhatsAppEmulator): readonly string[] {
  return heard.map(({ text }) => text);
}

async function publish(store: Store, { nodes, edges, others = [] }: WorldParts, at: string): Promise<void> {
  const ids = ['start', ...nodes.map(({ id }) => id)];
  const definition: FlowDefinition = {
    format: 'parley/1',
    code: 'test',
    name: 'Test',
    triggers: [{ type: 'TriggeredByWhatsApp' }],
    nodes: [{ id: 'start', type: 'start', version: 1, params: {} }, ...nodes],
    edges: edges ?? ids.slice(1).map((to, i) => ({ from: ids[i] ?? 'start', port: 'next', to })),
  };
  for (const one of [definition, ...others]) {
    await store.flows.create({ definition: one, at, by: 'admin' });
    await store.flows.bind(one.code, ['wa'], at);
    await store.flows.publish(one.code, { revision: 1, definition: one, remark: '', by: 'test', at });
  }
}

/** Waits until the host is idle. What waits for the clock counts as idle. */
async function idle(busy: () => number): Promise<void> {
  for (let quiet = 0; quiet < QUIET; quiet += 1) {
    await nextRound();
    if (busy() > 0) quiet = 0;
  }
}

/** Counts the requests of this process that are not answered completely: https://undici.nodejs.org/#/docs/api/DiagnosticsChannel */
function watchRequests(): { underWay(): number; stop(): void } {
  const open = new Set<unknown>();
  const add = (message: unknown) => void open.add((message as { readonly request: unknown }).request);
  const remove = (message: unknown) => void open.delete((message as { readonly request: unknown }).request);
  subscribe('undici:request:create', add);
  const ends = ['undici:request:trailers', 'undici:request:error'];
  for (const end of ends) subscribe(end, remove);
  return {
    underWay: () => open.size,
    stop() {
      unsubscribe('undici:request:create', add);
      for (const end of ends) unsubscribe(end, remove);
    },
  };
}

function nextRound(): Promise<void> {
  return new Promise((done) => setImmediate(done));
}
