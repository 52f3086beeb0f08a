import type { NodeGroup } from '../api/descriptors.js';
import { Icon } from '../look/Icon.js';

/** The icon of a node type in the colour of its group. */
export function Glyph({ icon, group }: { readonly icon: string; readonly group: NodeGroup | undefined }) {
  return (
    <span className="glyph" data-group={group}>
      <Icon name={icon} size={17} />
    </span>
  );
}
