import type { FlowEvent } from '../event.js';
import { member, readNumber } from '../json/json-members.js';

/** The tokens that a language model has read and written for an answer, and their cost, in the currency of the node's prices. */
export interface ModelUsage {
  readonly input: number;
  readonly output: number;
  readonly cost?: number;
}

/** Returns what an event says of tokens: the result of a service has them as `usage` and `cost`. Undefined if it has none. */
export function modelUsageOf(event: FlowEvent): ModelUsage | undefined {
  if (event.type !== 'callResult' || !event.ok) return undefined;
  const usage = member(event.value, 'usage');
  const [input, output, cost] = [member(usage, 'input'), member(usage, 'output'), member(event.value, 'cost')].map(readNumber);
  if (input === undefined || output === undefined || input < 0 || output < 0) return undefined;
  return { input, output, ...(cost === undefined || cost < 0 ? {} : { cost }) };
}
