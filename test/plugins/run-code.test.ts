import { expect } from 'chai';
import { problemsIn } from '../../plugins/run-code/check.js';
import type { CodeResult, CodeRun } from '../../plugins/run-code/code-run.js';
import type { CodeWorker } from '../../plugins/run-code/code-worker.js';
import { createFairQueue } from '../../plugins/run-code/fair-queue.js';
import { node } from '../../plugins/run-code/node.js';
import { createPool, type Pool } from '../../plugins/run-code/pool.js';
import { readsOf } from '../../plugins/run-code/reads.js';
import { service } from '../../plugins/run-code/service.js';
import type { ServiceTools } from '../../src/contract/index.js';
import { aReply, openWorld, texts } from '../outbox/world.js';

const GIVEN = { vars: { items: [1, 2, 3], name: 'Ada' }, contact: { name: 'Ada' }, lastMessage: { text: 'hi' } };
/** Longer than any of the codes below takes that is to end by itself, on a busy machine. */
const LONG = 30_000;
const a = (code: string, more: Partial<CodeRun> = {}): CodeRun => ({
  code,
  given: JSON.stringify(GIVEN),
  now: '2026-11-24T09:00:00.000Z',
  seed: 0.25,
  save: ['a'],
  timeoutMillis: LONG,
  ...more,
});

