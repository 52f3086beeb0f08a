import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { answer, createEmulatorCore, type Fault, type HeardMessage, member, readText, type Taking } from '../../src/adapter-kit/index.js';

interface Refusal {
  readonly code: string;
}

/** An emulator of a provider that takes any text. */
async function startEmulator(webhookUrl: string, onTaken: (taking: Taking<HeardMessage>) => void) {
  const core = createEmulatorCore<HeardMessage, Refusal>(
    { onTaken, receipts: true, retries: { max: 3, pause: 1 } },
    { urls: webhookUrl, headersFor: (body) => ({ 'x-length': String(body.length) }) },
  );
  const server = await core.start({
    answer: (exchange) =>
      core.answerSend(exchange, {
        judge: (body) => (readText(member(body, 'text')) ? undefined : { code: 'no-text' }),
        refuse: (to, { code }, status = 400) => answer(to, status, JSON.stringify({ error: code })),
        refusalFor: (code) => ({ code: `fault-${code}` }),
        take(body) {
          const heard = core.add({
            to: 'ada',
            id: `id-${core.heard.length}`,
            shown: { kind: 'text', text: readText(body['text']) ?? '' },
            body,
          });
          return { heard, answer: JSON.stringify({ id: heard.id }) };
        },
      }),
    commands: { say: ({ text }) => core.sender.deliver(JSON.stringify({ text: readText(text) })) },
    sendReceipts: ({ id }) => core.sender.deliver(JSON.stringify({ receipt: id })),
  });
  return Object.assign(core, server);
}

describe('the core of an emulator', () => {
  const delivered: string[] = [];
  const signatures: unknown[] = [];
  let failures = 0;
  let host: Server;
  let emulator: Awaited<ReturnType<typeof startEmulator>>;
  const taken: Taking<HeardMessage>[] = [];

  before(async () => {
    host = createServer((request, response) => {
      let raw = '';
      request.on('data', (part: Buffer) => {
        raw += part.toString();
      });
      request.on('end', () => {
        signatures.push([request.headers['x-length'], raw.length]);
        failures -= 1;
        if (failures < 0) delivered.push(raw);
        response.writeHead(failures < 0 ? 200 : 500).end('taken');
      });
    });
    await new Promise<void>((ready) => host.listen(0, '127.0.0.1', ready));
    emulator = await startEmulator(`http://127.0.0.1:${(host.address() as AddressInfo).port}/`, (taking) => taken.push(taking));
  });
  after(async () => {
    await emulator.close();
    host.close();
  });

  async function send(text: string): Promise<string> {
    const reply = await fetch(`${emulator.url}/send`, { method: 'POST', body: JSON.stringify({ text }) }).catch(() => undefined);
    if (!reply) return 'no reply';
    return `${reply.status} ${await reply.text().catch(() => 'broken')}`;
  }
  const control = (path: string, init?: RequestInit) => fetch(`${emulator.url}/emulator/${path}`, init);
  const post = (path: string, body: object) => control(path, { method: 'POST', body: JSON.stringify(body) });

  it('takes and refuses as the provider’s rules say', async () => {
    expect(await send('')).to.equal('400 {"error":"no-text"}');
    expect(emulator.refused).to.deep.equal([{ body: { text: '' }, code: 'no-text' }]);
    expect(await send('Hi')).to.equal('200 {"id":"id-0"}');
    expect(emulator.requests).to.equal(2);
    expect(taken.map(({ heard }) => heard)).to.deep.equal(emulator.heard);
  });

  it('has faults, one for each send', async () => {
    const faults: readonly Fault[] = [
      { error: 7, status: 429 },
      { html: 502 },
      { drop: true },
      { lost: true },
      { nonsense: true },
      { broken: true },
    ];
    emulator.next(...faults);
    const before = emulator.heard.length;
    const replies: string[] = [];
    for (const [i] of faults.entries()) replies.push(await send(`${i}`));
    expect(replies).to.deep.equal([
      '429 {"error":"fault-7"}',
      '502 <html>Bad gateway</html>',
      'no reply',
      'no reply',
      '200 <html>Welcome</html>',
      '200 broken',
    ]);
    // From the fourth on the message was taken.
    expect(emulator.heard.slice(before).map(({ text }) => text)).to.deep.equal(['3', '4', '5']);
    expect(await send('well')).to.match(/^200/);
  });

  it('delivers signed webhooks until they are answered 200, twice if that is asked for, and gives up', async () => {
    failures = 2;
    expect(await emulator.sender.deliver('first')).to.equal('taken');
    expect(signatures.every((one) => Array.isArray(one) && Number(one[0]) === one[1])).to.equal(true);
    emulator.webhooks({ duplicate: true });
    await emulator.sender.deliver('twice');
    emulator.webhooks({ duplicate: false });
    expect(delivered.filter((one) => one === 'twice').length).to.equal(2);
    failures = 3;
    expect(await emulator.sender.deliver('never')).to.equal(undefined);
    failures = 0;
  });

  it('sends receipts of what it took', async () => {
    await send('with a receipt');
    const id = emulator.heard.at(-1)?.id ?? '';
    while (!delivered.includes(JSON.stringify({ receipt: id }))) await new Promise((next) => setImmediate(next));
  });

  it('is steered over HTTP: messages, faults, and what the provider adds', async () => {
    const newest = emulator.heard.length - 1;
    const waiting = control(`messages?to=ada&after=${newest}&wait=5`).then((reply) => reply.json());
    expect((await post('faults', { next: [{ error: 9 }] })).status).to.equal(200);
    expect(await send('refused')).to.equal('400 {"error":"fault-9"}');
    await send('taken');
    expect(((await waiting) as { items: readonly HeardMessage[] }).items.map(({ text }) => text)).to.deep.equal(['taken']);
    expect((await post('say', { text: 'hello' })).status).to.equal(200);
    expect(delivered).to.include('{"text":"hello"}');
    await post('faults', { webhooks: { duplicate: true } });
    await post('say', { text: 'again' });
    await post('faults', { webhooks: { duplicate: false } });
    await post('say', { text: 'once' });
    expect(['again', 'once'].map((text) => delivered.filter((one) => one === JSON.stringify({ text })).length)).to.deep.equal([2, 1]);
    expect((await post('constructor', {})).status).to.equal(404);
    expect((await control('say', { method: 'POST', body: '[' })).status).to.equal(400);
    expect((await control('messages', { headers: { origin: 'https://example.org' } })).status).to.equal(403);
  });
});
