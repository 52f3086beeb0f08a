import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { adapters } from '../adapters/index.js';
import type { Decision } from '../src/contract/host/index.js';
import {
  type ChannelAdapter,
  type Effect,
  type FlowEvent,
  type InboundMessage,
  type Json,
  type SessionState,
  timeoutEventId,
} from '../src/contract/index.js';
import { advance } from '../src/engine/advance.js';
import type { ChannelFacts } from '../src/engine/turn-input.js';
import { dueWaits } from '../src/engine/waits.js';
import type { Program } from '../src/flow/program.js';
import { newSession } from '../src/people/new-session.js';
import { adapterFacts } from '../src/published/adapter-facts.js';
import { listeningTriggers, matchTrigger } from '../src/published/match-trigger.js';
import { answerCall } from './answer-call.js';
import { oddText, oddValue } from './odd-values.js';

/** Something that can happen to a flow. */
export type Happening =
  | { readonly what: 'say'; readonly text: string; readonly on: 'wa' | 'vb' }
  | { readonly what: 'tap'; readonly text: string; readonly on: 'wa' | 'vb' }
  | { readonly what: 'hand'; readonly type: string; readonly value: Json; readonly on: 'wa' | 'vb' }
  | { readonly what: 'time' }
  | { readonly what: 'receipt'; readonly status: 'sent' | 'delivered' | 'read' | 'failed' }
  | { readonly what: 'call'; readonly value: Json; readonly ok: boolean }
  | { readonly what: 'operator'; readonly text: string; readonly giveBack: boolean };

const on = fc.constantFrom('wa' as const, 'vb' as const);
const said = fc.oneof(fc.constantFrom('go', 'hooo', 'hello', 'Ada', 'yes', '1', '2', 'stop', 'Start!', '12.5'), oddText);
export const happenings: fc.Arbitrary<readonly Happening[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ what: fc.constantFrom('say' as const, 'tap' as const), text: said, on }) },
    {
      weight: 1,
      arbitrary: fc.record({
        what: fc.constant('hand' as const),
        type: fc.constantFrom('image', 'location', 'contacts', 'form', 'order', 'reaction', 'unknown'),
        value: oddValue,
        on,
      }),
    },
    { weight: 2, arbitrary: fc.constant({ what: 'time' as const }) },
    {
      weight: 1,
      arbitrary: fc.record({ what: fc.constant('receipt' as const), status: fc.constantFrom('sent', 'delivered', 'read', 'failed') }),
    },
    { weight: 1, arbitrary: fc.record({ what: fc.constant('call' as const), value: oddValue, ok: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ what: fc.constant('operator' as const), text: said, giveBack: fc.boolean() }) },
  ),
  { maxLength: 7 },
) as fc.Arbitrary<readonly Happening[]>;

const BEGIN = Date.parse('2026-11-24T09:00:00.000Z');
const SESSION = 's00000000000000000000000001';
const PEOPLE = {
  wa: { platform: 'whatsapp', from: { identities: ['whatsapp:491511'], address: '491511', name: 'Ada' } },
  vb: { platform: 'viber', from: { identities: ['viber:vb:abc=='], address: 'abc==', name: 'Ada' } },
} as const;
const CONFIGS = {
  wa: configOf('whatsapp', { phoneNumberId: '1', businessAccountId: '1', accessToken: 'a', appSecret: 'b', verifyToken: 'c' }),
  vb: configOf('viber', { authToken: 'a', senderName: 'Bot' }),
} as const;
const channels: ReadonlyMap<string, ChannelFacts> = new Map(
  (['wa', 'vb'] as const).map((id) => {
    const { adapter } = CONFIGS[id];
    const facts = adapterFacts(adapter);
    return [id, { id, ...facts, variables: { wabaId: '1' }, link: (token: string) => `https://${facts.platform}.example/${token}` }];
  }),
);

/**
 * Plays a program: starts it, lets everything happen in order, and performs its effects.
 *
 * @returns the number of turns.
 * @throws where a turn throws, fails by a bug, or comes to what cannot be stored or sent.
 */
export async function play(program: Program, happens: readonly Happening[]): Promise<number> {
  let turns = 0;
  for (const { effects } of turnsOf(program, happens)) {
    for (const effect of effects) await perform(effect);
    turns += 1;
  }
  return turns;
}