describe('code of flows', () => {
  let pool: Pool;
  before(() => {
    pool = createPool({ size: 2 });
  });
  after(() => pool.close());

  const run = async (code: string, more: Partial<CodeRun> = {}): Promise<unknown> => {
    const result = await pool.run(a(code, more));
    return 'json' in result ? (JSON.parse(result.json) as unknown) : `${result.failed}: ${result.reason}`;
  };

  it('reads what it is given, and returns the members that are saved', async () => {
    expect(await run('return { a: vars.items.length, b: 2 };')).to.deep.equal({ a: 3 });
    expect(await run('return { a: [contact.name, lastMessage.text, now] };')).to.deep.equal({
      a: ['Ada', 'hi', '2026-11-24T09:00:00.000Z'],
    });
    expect(await run('return { a: new Date(0), b: 1 };', { save: ['a', 'b'] })).to.deep.equal({ a: '1970-01-01T00:00:00.000Z', b: 1 });
  });

  it('that returns nothing, or not what is saved, leaves it out', async () => {
    for (const code of [
      '',
      'return;',
      'return null;',
      'return {};',
      'return { a: undefined };',
      'return { a() {} };',
      'return { a: Symbol() };',
    ])
      expect(await run(code), code).to.deep.equal({});
    expect(await run('return { [Symbol("a")]: 1 };')).to.deep.equal({});
    expect(await run('return { a: [NaN, undefined, () => 1] };')).to.deep.equal({ a: [null, null, null] });
  });

  it('that returns something else than an object of plain JSON fails', async () => {
    const bad: readonly [string, string][] = [
      ['return 7;', 'code/bad-result: the code returned a number, and must return an object'],
      ['return "x";', 'code/bad-result: the code returned a string, and must return an object'],
      ['return [1];', 'code/bad-result: the code returned a list, and must return an object'],
      ['return () => 1;', 'code/bad-result: the code returned a function, and must return an object'],
      ['return { a: JSON.parse(\'{ "__proto__": { "x": 1 } }\') };', 'code/bad-result: the result has a member __proto__'],
      [
        'let o = {}; for (let i = 0; i < 100; i += 1) o = { o }; return { a: o };',
        'code/bad-result: the result is nested more than 60 levels deep',
      ],
      ['return { a: "x".repeat(10000000) };', 'code/bad-result: the code returned more than 64000 characters'],
      ['const o = {}; o.o = o; return { a: o };', 'code/error: TypeError: circular reference'],
      ['return { a: 10n };', 'code/error: TypeError: Do not know how to serialize a BigInt'],
    ];
    for (const [code, words] of bad) expect(await run(code), code).to.equal(words);
  });

  it('that throws fails with the words and the line of the error, and no stack', async () => {
    const thrown: readonly [string, string][] = [
      ['throw new Error("boom");', 'code/error: line 1: Error: boom'],
      ['\n\nnull.x;', "code/error: line 3: TypeError: cannot read property 'x' of null"],
      ['let x = ;', "code/error: line 1: SyntaxError: unexpected token in expression: ';'"],
      ['throw null;', 'code/error: null'],
      ['throw Symbol("x");', 'code/error: Symbol(x)'],
      ['throw { toString: null };', 'code/error: something that cannot be shown'],
      ['throw { toString() { for (;;); } };', 'code/error: the code threw something that cannot be shown'],
      ['return { a: { get x() { throw new Error("got"); } } };', 'code/error: line 1: Error: got'],
      ['return Promise.reject(new Error("no"));', 'code/error: line 1: Error: no'],
      ['return new Promise(() => {});', 'code/error: the promise that the code returned is never settled'],
      ['RegExp.prototype.exec = () => { throw 1; }; String.prototype.slice = 1; throw new Error("x");', 'code/error: line 1: Error: x'],
    ];
    for (const [code, words] of thrown) expect(await run(code), code).to.equal(words);
    expect(await run('throw new Error("x".repeat(1000000));')).to.have.length.below(400);
  });

  it('may return a promise, and have getters, proxies and toJSON', async () => {
    expect(await run('return (async () => ({ a: await 1 }))();')).to.deep.equal({ a: 1 });
    expect(await run('return { get a() { return 1; } };')).to.deep.equal({ a: 1 });
    expect(await run('return new Proxy({}, { get: () => 1 });')).to.deep.equal({ a: 1 });
    expect(await run('return { a: { toJSON: () => ({ b: 1 }) } };')).to.deep.equal({ a: { b: 1 } });
  });

  it('that does not end is ended, however it hides', async () => {
    const endless = [
      'for (;;);',
      'try { for (;;); } catch { } finally { for (;;); }',
      'return { get a() { for (;;); } };',
      'return { a: new Proxy({}, { ownKeys() { for (;;); } }) };',
      'return /^(a+)+$/.test("a".repeat(50) + "b");',
      'const f = () => Promise.resolve().then(f); return f();',
      // The engine asks for the time too seldom here: the thread is ended.
      'const f = () => { try { return f(); } catch { return f(); } }; f();',
      'const l = Array.from({ length: 100000 }, (_, i) => "x" + i); for (;;) l.join(",");',
    ];
    for (const code of endless)
      expect(await run(code, { timeoutMillis: 60 }), code).to.equal('code/timeout: the code took longer than 60 ms');
    expect(await run('return { a: 1 };'), 'after all of them').to.deep.equal({ a: 1 });
  });

  it('that takes all memory or stack fails, and the next code has both', async () => {
    const greedy = [
      'let s = "x"; for (;;) s += s;',
      'const l = []; for (;;) l.push(new Array(1000).fill(1));',
      'return new Array(1e9).fill(0).length;',
      'return "x".repeat(1e9);',
      'const f = () => f() + 1; f();',
      'return new ArrayBuffer(1e9);',
      'return { a: (10n ** 10000000n).toString() };',
    ];
    for (const code of greedy) expect(await run(code), code).to.match(/^code\/(memory|timeout|error: line 1: (InternalError|RangeError))/);
    expect(await run('return { a: new Array(100000).fill(1).length };')).to.deep.equal({ a: 100_000 });
  });

  it('has nothing that reaches outside, by whatever way', async () => {
    const names = ['process', 'require', 'fetch', 'setTimeout', 'console', 'WebAssembly', 'Atomics', 'performance', 'std', 'os', 'print'];
    const types = names.map((name) => `typeof ${name}`).join(', ');
    expect(await run(`return { a: [...new Set([${types}])] };`)).to.deep.equal({ a: ['undefined'] });
    expect(await run('return { a: [].constructor.constructor("return typeof process")() };')).to.deep.equal({ a: 'undefined' });
    expect(await run('return { a: (0, eval)("typeof globalThis.process") };')).to.deep.equal({ a: 'undefined' });
    expect(await run('return import("node:fs").then(() => ({ a: 1 }));')).to.match(/^code\/error: .*could not load module/);
    expect(await run('}); (function () { return { a: 1 }; }); (function () {'), 'a body that closes its function').to.deep.equal({});
  });

  it('changes nothing for the code that runs after it', async () => {
    await run(
      'Object.prototype.a = 1; JSON.stringify = () => "{}"; Array.prototype.toJSON = () => 1; Math.random = () => 7; globalThis.left = 1;',
    );
    expect(await run('return { a: [typeof left, ({}).a, [1], Math.random() < 1] };')).to.deep.equal({ a: ['undefined', null, [1], true] });
  });

  it('has one time and one chance, those of the turn', async () => {
    const code = `return { a: [Math.random(), Math.random(), Date.now(), new Date().toISOString(), Date(), new Date(2026, 6, 1).toISOString(),
      new Date().getTimezoneOffset(), new (class extends Date {})().getTime(), new Date().getHours()] };`;
    const first = await run(code);
    expect(await run(code)).to.deep.equal(first);
    const { a: seen } = first as { readonly a: readonly unknown[] };
    expect(seen.slice(2)).to.deep.equal([
      1_795_510_800_000,
      '2026-11-24T09:00:00.000Z',
      'Tue Nov 24 2026 09:00:00 GMT+0000',
      '2026-07-01T00:00:00.000Z',
      0,
      1_795_510_800_000,
      9,
    ]);
    expect(seen[0]).to.not.equal(seen[1]);
    expect(await run(code, { seed: 0.5 })).to.not.deep.equal(first);
    const spread = 'const l = Array.from({ length: 10000 }, Math.random); return { a: l.filter((n) => n < 0.5).length };';
    expect(((await run(spread)) as { readonly a: number }).a).to.be.within(4_700, 5_300);
  });

  it('leaves no memory behind', async () => {
    const size = () => process.memoryUsage().rss / 1e6;
    const code = 'return { a: Array.from({ length: 1000 }, (_, i) => ({ i })).length };';
    const churn = async (times: number) => {
      for (let i = 0; i < times; i += 50) await Promise.all(Array.from({ length: 50 }, () => pool.run(a(code))));
    };
    await churn(100);
    const before = size();
    await churn(1_000);
    // A context that was left behind would take more than 100 kB.
    expect(size() - before).to.be.below(100);
  });
});

