import { limits } from '../../platforms/whatsapp/limits.js';
import {
  type Contact,
  durationMillis,
  type InboundMessage,
  type Json,
  type NodeCase,
  type NodeOutcome,
  type NodeScope,
  type NodeType,
  plusMillis,
  type Reach,
} from '../contract/index.js';
import { createPatterns } from '../params/pattern.js';
import { createTemplates } from '../template/templates.js';

/** The time of a case that names none. */
export const CASE_TIME = '2026-11-24T09:00:00.000Z';
const HOUR = 3_600_000;
const NOBODY: Contact = { id: 's1', createdAt: CASE_TIME, identities: ['whatsapp:491'], fields: {}, groups: [], optOut: {} };
const REACH: Reach = { id: 'wa', platform: 'whatsapp', address: '491', windowOpenUntil: plusMillis(CASE_TIME, HOUR), limits };

/**
 * What a node does in one row of its table: entered, or resumed where the row has an event. The contact is on WhatsApp, within the
 * 24-hour window, unless the row says otherwise. Throws what the node throws.
 */
export function playCase(node: NodeType<unknown>, row: NodeCase): { readonly outcome: NodeOutcome; readonly warnings: readonly string[] } {
  const warnings: string[] = [];
  const scope = scopeOf(node, row, (code) => warnings.push(code));
  const outcome = row.event ? node.resume?.(scope, row.event) : node.enter(scope);
  if (!outcome) throw new Error(`${node.type} cannot be resumed`);
  if (outcome instanceof Promise) throw new Error(`${node.type} is async: a node describes, a service does`);
  return { outcome, warnings };
}

/** The params as a node gets them, defaults filled in; throws where its schema refuses them. */
export function validParams(node: NodeType<unknown>, params: Json): unknown {
  const { value, error } = node.params.validate(params, { convert: false });
  if (error) throw error;
  return value;
}

function scopeOf(node: NodeType<unknown>, row: NodeCase, told: (code: string) => void): NodeScope<unknown> {
  const now = row.now ?? CASE_TIME;
  const vars = row.vars ?? {};
  const templates = createTemplates();
  const lastMessage = row.lastMessage && messageOf(row.lastMessage);
  const contact: Contact = { ...NOBODY, ...row.contact };
  const warn = (code: string) => told(code);
  const filling = (more = {}) => ({
    data: { ...vars, ...more, contact: { ...contact.fields }, lastMessage: lastMessage as never },
    now,
    timeZone: 'UTC',
    random: () => 0.5,
    warn,
  });
  return {
    params: validParams(node, row.params),
    vars,
    contact,
    channel: { ...REACH, ...row.channel },
    reach: (where) => row.reach?.[where],
    linked: (port) => row.linked?.includes(port) ?? true,
    lastMessage,
    memory: row.memory ?? null,
    now,
    newId: (label) => `${label}1`,
    after: (duration) => plusMillis(now, durationMillis(duration)),
    random: () => 0.5,
    text: (template) => templates.text(template, filling()),
    value: (template, more) => templates.value(template, filling(more)),
    expression: (source, over) => templates.expression(source, over === undefined ? filling() : { ...filling(), data: over }),
    sealed: (template) => templates.sealed(template, filling()),
    address: (template) => templates.address(template, filling()),
    sealedAddress: (template) => templates.sealedAddress(template, filling()),
    matches: (pattern, text, where) => createPatterns().matches(pattern, text, where),
    timeZone: 'UTC',
    warn,
  };
}

function messageOf({ text = '', ...more }: Partial<InboundMessage>): InboundMessage {
  return {
    id: `m-${text}`,
    channel: 'wa',
    platform: 'whatsapp',
    from: { identities: ['whatsapp:491'], address: '491', name: 'Ada' },
    type: 'text',
    text,
    sentAt: CASE_TIME,
    ...more,
  };
}
