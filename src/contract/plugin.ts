import type { NodeType } from './node-type.js';
import type { Service } from './service.js';

/** A folder giving a node type, and a service where the node reaches outside. */
export interface Plugin {
  // biome-ignore lint/suspicious/noExplicitAny: a list of plugins holds node types of every params type; each is checked where it is defined
  readonly node: NodeType<any>;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly service?: Service<any>;
}

/** Gives the plugin back; its worth is that TypeScript holds the node's params and its functions against each other. */
export function definePlugin<P, I = unknown>(plugin: { readonly node: NodeType<P>; readonly service?: Service<I> }): Plugin {
  return plugin;
}
