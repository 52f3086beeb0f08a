import { plugins } from '../../../../plugins/all.js';
import { describeNodeType } from '../../../../src/flow/describe.js';
import type { NodeDescriptors } from '../../../src/api/descriptors.js';

/** The types that come with Parley, as the API describes them. */
export const descriptors: NodeDescriptors = new Map(plugins.map(({ node }) => [node.type, describeNodeType(node)]));
