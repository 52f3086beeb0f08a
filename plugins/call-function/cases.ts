import type { NodeCase } from '../../src/contract/index.js';

const price = { url: 'https://functions.example', function: 'price' };
const saved = [{ name: 'price', from: 'price' }];

export const cases: readonly NodeCase[] = [
  {
    name: 'the function is called with its inputs; values keep their types, and secrets stay names',
    params: {
      url: 'https://functions.example/{{ shop }}',
      function: '{{ kind }}-price',
      input: [
        { name: 'count', value: '{{ n }}' },
        { name: 'key', value: '{{ secrets.SHOP }}' },
      ],
      auth: { bearer: '{{ secrets.SHOP }}' },
      timeoutSeconds: 5,
      retries: 1,
      save: saved,
    },
    vars: { n: 2, kind: 'tea', shop: 'a/b' },
    expect: {
      effects: [
        {
          kind: 'call',
          service: 'call-function',
          input: {
            url: 'https://functions.example/a%2Fb',
            function: 'tea-price',
            input: [
              { name: 'count', value: 2 },
              { name: 'key', value: { $sealed: [{ secret: 'SHOP' }] } },
            ],
            auth: { bearer: { $sealed: [{ secret: 'SHOP' }] } },
            timeout: 5_000,
            retries: 1,
          },
          deadline: 18_000,
        },
      ],
      set: { price: null },
      then: { wait: { for: 'call' } },
    },
  },
  {
    name: 'no call is made to an address that a value leads elsewhere',
    params: { ...price, url: 'https://functions.example/{{ shop }}/x' },
    vars: { shop: '..' },
    warnings: ['call/address'],
    expect: { then: { fail: { code: 'call/address', reason: 'an expression leads the address to another path or host' } } },
  },
  {
    name: 'parts of what the function returns are saved',
    params: { ...price, save: [...saved, { name: 'first', from: 'items[0].name' }] },
    on: { result: { price: 4.5, items: [{ name: 'Tea' }] } },
    expect: { set: { price: 4.5, first: 'Tea' }, then: { exit: 'next' } },
  },
  {
    name: 'what is not an object is the member result; a part that is missing is null, with a warning',
    params: { ...price, save: [...saved, { name: 'all', from: 'result' }] },
    on: { result: [1, 2] },
    expect: { set: { price: null, all: [1, 2] }, then: { exit: 'next' } },
    warnings: ['save/nothing-there'],
  },
  {
    name: 'a function that has failed leads out by failed',
    params: price,
    on: { failed: { code: 'request/status', reason: 'the answer was 422: unknown order', status: 422 } },
    expect: { then: { fail: { code: 'request/status', reason: 'the answer was 422: unknown order', status: 422 } } },
  },
];
