import type { FlowDefinition, FlowNode, NodeId } from '../../../src/contract/flow.js';
import { pointerOf } from '../../../src/contract/json/json-pointer.js';
import type { NodeDescriptor, NodeDescriptors } from '../api/descriptors.js';
import type { Say } from './say.js';
import { walkFlow } from './walk.js';

/** A node in which the words were found. */
export interface Hit {
  readonly node: NodeId;
  /** JSON Pointer into the node to the text with the first word: `/name`, `/params/message/text`; absent if it is the title of the type. */
  readonly pointer?: string;
  /** That text, cut around the word. */
  readonly text: string;
}

/** What is searched, and in which language the types have their titles. */
export interface Searched {
  readonly flow: FlowDefinition;
  readonly descriptors: NodeDescriptors;
  readonly say: Say;
}

/**
 * Returns the nodes that have all words in their names, texts, variables, ids or titles, in reading order. Without words these are all nodes.
 * Case and accents do not matter.
 */
export function searchFlow(words: string, { flow, descriptors, say }: Searched): readonly Hit[] {
  const wanted = wordsOf(words);
  const nodes = new Map(flow.nodes.map((node) => [node.id, node]));
  return walkFlow(flow, descriptors).order.flatMap((id) => {
    const node = nodes.get(id);
    const hit = node && hitIn(node, { wanted, title: say(descriptors.get(node.type)?.title ?? node.type) });
    return hit ? [hit] : [];
  });
}

/** Returns the node types that have all words in their titles or further words; first the one whose title they are, then those whose title begins with them. */
export function searchTypes(
  words: string,
  { descriptors, say }: { readonly descriptors: Iterable<NodeDescriptor>; readonly say: Say },
): readonly NodeDescriptor[] {
  const wanted = wordsOf(words);
  const ranked = [...descriptors].flatMap((descriptor) => {
    const title = fold(say(descriptor.title));
    const others = fold(
      [...descriptor.words.map((word) => say(word)), ...descriptor.words, descriptor.title, say(descriptor.sentence)].join(' '),
    );
    if (!wanted.every((word) => title.includes(word) || others.includes(word))) return [];
    return [{ descriptor, rank: rankOf(title, wanted) }];
  });
  return ranked.toSorted((a, b) => a.rank - b.rank).map(({ descriptor }) => descriptor);
}

/** Returns how well a title fits: 0 if it is what was written. */
function rankOf(title: string, wanted: readonly string[]): number {
  const [first = ''] = wanted;
  const whole = wanted.join(' ');
  if (title === whole) return 0;
  if (title.startsWith(whole)) return 1;
  if (title.startsWith(first)) return 2;
  if (title.includes(` ${first}`)) return 3;
  return wanted.every((word) => title.includes(word)) ? 4 : 5;
}

function hitIn(node: FlowNode, { wanted, title }: { readonly wanted: readonly string[]; readonly title: string }): Hit | undefined {
  const texts: readonly Found[] = [
    ...(node.name ? [{ text: node.name, path: ['name'] }] : []),
    { text: title },
    { text: node.id, path: ['id'] },
    ...(node.remark ? [{ text: node.remark, path: ['remark'] }] : []),
    ...textsIn(node.params, ['params']),
  ];
  const folded = texts.map(({ text }) => fold(text));
  if (!wanted.every((word) => folded.some((text) => text.includes(word)))) return undefined;
  const found = texts[folded.findIndex((text) => text.includes(wanted[0] ?? ''))];
  if (!found) return undefined;
  return { node: node.id, ...(found.path ? { pointer: pointerOf(found.path) } : {}), text: cutAround(found.text, wanted[0] ?? '') };
}

interface Found {
  readonly text: string;
  readonly path?: readonly (string | number)[];
}

function textsIn(value: unknown, path: readonly (string | number)[]): readonly Found[] {
  if (typeof value === 'string') return [{ text: value, path }];
  if (value === null || typeof value !== 'object') return [];
  const isList = Array.isArray(value);
  return Object.entries(value).flatMap(([name, member]) => textsIn(member, [...path, isList ? Number(name) : name]));
}

/** What is shown of a long text: some characters before the word, and the rest of the line. */
const BEFORE = 60;
const LENGTH = 120;

function cutAround(text: string, word: string): string {
  const at = fold(text).indexOf(word);
  // It begins with a whole word.
  const start = at > BEFORE ? text.lastIndexOf(' ', at - BEFORE / 2) + 1 : 0;
  const cut = text.slice(start, start + LENGTH).replace(/\s+/g, ' ');
  return `${start > 0 ? '…' : ''}${cut}${start + LENGTH < text.length ? '…' : ''}`;
}

function wordsOf(text: string): readonly string[] {
  return fold(text).split(/\s+/).filter(Boolean);
}

/** Makes upper and lower case, and letters with and without accents, the same. */
function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
