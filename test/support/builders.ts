import type { TurnRecord } from '../../src/contract/host/index.js';
import type { Effect, FlowDefinition, InboundMessage, SessionState } from '../../src/contract/index.js';
import type { TurnCommit } from '../../src/contract/store/index.js';

export const START = '2026-11-24T09:00:00.000Z';

/** Returns the time so many seconds after the start of every test. */
export function at(seconds: number): string {
  return new Date(Date.parse(START) + seconds * 1000).toISOString();
}

export function aMessage(text: string, more: Partial<InboundMessage> = {}): InboundMessage {
  return {
    id: `m-${text}`,
    channel: 'wa',
    platform: 'whatsapp',
    from: { identities: ['whatsapp:491'], address: '491', name: 'Ada' },
    type: 'text',
    text,
    sentAt: START,
    ...more,
  };
}

export function aSession(id = 's1', more: Partial<SessionState> = {}): SessionState {
  return {
    id,
    turn: 0,
    effectCount: 0,
    contact: { id, createdAt: START, identities: ['whatsapp:491'], fields: {}, groups: [], optOut: {} },
    channels: { wa: { address: '491', lastInboundAt: START } },
    runs: [],
    held: [],
    ...more,
  };
}

export function aSend(session: string, turn: number, n: number, text = `text ${turn}.${n}`): Effect {
  return {
    id: `${session}.${turn}.${n}`,
    number: turn * 10 + n,
    at: at(turn),
    body: { kind: 'send', channel: 'wa', address: '491', lane: 'reply', message: { type: 'text', text } },
  };
}

export function aCall(session: string, turn: number, n: number): Effect {
  return {
    id: `${session}.${turn}.${n}`,
    number: turn * 10 + n,
    at: at(turn),
    body: { kind: 'call', service: 'test', input: {}, deadline: 10_000 },
  };
}

/** The commit of the turn after `base`. */
export function aCommit(session: string, base: number, more: Partial<TurnCommit> = {}): TurnCommit {
  const turn = base + 1;
  const event = more.event ?? `e${turn}`;
  const effects = more.effects ?? [];
  const journal: TurnRecord = {
    id: `${session}.${turn}`,
    turn,
    at: at(turn),
    event: { id: event, at: at(turn), type: 'message', message: aMessage(event) },
    decision: { kind: 'answered', reason: 'because', tried: [] },
    path: [],
    effects,
    warnings: [],
    matches: [],
  };
  return {
    session,
    base,
    event,
    eventTime: at(turn),
    now: at(turn),
    state: aSession(session, { turn }),
    effects,
    journal,
    index: { status: 'idle', positions: [] },
    ...more,
  };
}

export function aFlow(code: string, more: Partial<FlowDefinition> = {}): FlowDefinition {
  return {
    format: 'parley/1',
    code,
    name: code,
    triggers: [{ type: 'TriggeredManually' }],
    nodes: [
      { id: 'start', type: 'start', version: 1, params: {} },
      { id: 'end', type: 'end', version: 1, params: {} },
    ],
    edges: [{ from: 'start', port: 'next', to: 'end' }],
    ...more,
  };
}

/** A flow that says hello to everybody who writes on WhatsApp, and ends. */
export function aGreeting(): FlowDefinition {
  return aFlow('greeting', {
    triggers: [{ type: 'TriggeredByWhatsApp' }],
    nodes: [
      { id: 'start', type: 'start', version: 1, params: {} },
      { id: 'say', type: 'send-whatsapp-message', version: 1, params: { action: 'reply', message: { type: 'text', text: 'hello' } } },
      { id: 'end', type: 'end', version: 1, params: {} },
    ],
    edges: [
      { from: 'start', port: 'next', to: 'say' },
      { from: 'say', port: 'next', to: 'end' },
    ],
  });
}
