import type { Problem } from '../contract/index.js';
import { checkFlowBody } from '../flow/check.js';
import type { Terminal } from './command.js';
import { kindsHere } from './kinds-here.js';

/** Every problem of a flow, as far as they can be told without a host: secrets and other flows are the host's. */
export async function checkHere(body: unknown, terminal: Pick<Terminal, 'env' | 'dotenv'>): Promise<readonly Problem[]> {
  return checkFlowBody(body, await kindsHere(terminal));
}
