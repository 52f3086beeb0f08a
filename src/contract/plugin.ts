import type { Json } from './json.js';
import type { AnyNodeType, NodeType } from './node-type.js';
import type { HostedService, Service } from './service.js';

/** A node type, with a service if the node reaches outside. */
export interface Plugin {
  readonly node: AnyNodeType;
  /** Earlier versions of the node type, which flows that name them still use. Each later version has an `upgrade`. */
  readonly earlier?: readonly AnyNodeType[];
  // biome-ignore lint/suspicious/noExplicitAny: a list of plugins holds services of every input; each is checked where it is defined
  readonly service?: Service<any> | HostedService<any>;
}

/** Returns the plugin as it is. TypeScript checks the node's functions against its params. */
export function definePlugin<P, M extends Json = null, I = unknown>(plugin: {
  readonly node: NodeType<P, M>;
  readonly earlier?: readonly AnyNodeType[];
  readonly service?: Service<I> | HostedService<I>;
}): Plugin {
  return plugin;
}