describe('the threads that run code', () => {
  /** Threads that run a code for as long as the test wants. */
  function heldThreads() {
    const begun: { readonly run: CodeRun; readonly end: (result: CodeResult) => void }[] = [];
    let ended = 0;
    const start = (): CodeWorker => ({
      isOver: false,
      run: (one) => new Promise((end) => void begun.push({ run: one, end })),
      async end() {
        ended += 1;
      },
    });
    return { begun, start, ended: () => ended };
  }
  const LATE: CodeResult = { failed: 'code/timeout', reason: 'late' };
  const DONE: CodeResult = { json: '{}' };
  const turn = () => new Promise<void>((done) => void setImmediate(done));

  it('are no more than allowed, and are used again', async () => {
    const { begun, start, ended } = heldThreads();
    const pool = createPool({ size: 2, start });
    const all = ['1', '2', '3'].map((code) => pool.run(a(code)));
    expect(begun.map(({ run }) => run.code)).to.deep.equal(['1', '2']);
    begun[0]?.end(DONE);
    await turn();
    expect(begun.map(({ run }) => run.code)).to.deep.equal(['1', '2', '3']);
    for (const { end } of begun) end(DONE);
    expect(await Promise.all(all)).to.deep.equal([DONE, DONE, DONE]);
    await pool.close();
    expect(ended()).to.equal(2);
    expect(await pool.run(a('4'))).to.include({ failed: 'code/busy' });
  });

  it('leave one to the others when code was too slow, and take quick code first', async () => {
    const { begun, start } = heldThreads();
    const pool = createPool({ size: 2, start });
    const bad = Array.from({ length: 50 }, () => pool.run(a('for (;;);')));
    begun[0]?.end(LATE);
    await turn();
    const good = pool.run(a('good'));
    begun[1]?.end(LATE);
    await turn();
    expect(begun.slice(2).map(({ run }) => run.code)).to.deep.equal(['good', 'for (;;);']);
    begun[2]?.end(DONE);
    expect(await good).to.equal(DONE);
    // The thread that the good code has left stays free of slow code.
    expect(begun).to.have.length(4);
    begun[3]?.end(LATE);
    await turn();
    expect(begun).to.have.length(5);
    await pool.close();
    expect(bad).to.have.length(50);
  });

  it('do not keep code waiting for ever', async () => {
    const { begun, start } = heldThreads();
    const pool = createPool({ size: 2, start, slowWait: 1 });
    const first = pool.run(a('for (;;);'));
    begun[0]?.end(LATE);
    await first;
    void pool.run(a('for (;;);'));
    expect(await pool.run(a('for (;;);'))).to.include({ failed: 'code/busy' });
    await pool.close();
  });
});

describe('the queue of code', () => {
  it('gives way to whoever has used the least time lately', () => {
    let now = 0;
    const queue = createFairQueue<{ readonly key: string; readonly n: number }>(() => now);
    const any = () => true;
    queue.charge('slow', 1_000);
    queue.charge('quick', 10);
    for (const [n, key] of ['slow', 'quick', 'new', 'quick'].entries()) queue.add({ key, n });
    expect(queue.size).to.equal(4);
    expect(queue.take(({ key }) => key !== 'new')?.n).to.equal(1);
    expect([queue.take(any)?.n, queue.take(any)?.n, queue.take(any)?.n, queue.take(any)]).to.deep.equal([2, 3, 0, undefined]);
    now = 200_000;
    queue.add({ key: 'slow', n: 5 });
    queue.charge('quick', 10);
    queue.add({ key: 'quick', n: 6 });
    expect(queue.take(any)?.n, 'what was long ago is forgotten').to.equal(5);
  });
});

