import type { NodeDescriptor, NodeDescriptors, NodeGroup } from '../api/descriptors.js';
import { searchTypes } from '../flow/search.js';
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

/** Returns the node types that one can add and that the search finds, by groups: what fits best first. */
export function foundTypes(nodeTypes: NodeDescriptors, search: string, say: Say): readonly FoundGroup[] {
  const addable = [...nodeTypes.values()].filter(({ startsFlow }) => !startsFlow);
  const found = searchTypes(search, { descriptors: addable, say });
  const groups = GROUPS.map(({ group, title }) => ({ title, types: found.filter((type) => type.group === group) }));
  const best = ({ types: [first] }: FoundGroup) => (first && search.trim() !== '' ? found.indexOf(first) : 0);
  return groups.filter(({ types }) => types.length > 0).toSorted((a, b) => best(a) - best(b));
}
