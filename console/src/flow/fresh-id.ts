import type { NodeId } from '../../../src/contract/flow.js';

/**
 * Returns an id that is not taken: a word, and three characters that are made of the seed. It is the same for the same arguments, but two
 * people who add a node each at the same time get different ids.
 *
 * @example freshId({ word: 'message', seed: 'send-message 120 40' }, taken)   // 'message-4fk'
 */
export function freshId({ word, seed }: { readonly word: string; readonly seed: string }, taken: ReadonlySet<NodeId>): NodeId {
  const base = word.replace(/[^A-Za-z0-9_-]/g, '').slice(0, 48) || 'node';
  for (let i = 0; ; i++) {
    const id = `${base}-${threeCharacters(`${seed} ${i}`)}`;
    if (!taken.has(id)) return id;
    // A flow has at most 5 000 nodes, of 46 656 ids for each word.
    if (i > 100) return `${id}-${taken.size}`;
  }
}

/** FNV-1a, https://en.wikipedia.org/wiki/Fowler%E2%80%93Noll%E2%80%93Vo_hash_function */
function threeCharacters(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return (hash % 46_656).toString(36).padStart(3, '0');
}