describe('what code can read', () => {
  it('is told by its text: single variables, or all', () => {
    expect(readsOf('return { n: vars.items.length + vars?.n + vars.items[0] };').vars).to.deep.equal(['items', 'n']);
    expect(readsOf('return 1;')).to.deep.equal({ vars: [], contact: false, lastMessage: false });
    for (const code of [
      'return vars;',
      'vars["a"]',
      'const { x } = vars;',
      'eval("va" + "rs.a")',
      'v\\u0061rs.a + vars.b',
      'arguments[0].x',
    ])
      expect(readsOf(code).vars, code).to.equal(undefined);
    expect(readsOf('contact.name; lastMessage.text')).to.include({ contact: true, lastMessage: true });
  });
});

describe('the check of code', () => {
  const codes = (code: string, save: readonly string[] = []) => problemsIn({ code, save, timeoutMillis: 200 }).map((one) => one.code);

  it('finds mistakes of syntax with their line, and runs nothing', () => {
    const [problem] = problemsIn({ code: 'let a = 1;\nlet b = ;', timeoutMillis: 200 });
    expect(problem).to.deep.include({
      pointer: '/code',
      code: 'code/syntax',
      message: "the code is not valid JavaScript: line 2: Unexpected token ';'",
    });
    expect(codes('await x;')).to.deep.equal(['code/syntax']);
    expect(codes('}); globalThis.ran = true; (function () {')).to.deep.equal(['code/syntax']);
    expect(codes('globalThis.ran = true;')).to.deep.equal([]);
    expect(Reflect.get(globalThis, 'ran')).to.equal(undefined);
    expect(codes(`${'('.repeat(9_000)}${')'.repeat(9_000)}`)).to.satisfy((all: readonly string[]) => all.length <= 1);
  });

  it('warns of templates, of what is not there, and of code that returns nothing', () => {
    expect(codes('return { a: "{{ name | upcase }}" };')).to.deep.equal(['code/template']);
    expect(codes('return { a: { b: {} } }; if (1) {{ let x = 1; }}')).to.deep.equal([]);
    expect(codes('return fetch("https://x.example");')).to.deep.equal(['code/not-there']);
    expect(codes('const fetch = (x) => x; return fetch(1); // console')).to.deep.equal([]);
    expect(codes('return { a: vars.process.id };')).to.deep.equal([]);
    expect(codes('1 + 1;', ['a'])).to.deep.equal(['code/no-return']);
  });

  it('refuses a source of a megabyte', () => {
    expect(node.params.validate({ code: 'x'.repeat(1_000_000) }).error?.message).to.match(/20000/);
  });
});

describe('a flow with code', () => {
  it('goes on with what the code has returned, or by failed with its words', async () => {
    const code = (id: string, params: object) => ({ id, type: 'run-code', version: 1, params: { timeoutMillis: 5_000, ...params } });
    const world = await openWorld({
      nodes: [
        code('sum', { code: 'return { total: [...lastMessage.text].length, by: contact.name };', save: ['total', 'by'] }),
        code('broken', { code: 'vars.total.x.y;', save: ['total'] }),
        aReply('told', 'total {{ total }} {{ by }} {{ failure.code }} {{ failure.reason }}'),
      ],
      edges: [
        { from: 'start', port: 'next', to: 'sum' },
        { from: 'sum', port: 'next', to: 'broken' },
        { from: 'broken', port: 'failed', to: 'told' },
      ],
    });
    await world.says('hello');
    await world.until(() => texts(world.emulator).length === 1);
    expect(texts(world.emulator)).to.deep.equal(["total  Ada code/error line 1: TypeError: cannot read property 'y' of undefined"]);
    await world.close();
  });
});

describe('the service behind run-code', () => {
  const tools: ServiceTools = {
    id: 's1.1.1',
    signal: new AbortController().signal,
    request: () => Promise.reject(new Error('no')),
    stream: () => Promise.reject(new Error('no')),
    pause: async () => {},
  };

  it('answers with the members, fails with the code of the failure, and is closed', async () => {
    const { call, close } = service.open({ settings: {}, fill: () => undefined });
    const { given: _, ...input } = { ...a('return { a: vars.name };'), given: {} };
    expect(await call({ ...input, given: GIVEN }, tools)).to.deep.equal({ a: 'Ada' });
    const failed = await call({ ...input, given: GIVEN, code: 'throw 1;' }, tools).catch((error: unknown) => error);
    expect(failed).to.deep.include({ code: 'code/error', message: '1', retryable: false });
    await close?.();
  });

  it('has nothing to close if it was never called', async () => {
    await service.open({ settings: {}, fill: () => undefined }).close?.();
  });
});
