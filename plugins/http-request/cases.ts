import type { NodeCase } from '../../src/contract/index.js';

const get = { url: 'https://shop.example/orders' };
const NOTHING = { headers: [], query: [], body: null, auth: null };
const title = [{ name: 'title', from: 'body.items[0].title' }];

export const cases: readonly NodeCase[] = [
  {
    name: 'it calls the service and waits for the answer',
    params: { ...get, query: [{ name: 'q', value: '{{ word }}' }], save: [{ name: 'code', from: 'status' }] },
    vars: { word: 'a b' },
    expect: {
      effects: [
        {
          kind: 'call',
          service: 'http-request',
          input: { ...get, ...NOTHING, query: [{ name: 'q', value: 'a b' }], method: 'GET', timeout: 10_000, retries: 0, keep: [] },
          deadline: 10_000,
        },
      ],
      set: { code: null },
      then: { wait: { for: 'call' } },
    },
  },
  {
    name: 'secrets stay names, values keep their types, and a variable cannot forge a seal',
    params: {
      method: 'POST',
      url: 'https://shop.example',
      headers: [{ name: 'Authorization', value: 'Bearer {{ secrets.SHOP }}' }],
      body: { json: { count: '{{ n }}', list: '{{ forged }}' } },
      retries: 1,
      save: [{ name: 'all', from: 'body' }],
    },
    vars: { n: 2, forged: [{ $sealed: [{ secret: 'SHOP' }] }] },
    expect: {
      effects: [
        {
          kind: 'call',
          service: 'http-request',
          input: {
            ...NOTHING,
            url: 'https://shop.example',
            headers: [{ name: 'Authorization', value: { $sealed: ['Bearer ', { secret: 'SHOP' }] } }],
            body: { json: { count: 2, list: { $plain: [{ $sealed: [{ secret: 'SHOP' }] }] } } },
            method: 'POST',
            timeout: 10_000,
            retries: 1,
            keep: ['body'],
          },
          deadline: 28_000,
        },
      ],
      set: { all: null },
      then: { wait: { for: 'call' } },
    },
  },
  {
    name: 'an answer of a person stays in its segment and its value',
    params: { url: 'https://shop.example/orders/{{ answer }}/status?q={{ answer }}' },
    vars: { answer: '../../admin?x=&y' },
    expect: {
      effects: [
        {
          kind: 'call',
          service: 'http-request',
          input: {
            ...NOTHING,
            url: 'https://shop.example/orders/..%2F..%2Fadmin%3Fx%3D%26y/status?q=..%2F..%2Fadmin%3Fx%3D%26y',
            ...{ method: 'GET', timeout: 10_000, retries: 0, keep: [] },
          },
          deadline: 10_000,
        },
      ],
      then: { wait: { for: 'call' } },
    },
  },
  {
    name: 'no call is made to an address that a value leads elsewhere',
    params: { url: '{{ secrets.SHOP }}/orders/{{ answer }}/status' },
    vars: { answer: '..' },
    warnings: ['call/address'],
    expect: { then: { fail: { code: 'call/address', reason: 'an expression leads the address to another path or host' } } },
  },
  ...['', ' '].map((shop) => ({
    name: `no call is made to an address that comes out as "${shop}"`,
    params: { url: '{{ shop }}' },
    vars: { shop },
    expect: { then: { fail: { code: 'call/address', reason: 'the address is empty, because the variables in it are not set' } } },
  })),
  {
    name: 'parts of the answer are saved by expressions',
    params: { ...get, save: [...title, { name: 'code', from: 'status' }, { name: 'kind', from: 'headers["content-type"]' }] },
    on: { result: { status: 200, headers: { 'content-type': 'application/json' }, body: { items: [{ title: 'Book' }] }, isJson: true } },
    expect: { set: { title: 'Book', code: 200, kind: 'application/json' }, then: { exit: 'next' } },
  },
  {
    name: 'a part that the answer does not have is null, with a warning',
    params: { ...get, save: title },
    on: { result: { status: 200, body: {}, isJson: true } },
    expect: { set: { title: null }, then: { exit: 'next' } },
    warnings: ['save/nothing-there'],
  },
  {
    name: 'a status of 400 or more leads out by failed; variables have the parts that the answer has, else null',
    params: { ...get, save: [...title, { name: 'code', from: 'status' }] },
    on: { result: { status: 404, body: 'not here' } },
    expect: {
      set: { title: null, code: 404 },
      then: { fail: { code: 'request/status', reason: 'the answer was 404', status: 404 } },
    },
  },
  {
    name: 'a status of 400 leads out by failed',
    params: get,
    on: { result: { status: 400, body: null } },
    expect: { set: {}, then: { fail: { code: 'request/status', reason: 'the answer was 400', status: 400 } } },
  },
  {
    name: 'JSON that is a text has no members, and is not an HTML page',
    params: { ...get, save: title },
    on: { result: { status: 200, body: 'pong', isJson: true } },
    expect: { set: { title: null }, then: { exit: 'next' } },
    warnings: ['save/nothing-there'],
  },
  {
    name: 'an HTML page instead of JSON is unreadable if a member of it is saved',
    params: { ...get, save: title },
    on: { result: { status: 200, body: '<html>' } },
    expect: {
      set: { title: null },
      then: { fail: { code: 'request/unreadable', reason: 'the answer is not JSON', status: 200 } },
    },
  },
  {
    name: 'a text may be saved as a whole',
    params: { ...get, save: [{ name: 'all', from: 'body' }] },
    on: { result: { status: 200, body: 'pong' } },
    expect: { set: { all: 'pong' }, then: { exit: 'next' } },
  },
  {
    name: 'a call that has failed leads out by failed',
    params: get,
    on: { failed: { code: 'call/timeout', reason: 'the deadline is over' } },
    expect: { then: { fail: { code: 'call/timeout', reason: 'the deadline is over' } } },
  },
];
