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

/** Returns the node types that one can add and whose title, sentence or words have all the words of the search, by groups. */
export function foundTypes(nodeTypes: NodeDescriptors, search: string, say: Say): readonly FoundGroup[] {
  const wanted = search.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (type: NodeDescriptor) => {
    const text = [type.title, say(type.title), say(type.sentence), ...type.words, ...type.words.map((word) => say(word))]
      .join(' ')
      .toLowerCase();
    return !type.startsFlow && wanted.every((word) => text.includes(word));
  };
  return GROUPS.map(({ group, title }) => ({
    title,
    types: [...nodeTypes.values()].filter((type) => type.group === group && fits(type)),
  })).filter(({ types }) => types.length > 0);
}
