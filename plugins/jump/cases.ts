import type { NodeCase } from '../../src/contract/index.js';

export const cases: readonly NodeCase[] = [
  { name: 'the first time it jumps, and counts', params: {}, expect: { memory: 1, then: { exit: 'jump' } } },
  { name: 'by default it jumps once', params: {}, memory: 1, expect: { then: { exit: 'next' } } },
  { name: 'it jumps as long as the limit is not reached', params: { limit: 3 }, memory: 2, expect: { memory: 3, then: { exit: 'jump' } } },
  { name: 'at the limit the flow goes on by next', params: { limit: 3 }, memory: 3, expect: { then: { exit: 'next' } } },
];
