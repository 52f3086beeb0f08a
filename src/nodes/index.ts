// Whole node types to build on, given to packages as `parley/nodes`. Inside of this repository each file is imported by itself.

export { type SendingNode, sendNode } from './send.js';
export type { SendParams } from './send-params.js';
