import { adapters } from '../adapters/index.js';
import { plugins } from '../plugins/all.js';
import { systemClock } from '../src/clock/system-clock.js';
import { silentLog } from '../src/contract/host/index.js';
import type { FlowDefinition, FlowEvent, InboundMessage, Sender, SessionState } from '../src/contract/index.js';
import type { Store } from '../src/contract/store/index.js';
import { advance } from '../src/engine/advance.js';
import type { ChannelFacts } from '../src/engine/turn-input.js';
import { compileFlow } from '../src/flow/compile.js';
import { createNodeTypes } from '../src/flow/node-types.js';
import { createBotHost } from '../src/host/bot-host.js';
import { newSession } from '../src/people/new-session.js';
import { adapterFacts } from '../src/published/adapter-facts.js';
import { type ChannelBook, openChannelBook } from '../src/published/channel-book.js';
import { listeningTriggers, matchTrigger } from '../src/published/match-trigger.js';
import { openProgramBook } from '../src/published/program-book.js';
import { createInbound } from '../src/turn/inbound.js';
import { createTurnTaker } from '../src/turn/take-turn.js';

const nodeTypes = createNodeTypes(plugins);
const [whatsapp] = adapters;

/** A host without a network. Its claims are settled as the outbox would settle them, but nothing is sent. */
export interface TurnWorld {
  /** Takes a message in a session with this id. */
  say(person: string, i: number): Promise<void>;
  /** Takes a message from an address, as a provider delivers it: finds the person, then takes the turn. */
  hear(person: string, i: number): Promise<void>;
  /** Resolves when all claims so far are settled, with their number. */
  settled(): Promise<number>;
}

/** Opens a host over a store, with one flow online on the channel `wa`. */
export async function openTurnWorld(store: Store, flow: FlowDefinition): Promise<TurnWorld> {
  if ((await store.flows.get(flow.code)) === undefined) {
    await store.flows.create({ definition: flow, at: systemClock.now(), by: 'bench' });
    await store.flows.bind(flow.code, ['wa'], systemClock.now());
    await store.flows.publish(flow.code, { revision: 1, definition: flow, remark: '', by: 'bench', at: systemClock.now() });
  }
  const host = createBotHost({ log: silentLog });
  const programs = openProgramBook({ store, nodeTypes, loaded: (program) => host.registry.add(program), log: silentLog });
  await programs.refresh();
  const book = openChannelBook({ store, adapters: new Map(), log: silentLog });
  const channels: ChannelBook = { ...book, get: book.get, all: [], facts };
  let ends: Promise<unknown>[] = [];
  const takeTurn = createTurnTaker({
    store,
    programs,
    channels,
    decide: host.decide,
    clock: systemClock,
    log: silentLog,
    stored: (claims) => {
      for (const claim of claims) {
        const { id } = claim.effect.effect;
        ends.push(
          store.sessions.settle(systemClock.now(), claim, [{ effect: id, outcome: 'done', receipt: { ok: true, providerIds: [id] } }]),
        );
      }
    },
  });
  const inbound = createInbound({ store, channels, takeTurn, prove: () => {}, clock: systemClock, log: silentLog });
  return {
    async say(person, i) {
      await takeTurn(person, messageEvent(person, i));
    },
    async hear(person, i) {
      await inbound.take('wa', { id: `wa:${i}`, account: '1', type: 'message', message: text(person, i, systemClock.now()) });
    },
    async settled() {
      const all = ends;
      ends = [];
      await Promise.all(all);
      return all.length;
    },
  };
}

/** Runs the engine alone. The state of each person is written as JSON and read again. */
export function openPureWorld(flow: FlowDefinition): { say(person: string, i: number): void } {
  const program = compileFlow(flow, 1, nodeTypes);
  const online = [{ code: flow.code, version: 1, channels: ['wa'], triggers: listeningTriggers(flow.triggers) }];
  const programs = { get: (key: string) => (key === program.key ? program : undefined), online: () => program };
  const channels = facts();
  const states = new Map<string, string>();
  return {
    say(person, i) {
      const event = messageEvent(person, i);
      const before = readState(states.get(person)) ?? newSession(person, sender(person), event.at);
      const step = advance({
        programs,
        channels,
        session: { ...before, turn: before.turn + 1 },
        waitingEffects: 0,
        event,
        match: (one, scope) => matchTrigger(one, online, scope),
      });
      if (!('done' in step)) throw new Error('a guest dialog in the bench');
      states.set(person, writeState(step.done.session));
    },
  };
}

function readState(text: string | undefined): SessionState | undefined {
  return text === undefined ? undefined : (JSON.parse(text) as SessionState);
}

function writeState(session: SessionState): string {
  return JSON.stringify(session);
}

/** The channel `wa`, as the engine knows it. */
function facts(): ReadonlyMap<string, ChannelFacts> {
  if (!whatsapp) throw new Error('there is no adapter');
  return new Map([['wa', { id: 'wa', ...adapterFacts(whatsapp), variables: {} }]]);
}

function sender(person: string): Sender {
  return { identities: [`whatsapp:${person}`], address: person, name: 'Ada' };
}

function messageEvent(person: string, i: number): FlowEvent {
  const message = text(person, i, new Date(1_790_000_000_000 + i).toISOString());
  return { id: `wa:${i}`, at: message.sentAt, type: 'message', message };
}

function text(person: string, i: number, sentAt: string): InboundMessage {
  return { id: `w${i}`, channel: 'wa', platform: 'whatsapp', from: sender(person), type: 'text', text: `message ${i}`, sentAt };
}
