import { limits as viber } from '../../platforms/viber/limits.js';
import { limits as whatsapp } from '../../platforms/whatsapp/limits.js';
import {
  type AnyNodeType,
  type ChannelId,
  definePlugin,
  type FlowDefinition,
  type FlowFrame,
  type InboundMessage,
  type NodeCase,
  type NodeType,
  type Plugin,
  portsOf,
  type SessionState,
} from '../contract/index.js';
import type { ChannelFacts } from '../engine/turn-input.js';
import { compileFlow } from '../flow/compile.js';
import { createNodeTypes } from '../flow/node-types.js';
import type { Programs } from '../flow/program.js';
import { closed } from '../params/fields.js';

/** The time of a case that has none. */
export const CASE_TIME = '2026-11-24T09:00:00.000Z';

/** The channels of every case. */
export const CASE_CHANNELS: ReadonlyMap<ChannelId, ChannelFacts> = new Map(
  [
    { id: 'wa', platform: 'whatsapp', limits: whatsapp, variables: {}, showsTyping: true } as const,
    { id: 'wa-2', platform: 'whatsapp', limits: whatsapp, variables: {} } as const,
    { id: 'vb', platform: 'viber', limits: viber, variables: {} } as const,
  ].map((channel) => [channel.id, channel]),
);

/** A node type of the flow around the case. */
function around(type: string, more: Pick<NodeType<object>, 'enter'> & Partial<NodeType<object>>): Plugin {
  return definePlugin<object>({
    node: {
      type,
      version: 1,
      title: type,
      sentence: 'Stands around a case.',
      group: 'core',
      params: closed<object>({}),
      ports: [{ name: 'next' }],
      ...more,
    },
  });
}

const next = { then: { exit: 'next' } } as const;
const stay = { then: { wait: { for: 'operator' } } } as const;
const BEFORE = around('case-before', { startsFlow: true, enter: () => next, on: { timeout: () => next } });
const AFTER = around('case-after', { enter: () => stay });
/** Ends its flow with the variables of the flow as outputs. */
const RETURN = around('case-return', {
  startsFlow: true,
  enter: () => stay,
  on: { timeout: ({ vars }) => ({ then: { end: { outputs: vars } } }) },
});

function aFlow(code: string, more: Pick<FlowDefinition, 'nodes' | 'edges'>): FlowDefinition {
  return { format: 'parley/1', code, name: code, triggers: [{ type: 'TriggeredManually' }], ...more };
}

/** Returns the flow of the case, `case`: a node before, the node under test, and a node behind each port with an edge. Any other flow is `called`. */
export function casePrograms(node: AnyNodeType, { params, linked }: NodeCase): Programs {
  const ports = linked ?? portsOf(node.ports, validParams(node, params)).map(({ name }) => name);
  const nodes = [
    { id: 'before', type: BEFORE.node.type, params: {} },
    { id: 'it', type: node.type, version: node.version, params },
    { id: 'after', type: AFTER.node.type, params: {} },
  ];
  const edges = [{ from: 'before', port: 'next', to: 'it' }, ...ports.map((port) => ({ from: 'it', port, to: 'after' }))];
  const nodeTypes = createNodeTypes([{ node }, BEFORE, AFTER, RETURN]);
  const flow = compileFlow(aFlow('case', { nodes, edges }), 1, nodeTypes);
  const called = compileFlow(aFlow('called', { nodes: [{ id: 'last', type: RETURN.node.type, params: {} }], edges: [] }), 1, nodeTypes);
  return { get: (key) => [flow, called].find((one) => one.key === key), online: () => called };
}

/** Returns the session of the case: a person in the middle of a flow, who has written just now. */
export function caseSession(
  { channel = 'wa', contact, lastMessage, opening, now = CASE_TIME }: NodeCase,
  stack: readonly FlowFrame[],
): SessionState {
  const heard = { lastInboundAt: now };
  return {
    id: 's1',
    turn: 1,
    effectCount: 0,
    contact: { id: 's1', createdAt: CASE_TIME, identities: ['whatsapp:491'], fields: {}, groups: [], optOut: {}, ...contact },
    channels: { wa: { address: '491', ...heard }, 'wa-2': { address: '491', ...heard }, vb: { address: 'ada==', ...heard } },
    runs: [
      {
        id: 'r1',
        startedBy: 'api',
        place: 'foreground',
        startedAt: CASE_TIME,
        channel,
        lane: 'reply',
        // Any tap answers it.
        offer: [{ effectId: 'e1', shown: 'any', choices: [] }],
        ...(lastMessage ? { lastMessage: caseMessage(lastMessage, channel) } : {}),
        ...(opening ? { opening } : {}),
        stack,
      },
    ],
    held: [],
  };
}

/** Returns a message of the person: a text, unless the case says otherwise. */
export function caseMessage({ text = '', ...more }: Partial<InboundMessage>, channel: ChannelId): InboundMessage {
  const isViber = channel === 'vb';
  return {
    id: `m-${text}`,
    channel,
    platform: isViber ? 'viber' : 'whatsapp',
    from: { identities: ['whatsapp:491'], address: isViber ? 'ada==' : '491', name: 'Ada' },
    type: 'text',
    text,
    sentAt: CASE_TIME,
    ...more,
  };
}

/** Returns the params as a node gets them, with their defaults. Throws if the schema refuses them. */
export function validParams(node: AnyNodeType, params: unknown): unknown {
  const { value, error } = node.params.validate(params, { convert: false });
  if (error) throw error;
  return value;
}
