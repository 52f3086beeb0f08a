import type { NodeCase } from '../../src/contract/index.js';

export const cases: readonly NodeCase[] = [{ name: 'leads on', params: {}, expect: { then: { exit: 'next' } } }];
