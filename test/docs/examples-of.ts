import type { FlowDefinition, FlowNode, JsonObject } from '../../src/contract/index.js';
import { aFlow } from '../support/builders.js';

/** An example of docs/flow-format.md: a flow, or a part of one, and the conversation below it. */
export interface Example {
  readonly kind: string;
  /** The flow that the example is, or the smallest one with that part in it. */
  readonly flow: FlowDefinition;
  readonly conversation: string;
  /** As it stands in the page. */
  readonly whole: string;
}

const EXAMPLE = /^```json (flow|trigger|message)\n([\s\S]*?)^```\n\n```phone\n([\s\S]*?)^```/gm;

export function examplesOf(page: string): readonly Example[] {
  return [...page.matchAll(EXAMPLE)].map(([whole, kind = '', text = '', conversation = '']) => {
    const embed = EMBED[kind];
    if (!embed) throw new Error(`nobody knows what a ${kind} is`);
    return { kind, flow: embed(JSON.parse(text) as JsonObject), conversation, whole };
  });
}

/** The node that shows that a flow has started. */
export const said: FlowNode = { id: 'say', type: 'send-message', params: { message: { type: 'text', text: 'Started.' } } };

/** A flow that goes through these nodes, begun by the word "hi". */
export function through(nodes: readonly FlowNode[], more: Partial<FlowDefinition> = {}): FlowDefinition {
  const all = [{ id: 'start', type: 'start', params: {} }, ...nodes, { id: 'end', type: 'end', params: {} }];
  const edges = all.slice(1).map(({ id }, i) => {
    const from = all[i];
    return { from: from?.id ?? '', port: from?.type === 'wait-for-response' ? 'replied' : 'next', to: id };
  });
  return aFlow('example', {
    settings: { timeZone: 'Europe/Berlin' },
    triggers: [{ type: 'TriggeredByWhatsApp', match: { keywords: ['hi'] } }],
    nodes: all,
    edges,
    ...more,
  });
}

const EMBED: Readonly<Record<string, (part: JsonObject) => FlowDefinition>> = {
  flow: (part) => part as unknown as FlowDefinition,
  trigger: (part) => through([said], { triggers: [part as unknown as FlowDefinition['triggers'][number]] }),
  message: (part) => {
    const isViber = part['type'] === 'rich-media' || part['type'] === 'keyboard' || (part['type'] === 'sticker' && 'stickerId' in part);
    const type = isViber ? 'send-viber-message' : SHARED.has(String(part['type'])) ? 'send-message' : 'send-whatsapp-message';
    const hear = { id: 'hear', type: 'wait-for-response', params: { saveAs: 'answer', timeoutBranch: true, accept: ['text'] } };
    const echo = { ...said, params: { message: { type: 'text', text: 'You chose {{ answer }}.' } } };
    const isQuestion = 'choices' in part || 'cards' in part;
    const listens = { type: isViber ? 'TriggeredByViber' : 'TriggeredByWhatsApp', match: { keywords: ['hi'] } } as const;
    return through([{ id: 'send', type, params: { message: part } }, ...(isQuestion ? [hear, echo] : [])], { triggers: [listens] });
  },
};
const SHARED: ReadonlySet<string> = new Set(['text', 'image', 'video', 'document', 'location', 'contacts', 'link', 'carousel']);