/** Computes the turns of a program, one after another: its start, then everything that happens. Ends where a guest dialog would run. */
export function* turnsOf(program: Program, happens: readonly Happening[]): Generator<Decision> {
  const online = [{ code: program.code, version: 1, channels: ['wa', 'vb'], triggers: listeningTriggers(program.definition.triggers) }];
  const programs = {
    get: (key: string) => (key === program.key ? program : undefined),
    online: (code: string) => (code === program.code ? program : undefined),
  };
  let state: SessionState = newSession(SESSION, PEOPLE.wa.from, timeAt(0));
  let effects: readonly Effect[] = [];
  for (let i = 0; i <= happens.length; i += 1) {
    const one = happens[i - 1];
    const event = one ? eventOf(one, { i, state, effects }) : startOf(program.code);
    if (!event) continue;
    const step = advance({
      programs,
      channels,
      session: { ...state, turn: state.turn + 1 },
      waitingEffects: 0,
      event,
      links: { channelsOf: () => ['wa', 'vb'], seal: () => 'abcdefghijklmnop' },
      match: (message, scope) => matchTrigger(message, online, scope),
    });
    if (!('done' in step)) return;
    if (step.done.bug !== undefined) throw new Error(`a bug: ${step.error instanceof Error ? step.error.stack : String(step.error)}`);
    state = stored(step.done);
    effects = step.done.effects;
    yield step.done;
  }
}

function startOf(flow: string): FlowEvent {
  const { from } = PEOPLE.wa;
  const how = { run: 'r', channel: 'wa', from, by: 'api', lane: 'reply', onBusy: 'queue', data: {} } as const;
  return { id: 'e0', at: timeAt(0), type: 'start', flow, version: 1, ...how };
}

/** Writes and reads the state as a store does. Throws if that changes it. */
function stored({ session, effects, path, warnings }: Decision): SessionState {
  const kept = { session, effects, path, warnings };
  const read = JSON.parse(JSON.stringify(kept)) as typeof kept;
  const again = JSON.parse(JSON.stringify(read)) as typeof kept;
  if (!isDeepStrictEqual(read, again)) throw new Error('the state changes when it is stored');
  return read.session;
}

async function perform({ id, body }: Effect): Promise<void> {
  if (body.kind === 'call') {
    // No service makes the notices of hand-overs: the outbox itself does.
    if (!body.notice) await answerCall(id, body);
    return;
  }
  const known = CONFIGS[body.channel === 'vb' ? 'vb' : 'wa'];
  const typing = body.kind === 'typing' ? known.adapter.typing?.(body.messageId, known.config) : undefined;
  const requests = body.kind === 'typing' ? (typing ? [typing] : []) : known.adapter.render(body.address, body.message, known.config, id);
  for (const request of requests) {
    JSON.parse(request.body);
    if (Object.values(request.headers).some((value) => /[\r\n\0]/.test(value))) throw new Error('a header with a line break');
  }
}

function eventOf(
  one: Happening,
  now: { readonly i: number; readonly state: SessionState; readonly effects: readonly Effect[] },
): FlowEvent | undefined {
  const base = { id: `e${now.i}`, at: timeAt(now.i) };
  const [effect] = now.effects;
  switch (one.what) {
    case 'time': {
      // After a month, the time of every wait is over.
      const at = timeAt(now.i + 31 * 86_400);
      const [wait] = dueWaits(now.state, at);
      return wait && { id: timeoutEventId(wait.id), at, type: 'timeout', waitId: wait.id };
    }
    case 'receipt': {
      const error = one.status === 'failed' ? { error: { kind: 'rejected' as const, code: '131026', message: 'no' } } : {};
      return effect && { ...base, type: 'receipt', effectId: effect.id, status: one.status, messageId: 'wamid.1', ...error };
    }
    case 'call': {
      const call = now.effects.find(({ body }) => body.kind === 'call');
      // As services respond, and as the outbox reports a failure.
      const value = one.ok
        ? { status: 200, headers: { 'x-a': 'b' }, body: one.value, isJson: true }
        : { code: 'call/failed', reason: JSON.stringify(one.value) };
      return call && { ...base, type: 'callResult', callId: call.id, ok: one.ok, value };
    }
    case 'operator': {
      const message = one.text === '' ? {} : { message: { type: 'text' as const, text: one.text } };
      return { ...base, type: 'operator', by: 'desk', ...message, ...(one.giveBack ? { giveBack: true } : {}) };
    }
    default:
      return {
        ...base,
        type: 'message',
        message: { id: `m${now.i}`, channel: one.on, ...PEOPLE[one.on], sentAt: base.at, ...contentOf(one) },
      };
  }
}

function contentOf(one: Extract<Happening, { readonly on: string }>): Pick<InboundMessage, 'type' | 'text'> {
  if (one.what === 'say') return { type: 'text', text: one.text };
  if (one.what === 'tap') return { type: 'choice', text: one.text, ...{ choice: one.text, title: one.text } };
  const member = { image: 'mediaUrl', location: 'latitude', contacts: 'contact', reaction: 'emoji' }[one.type] ?? 'form';
  return { type: one.type, text: '', ...{ [member]: one.value } };
}

function timeAt(seconds: number): string {
  return new Date(BEGIN + seconds * 1_000).toISOString();
}

// biome-ignore lint/suspicious/noExplicitAny: an adapter of any config type, with a config that its own schema has made
function configOf(type: string, settings: object): { readonly adapter: ChannelAdapter<any>; readonly config: unknown } {
  const adapter = adapters.find((one) => one.type === type);
  if (!adapter) throw new Error(`there is no adapter ${type}`);
  return { adapter, config: adapter.config.validate(settings).value };
}
