import type { Edge, FlowNode } from '../../../src/contract/flow.js';
import type { Field } from '../../../src/contract/form.js';
import { valueAt } from '../../../src/contract/json/json-pointer.js';
import type { JsonObject } from '../../../src/contract/json.js';
import type { Port } from '../../../src/contract/ports.js';
import type { NodeDescriptor, NodeGroup } from '../api/descriptors.js';
import type { Block } from './block.js';
import { fieldAt } from './field-at.js';
import type { Piece } from './pieces.js';
import { portsOfNode, sayPort, withDefaults } from './ports.js';
import type { Say } from './say.js';
import { sayField, sayRows } from './say-field.js';
import { sayMessage } from './say-message.js';

/** What the canvas shows of a node. It follows from the node, its type and the edges that leave it by ports which it does not have. */
export interface Card {
  /** Nodes without anything to show, in which runs begin or end, are pills: an icon and a title. */
  readonly shape: 'card' | 'pill';
  readonly title: string;
  /** The title of the type, if the node has a name of its own. */
  readonly typeTitle?: string;
  readonly icon: string;
  readonly group: NodeGroup;
  readonly body: readonly Block[];
  /** The only way out: a dot at the head, without words. */
  readonly head?: CardPort;
  /** Ways and time-outs, a row each, if there are several. */
  readonly rows: readonly CardPort[];
  /** Dots on the lower edge. */
  readonly failures: readonly CardPort[];
}

/** A port with its words. */
export interface CardPort extends Port {
  readonly title: string;
  /** When the port is taken, shown before its title. */
  readonly condition?: readonly Piece[];
}

/** What a card is made of beside its node. */
export interface CardWorld {
  /** Absent if the host does not have the type of the node. */
  readonly descriptor: NodeDescriptor | undefined;
  /** The edges that leave the node. */
  readonly edges?: readonly Edge[];
  readonly say: Say;
}

/** A card shows this many rows of a list; of more it says how many. */
const MAX_ROWS = 3;

/** Returns what the canvas shows of a node. Params of a wrong form are left out; it never throws. */
export function cardOf(node: FlowNode, world: CardWorld): Card {
  const { descriptor, say } = world;
  const typeTitle = descriptor ? say(descriptor.title) : node.type;
  const name = typeof node.name === 'string' ? node.name.trim() : '';
  const body = descriptor ? bodyOf(withDefaults(node.params, descriptor.form), { descriptor, say }) : [];
  const isPill = body.length === 0 && (descriptor?.startsFlow || descriptor?.endsFlow) === true;
  return {
    shape: isPill ? 'pill' : 'card',
    title: name === '' ? typeTitle : name,
    ...(name === '' ? {} : { typeTitle }),
    icon: descriptor?.icon ?? 'puzzle',
    group: descriptor?.group ?? 'core',
    body,
    ...portsOfCard(node, world),
  };
}

function portsOfCard(node: FlowNode, { descriptor, edges, say }: CardWorld): Pick<Card, 'head' | 'rows' | 'failures'> {
  const ports = portsOfNode(node, descriptor, edges).map((port): CardPort => {
    const condition = descriptor ? conditionOf(port, { node, descriptor, say }) : [];
    return { ...port, title: sayPort(port, say), ...(condition.length > 0 ? { condition } : {}) };
  });
  const failures = ports.filter(({ kind }) => kind === 'failure');
  const rows = ports.filter(({ kind }) => kind !== 'failure');
  const [only, ...others] = rows;
  return only && others.length === 0 ? { head: only, rows: [], failures } : { rows, failures };
}

/** Returns the condition in the member of a list that names a port. */
function conditionOf(
  { pointer }: Port,
  { node, descriptor, say }: { readonly node: FlowNode; readonly descriptor: NodeDescriptor; readonly say: Say },
): readonly Piece[] {
  const at = pointer?.replace(/\/[^/]*$/, '');
  const condition = at === undefined ? undefined : fieldAt(descriptor.form, at)?.fields?.find(({ field }) => field.kind === 'condition');
  return condition ? sayField({ value: valueAt(node.params, `${at}/${condition.name}`), field: condition.field }, say) : [];
}

interface Shown {
  readonly descriptor: NodeDescriptor;
  readonly say: Say;
}

function bodyOf(params: JsonObject, { descriptor, say }: Shown): readonly Block[] {
  const lists = descriptor.ports.flatMap((rule) => ('each' in rule ? [rule.each] : []));
  // A list whose members are ports is shown as their rows.
  const shown = descriptor.summary.filter((pointer) => !lists.includes(pointer));
  const fields = shown.flatMap((pointer) => {
    const field = fieldAt(descriptor.form, pointer);
    return field ? [{ value: valueAt(params, pointer), field }] : [];
  });
  const messages = fields.filter(({ field }) => isMessage(field)).flatMap((one) => sayMessage(one, say));
  const rows = fields.filter(({ field }) => isRows(field)).flatMap(({ value, field }) => rowBlocks(value, field, say));
  const words = fields.filter(({ field }) => !isMessage(field) && !isRows(field)).map((one) => ({ ...one, pieces: sayField(one, say) }));
  const line = inOneLine(words);
  return [...messages, ...(line.length > 0 ? [{ kind: 'line' as const, pieces: line }] : []), ...rows];
}

function isMessage(field: Field): boolean {
  return field.kind === 'object' && (field.control === 'message' || field.variants !== undefined);
}

function isRows({ kind, item }: Field): boolean {
  return kind === 'list' && item?.kind === 'object';
}

function rowBlocks(value: unknown, { item }: Field, say: Say): readonly Block[] {
  const rows = item ? sayRows(value, item, say) : [];
  const shown = rows.length > MAX_ROWS ? MAX_ROWS - 1 : rows.length;
  const more = rows.length - shown;
  return [
    ...rows.slice(0, shown).map((pieces) => ({ kind: 'line' as const, pieces })),
    ...(more > 0 ? [{ kind: 'line' as const, pieces: [{ text: say('{count} more', { count: more }) }] }] : []),
  ];
}

/** Joins what the fields say. What a value is saved as follows an arrow, and what follows a choice follows a blank: "POST example.com → order". */
function inOneLine(words: readonly { readonly field: Field; readonly pieces: readonly Piece[] }[]): readonly Piece[] {
  const said = words.filter(({ pieces }) => pieces.length > 0);
  return said.flatMap(({ field, pieces }, i) => {
    if (i === 0) return pieces;
    const between = field.kind === 'variable' ? ' → ' : said[i - 1]?.field.kind === 'choice' ? ' ' : ' · ';
    return [{ text: between }, ...pieces];
  });
}
