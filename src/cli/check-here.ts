import { adapters } from '../../adapters/index.js';
import { plugins } from '../../plugins/index.js';
import type { Problem } from '../contract/index.js';
import { checkFlowBody } from '../flow/check.js';
import { createNodeTypes } from '../flow/node-types.js';

/** Every problem of a flow, as far as they can be told without a host: secrets and other flows are the host's. */
export function checkHere(body: unknown): readonly Problem[] {
  return checkFlowBody(body, {
    nodeTypes: createNodeTypes(plugins),
    limits: (platform) => adapters.find((one) => one.platform === platform)?.limits,
  });
}
