import type { NodeDescriptor, NodeDescriptors, NodeGroup } from '../api/descriptors.js';
import type { Say } from '../look/Languages.js';

/** The groups of node types with their titles, in the order of the palette. */
const GROUPS: readonly { readonly group: NodeGroup; readonly title: string }[] = [
  { group: 'messaging', title: 'Messages' },
  { group: 'core', title: 'Logic' },
  { group: 'intelligence', title: 'Intelligence' },
  { group: 'contact', title: 'Contact' },
];

/** A group of the node types that a search found. */
export interface FoundGroup {
  readonly title: string;
  readonly types: readonly NodeDescriptor[];
}

/**
 * Returns the node types that one can add and whose title, sentence or words have all the words of the search, by groups. Types whose title is
 * or begins with what was written come first, with their groups: "end" is found in "Send", too.
 */
export function foundTypes(nodeTypes: NodeDescriptors, search: string, say: Say): readonly FoundGroup[] {
  const wanted = search.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (type: NodeDescriptor) => {
    const text = [type.title, say(type.title), say(type.sentence), ...type.words, ...type.words.map((word) => say(word))]
      .join(' ')
      .toLowerCase();
    return !type.startsFlow && wanted.every((word) => text.includes(word));
  };
  const rank = ({ title }: NodeDescriptor) => rankOf(say(title).toLowerCase(), wanted.join(' '));
  const groups = GROUPS.map(({ group, title }) => ({
    title,
    types: [...nodeTypes.values()].filter((type) => type.group === group && fits(type)).sort((a, b) => rank(a) - rank(b)),
  })).filter(({ types }) => types.length > 0);
  return groups.sort((a, b) => Math.min(...a.types.map(rank)) - Math.min(...b.types.map(rank)));
}

function rankOf(title: string, search: string): number {
  if (title === search) return 0;
  return title.startsWith(search) ? 1 : 2;
}
