import { isMessageTrigger, type Shape } from '../../contract/index.js';
import type { Checked } from '../check/checked.js';

/** A group that captures what it matches, with its name if it has one. Escaped brackets and those in a class are read before it. */
const PARTS = /\\[\s\S]|\[\^?\]?(?:\\[\s\S]|[^\]\\])*\]|\((?:\?P?<([A-Za-z_]\w*)>|(?!\?))/g;

/** Returns what `match` holds: the groups of the regular expressions that start the flow, by number and by name. */
export function groupsShape({ triggers, gaps }: Pick<Checked, 'triggers' | 'gaps'>): Shape {
  const patterns = triggers.flatMap(({ item }) => (isMessageTrigger(item) && item.match?.regex !== undefined ? [item.match.regex] : []));
  if (gaps.has('triggers') || patterns.length === 0) return { members: {}, open: true };
  const members: Record<string, Shape> = { 0: 'text' };
  for (const pattern of patterns) {
    let count = 0;
    for (const [whole, name] of String(pattern).matchAll(PARTS)) {
      if (!whole.startsWith('(')) continue;
      count += 1;
      members[count] = 'text';
      if (name !== undefined) members[name] = 'text';
    }
  }
  return { members };
}
