import { expect } from 'chai';
import type { Json } from '../../src/contract/index.js';
import { member } from '../../src/contract/json/json-members.js';
import { chatCompletions } from '../../src/models/chat-completions.js';
import { createOutbound, type Outbound } from '../../src/outbox/outbound-request.js';
import { performCall } from '../../src/outbox/perform-call.js';
import { type ModelAnswer, type ModelServer, startModelServer } from '../../src/testing/index.js';
import { manualClock } from '../support/manual-clock.js';

const KEY = 'sk-very-secret-key';
const SEALED = { $sealed: [{ secret: 'OPENAI' }] };
/** A long pause in which a stalled model is waited for would be a slow test. */
const SHORT = 120;

describe('models', () => {
  let server: ModelServer;
  let outbound: Outbound;
  before(async () => {
    server = await startModelServer();
    outbound = createOutbound([{ host: '127.0.0.1' }]);
  });
  after(async () => {
    await outbound.close();
    await server.close();
  });

  /** Asks as the outbox does. Pauses between two attempts end at once. */
  async function ask(input: Readonly<Record<string, Json>> = {}) {
    const clock = manualClock();
    const pauses: number[] = [];
    const after = (millis: number, call: () => void) => {
      if (millis === DEADLINE) return () => {};
      pauses.push(millis);
      setImmediate(call);
      return () => {};
    };
    const parts = {
      services: new Map([[chatCompletions.name, chatCompletions]]),
      secrets: { OPENAI: KEY },
      outbound,
      clock: { ...clock, after },
    };
    const asked: Json = {
      baseUrl: server.baseUrl,
      apiKey: SEALED,
      name: 'small',
      messages: [{ role: 'user', content: 'hi' }],
      maxTokens: 100,
      timeout: 10_000,
      ...input,
    };
    const called = await performCall(parts, {
      id: 's1.1.1',
      body: { kind: 'call', service: chatCompletions.name, input: asked, deadline: DEADLINE },
    });
    return { ...called, pauses };
  }
  const DEADLINE = 60_000;
  /** Asks a server that answers in this way; returns the text, or the code of the failure. */
  async function cameOf(answer: ModelAnswer | readonly ModelAnswer[], input: Readonly<Record<string, Json>> = {}) {
    const [before, answers] = [
      server.requests.length,
      Array.isArray(answer) ? (answer as readonly ModelAnswer[]) : [answer as ModelAnswer],
    ];
    server.answer((_, n) => answers[Math.min(n - before, answers.length) - 1] ?? {});
    const { ok, value, pauses } = await ask(input);
    const asked = server.requests.slice(before);
    return { came: member(value, ok ? 'text' : 'code'), value, pauses, asked };
  }

  it('are asked to stream, with the key in a header, and answer with the tokens and their cost', async () => {
    const { value, asked } = await cameOf({ text: 'Hello, world!' }, { temperature: 0.5, prices: { input: 1, output: 2_000_000 } });
    expect(value).to.deep.equal({ text: 'Hello, world!', isCut: false, usage: { input: 1, output: 4 }, cost: 8.000001 });
    expect(asked).to.have.length(1);
    expect(asked[0]).to.deep.include({
      path: '/v1/chat/completions',
      body: {
        model: 'small',
        messages: [{ role: 'user', content: 'hi' }],
        stream: true,
        stream_options: { include_usage: true },
        max_tokens: 100,
        temperature: 0.5,
      },
    });
    expect(asked[0]?.headers).to.include({ authorization: `Bearer ${KEY}`, 'accept-encoding': 'identity' });
  });

  it('may have an address with the whole path, or with a query, and no key', async () => {
    for (const [baseUrl, path] of [
      [`${server.baseUrl}/`, '/v1/chat/completions'],
      [`${server.baseUrl}/chat/completions?api-version=1`, '/v1/chat/completions?api-version=1'],
    ]) {
      const { asked } = await cameOf({ text: 'x' }, { baseUrl: baseUrl ?? '', apiKey: '' });
      expect(asked[0]?.path).to.equal(path);
      expect(asked[0]?.headers).to.not.have.property('authorization');
    }
    expect((await ask({ baseUrl: 'models.example' })).value).to.include({ code: 'request/bad-address' });
  });

  it('may answer as a whole, in parts, with thoughts, and without usage', async () => {
    expect((await cameOf({ text: 'Whole.', isWhole: true })).value).to.deep.include({ text: 'Whole.', usage: { input: 1, output: 2 } });
    expect((await cameOf({ text: 'No usage.', noUsage: true })).value).to.deep.equal({ text: 'No usage.', isCut: false });
    expect((await cameOf({ text: '<think>\nHm. </think>\n\nYes.' })).came).to.equal('Yes.');
    const parts = '{"choices":[{"message":{"content":[{"type":"text","text":"Pa"},{"type":"text","text":"rts"}]}}]}';
    expect((await cameOf({ raw: parts, status: 200 })).came).to.equal('Parts');
    const events = ['{"choices":[{"delta":{"reasoning_content":"Hm."}}]}', '{"choices":[{"delta":{"content":"Ok"}}]}', '[DONE]'];
    const plain = { 'content-type': 'text/plain' };
    expect((await cameOf({ raw: events.map((one) => `data:${one}\r\n\r\n`).join(''), status: 200, headers: plain })).came).to.equal('Ok');
  });

  it('that stall are given up: before the first token, and in the middle, whatever keeps the connection open', async () => {
    const timeout = { timeout: SHORT };
    expect((await cameOf({ stalls: 'head' }, timeout)).came).to.equal('request/stalled');
    expect((await cameOf({ text: 'x', stalls: 'first' }, timeout)).came).to.equal('request/stalled');
    const long = { text: 'a long answer that never ends' };
    expect((await cameOf({ ...long, stalls: 'middle' }, timeout)).came).to.equal('request/stalled');
    const { came, asked } = await cameOf({ ...long, stalls: 'middle', isKeptOpen: true }, timeout);
    expect([came, asked.length], 'a stall is not tried again').to.deep.equal(['request/stalled', 1]);
  });

  it('that break off are asked again, at most three times', async () => {
    const long = { text: 'a long answer that breaks off' };
    expect((await cameOf([{ ...long, breaksOff: true }, { text: 'At last.' }])).came).to.equal('At last.');
    expect((await cameOf([{ ...long, endsEarly: true }, { text: 'At last.' }])).came).to.equal('At last.');
    const { came, asked, pauses } = await cameOf({ ...long, breaksOff: true });
    expect([came, asked.length, pauses]).to.deep.equal(['request/broken-off', 3, [500, 1_000]]);
  });

  it('that are asked too often are asked again when they say, unless that is too late', async () => {
    const busy = (after: string, more = {}): ModelAnswer => ({ status: 429, headers: { 'retry-after': after, ...more } });
    const soon = await cameOf([busy('3'), { text: 'Now.' }]);
    expect([soon.came, soon.pauses]).to.deep.equal(['Now.', [3_000]]);
    const dated = await cameOf([busy('Tue, 24 Nov 2026 09:00:02 GMT', { date: 'Tue, 24 Nov 2026 09:00:00 GMT' }), { text: 'Now.' }]);
    expect(dated.pauses).to.deep.equal([2_000]);
    const late = await cameOf(busy('6'));
    expect(late.asked).to.have.length(1);
    expect(late.value).to.deep.equal({ code: 'model/rate-limited', reason: 'the model is asked too often (429): no', status: 429 });
  });

  it('that fail are asked again; a refusal is final', async () => {
    expect((await cameOf([{ status: 503 }, { raw: '<html>', status: 502 }, { text: 'Up.' }])).came).to.equal('Up.');
    expect((await cameOf({ status: 500 })).value).to.deep.include({ code: 'model/unavailable', status: 500 });
    const unknown = await cameOf({ status: 404, raw: '{"error":{"message":"The model `smal` does not exist"}}' });
    expect(unknown.asked).to.have.length(1);
    expect(unknown.value).to.deep.equal({
      code: 'model/refused-request',
      reason: 'the model answered 404: The model `smal` does not exist',
      status: 404,
    });
  });

  it('that report an error while they answer, or a whole page as an error, are asked again', async () => {
    const error = { raw: 'data: {"error":{"message":"overloaded"}}\n\n', status: 200, headers: { 'content-type': 'text/event-stream' } };
    expect((await cameOf([error, { text: 'Up.' }])).came).to.equal('Up.');
    expect((await cameOf([{ status: 503, raw: '<html>'.repeat(100_000) }, { text: 'Up.' }])).came).to.equal('Up.');
  });

  it('that leave the connection open after their answer are not waited for', async () => {
    const { came } = await cameOf({ text: 'Whole.', staysOpen: true });
    expect(came).to.equal('Whole.');
  });

  it('never let a flow see the key, or a part of it', async () => {
    const repeats = { text: `Your key is ${KEY}` };
    expect((await cameOf(repeats)).came).to.equal('Your key is ***');
    expect((await cameOf({ status: 400, raw: `{"error":"${KEY} is odd"}` })).value).to.include({
      reason: 'the model answered 400: *** is odd',
    });
    const { value } = await cameOf({ status: 401, raw: '{"error":{"message":"Incorrect API key: sk-ver****key"}}' });
    expect(value).to.deep.equal({ code: 'model/unauthorized', reason: 'the model refused the key (401)', status: 401 });
  });

  it('that do not know a member of the request are asked without it, or with the one that they name', async () => {
    const refuse = (message: string): ModelAnswer => ({ status: 400, raw: JSON.stringify({ error: { message } }) });
    const { came, asked } = await cameOf(
      [
        refuse("Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."),
        refuse('temperature does not support 0 with this model'),
        refuse('unknown field stream_options'),
        refuse('response_format is not supported'),
        { text: 'Fine.' },
      ],
      { temperature: 0, json: true },
    );
    expect(came).to.equal('Fine.');
    expect(asked[0]?.body).to.include.keys('max_tokens', 'temperature', 'stream_options', 'response_format');
    expect(asked.at(-1)?.body).to.have.all.keys('model', 'messages', 'stream', 'max_completion_tokens');
  });

  it('whose answers are useless fail, with the reason', async () => {
    const codes = async (...answers: readonly ModelAnswer[]) => {
      const came: unknown[] = [];
      for (const answer of answers) came.push((await cameOf(answer)).came);
      return came;
    };
    const raw = (body: string, type = 'application/json'): ModelAnswer => ({ raw: body, status: 200, headers: { 'content-type': type } });
    expect(
      await codes(
        raw('{"choices":'),
        raw('<html>', 'text/html'),
        raw('[]'),
        raw('data: {"choices":\n\n', 'text/event-stream'),
        raw(`data: ${'x'.repeat(70_000)}`, 'text/event-stream'),
      ),
    ).to.deep.equal(Array(5).fill('model/unreadable'));
    expect(await codes(raw('{"choices":[]}'), raw('{}'), { text: '' }, { text: '', finish: 'length' })).to.deep.equal(
      Array(4).fill('model/empty'),
    );
    const refusal = '{"choices":[{"message":{"content":null,"refusal":"I will not."}}]}';
    expect(await codes({ text: 'I hate', finish: 'content_filter' }, raw(refusal))).to.deep.equal(Array(2).fill('model/filtered'));
    const error = 'data: {"error":{"message":"overloaded"}}\n\n';
    expect(await codes(raw(error, 'text/event-stream'), raw('{"error":"overloaded"}'))).to.deep.equal(Array(2).fill('model/unavailable'));
  });

  it('whose answers are cut by the maximum of tokens answer with what there is', async () => {
    expect((await cameOf({ text: 'Once upon a', finish: 'length' })).value).to.deep.include({ text: 'Once upon a', isCut: true });
  });

  it('that write 200 kB are stopped, streaming or not', async () => {
    const text = 'All work and no play. '.repeat(10_000);
    expect((await cameOf({ text, piece: 50 })).came).to.equal('model/too-long');
    expect((await cameOf({ text, isWhole: true })).came).to.equal('model/too-long');
    expect((await cameOf({ text, piece: 100_000 })).came, 'one huge event').to.equal('model/unreadable');
  });
});
