import type { NodeCase } from '../../src/contract/index.js';

export const cases: readonly NodeCase[] = [
  { name: 'ends without a message', params: {}, expect: { effects: [], then: { end: { outputs: {} } } } },
  {
    name: 'sends its last message and returns its outputs, each with its type',
    params: { outputs: [{ name: 'total', value: '{{ total }}' }], message: { type: 'text', text: 'Bye {{ name }}' } },
    vars: { total: 7, name: 'Ada' },
    expect: { effects: [{ kind: 'send', message: { type: 'text', text: 'Bye Ada' } }], then: { end: { outputs: { total: 7 } } } },
  },
  {
    name: 'a last message that cannot be sent with its values is left out',
    params: { message: { type: 'location', latitude: '{{ nothing }}', longitude: 0 } },
    expect: { effects: [], then: { end: { outputs: {} } } },
    warnings: ['template/undefined', 'send/nothing-to-send'],
  },
];
